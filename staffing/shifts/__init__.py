"""Shift templates, breaks and the intervals they cover."""

from staffing.shifts.selection import select_shifts_pyworkforce
from staffing.shifts.template import Shift, ShiftTemplate

__all__ = ["Shift", "ShiftTemplate", "select_shifts_pyworkforce"]
