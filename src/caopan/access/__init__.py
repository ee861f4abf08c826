<<<<<<< HEAD
"""Who may see and do what: actors, actions and the one policy; pure."""
=======
"""Who may do what: actors, actions and the policy, all pure."""
>>>>>>> charts
