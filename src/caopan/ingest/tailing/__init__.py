"""Following a file (追文件): what is added to it becomes events of a room."""
