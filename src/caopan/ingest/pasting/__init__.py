"""Pasting (粘贴): a table from a spreadsheet or a platform's page becomes events of a room."""
