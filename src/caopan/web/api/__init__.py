"""The JSON API: one pure function an endpoint over the workspace, one file a noun."""
