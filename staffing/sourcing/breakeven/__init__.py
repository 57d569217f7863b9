"""Break-even: the cheapest way of staffing by monthly volume, at the same service."""
