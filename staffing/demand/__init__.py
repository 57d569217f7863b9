"""Demand: the history of contacts, read, checked and put on the interval grid."""

from staffing.demand.history import History
from staffing.demand.reading import read_history

__all__ = ["History", "read_history"]
