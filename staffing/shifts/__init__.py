"""Shift templates, breaks and the intervals they cover."""
