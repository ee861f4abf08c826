"""Forecast (预估): what a planned session brings, as a distribution, and how it did before."""
