"""Solvers of integer programs: HiGHS (through SciPy) for relaxations and parts, CP-SAT for parts and proofs."""

from staffing.roster.engines.cpsat import search
from staffing.roster.engines.highs import Relaxation, branch, relax
from staffing.roster.engines.outcome import Outcome

__all__ = ["Outcome", "Relaxation", "branch", "relax", "search"]
