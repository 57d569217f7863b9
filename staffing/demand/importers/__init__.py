"""Readers of the files that telephone systems export."""

from staffing.demand.importers.calls import import_calls, write_history

__all__ = ["import_calls", "write_history"]
