"""After the search: why an interval is short, why a request was denied, what the bound says."""

from staffing.roster.explain.bound import Proof, proof_of
from staffing.roster.explain.denied import Answer, why_denied
from staffing.roster.explain.short import Kept, ShortInterval, why_short
from staffing.roster.explain.standing import Standing

__all__ = [
    "Answer",
    "Kept",
    "Proof",
    "ShortInterval",
    "Standing",
    "proof_of",
    "why_denied",
    "why_short",
]
