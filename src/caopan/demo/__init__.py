"""A synthetic world with known true parameters, always labelled synthetic."""
