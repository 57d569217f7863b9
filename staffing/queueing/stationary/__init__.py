"""Exact stationary figures: what becomes of a call, for every load and number of agents, lines and patience."""
