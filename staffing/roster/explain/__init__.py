"""Why no roster can exist, and, in `after`, why a roster is as it is."""

from staffing.roster.explain.certain import Existence, exists
from staffing.roster.explain.explanation import Conflict, Explanation, Obstacle, Relaxation, apply
from staffing.roster.explain.why import explain, explain_alone

__all__ = [
    "Conflict",
    "Existence",
    "Explanation",
    "Obstacle",
    "Relaxation",
    "apply",
    "exists",
    "explain",
    "explain_alone",
]
