"""The console and the API over HTTP."""
