"""The console (操盘台): one file a screen, its words, its look."""
