"""One method per verb: the only public Python entry."""
