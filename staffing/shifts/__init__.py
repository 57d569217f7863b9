"""Shift templates, breaks and the intervals they cover; templates proposed from a requirement."""

from staffing.shifts.proposal import Proposal, ProposalSettings, propose_templates
from staffing.shifts.selection import select_shifts_pyworkforce
from staffing.shifts.snippet import shifts_toml
from staffing.shifts.template import Break, Shift, ShiftTemplate

__all__ = [
    "Break",
    "Proposal",
    "ProposalSettings",
    "Shift",
    "ShiftTemplate",
    "propose_templates",
    "select_shifts_pyworkforce",
    "shifts_toml",
]
