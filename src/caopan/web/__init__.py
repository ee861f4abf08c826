"""The console and the API in the browser: pages over the workspace's verbs."""
