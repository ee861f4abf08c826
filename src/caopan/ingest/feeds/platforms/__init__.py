"""One file a platform; they do not know each other."""
