"""Changes to a problem that let a roster through: each worded, and applied to exactly what it names."""

from staffing.roster.changes.activity import LeftOut
from staffing.roster.changes.change import Change, applied, merged
from staffing.roster.changes.contract import ContractShift, ContractTerm
from staffing.roster.changes.person import Available, FixedReleased, LeaveMoved
from staffing.roster.changes.rule import RuleException, RuleFigure

__all__ = [
    "Available",
    "Change",
    "ContractShift",
    "ContractTerm",
    "FixedReleased",
    "LeaveMoved",
    "LeftOut",
    "RuleException",
    "RuleFigure",
    "applied",
    "merged",
]
