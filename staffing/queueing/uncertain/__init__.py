"""Demand that is uncertain itself: quantiles, averages and the cheapest number of agents."""
