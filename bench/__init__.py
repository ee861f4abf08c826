"""Figures beside hand-written limits, in one run."""
