"""Which volume goes where, by month, class of hours and contact type: the cheapest mix at equal service."""

from staffing.sourcing.mix.bill import cost, lines
from staffing.sourcing.mix.check import Verdict, check
from staffing.sourcing.mix.plan import MixPlan, SourcePlan
from staffing.sourcing.mix.problem import ContactType, HourClass, Limits, MixProblem
from staffing.sourcing.mix.runners_up import RunnerUp, Tip, runners_up, tips
from staffing.sourcing.mix.solve import MixResult, solve
from staffing.sourcing.mix.sources import Booths, CallPlan, Hourly, Overflow, OwnDesk, Source, Terms, Tier

__all__ = [
    "Booths",
    "CallPlan",
    "ContactType",
    "HourClass",
    "Hourly",
    "Limits",
    "MixPlan",
    "MixProblem",
    "MixResult",
    "Overflow",
    "OwnDesk",
    "RunnerUp",
    "Source",
    "SourcePlan",
    "Terms",
    "Tier",
    "Tip",
    "Verdict",
    "check",
    "cost",
    "lines",
    "runners_up",
    "solve",
    "tips",
]
