"""Service as a concave curve of the people on the floor: what a linear program can hold."""

from staffing.queueing.curves.kept import KeptCalls, kept_calls
from staffing.queueing.curves.steps import TOLERANCE, UNITS_A_CALL, Steps, concave_steps

__all__ = ["TOLERANCE", "UNITS_A_CALL", "KeptCalls", "Steps", "concave_steps", "kept_calls"]
