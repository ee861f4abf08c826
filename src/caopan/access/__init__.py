"""Who may see and do what: actors, actions and the one policy; pure."""
