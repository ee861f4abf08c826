"""Who may do what: actors, actions and the policy, all pure."""
