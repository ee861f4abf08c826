"""Files from outside become canonical rows and issues."""
