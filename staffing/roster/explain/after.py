"""After the search: why an interval is short, a request denied, an activity where it is; what the bound says."""

from staffing.roster.explain.attended import Attended, why_attended
from staffing.roster.explain.bound import Proof, proof_of
from staffing.roster.explain.denied import Answer, why_denied
from staffing.roster.explain.short import Kept, ShortInterval, why_short
from staffing.roster.explain.standing import Standing

__all__ = [
    "Answer",
    "Attended",
    "Kept",
    "Proof",
    "ShortInterval",
    "Standing",
    "proof_of",
    "why_attended",
    "why_denied",
    "why_short",
]
