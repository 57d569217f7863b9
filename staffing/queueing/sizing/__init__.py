"""The agents that targets need, and the same question asked backwards."""
