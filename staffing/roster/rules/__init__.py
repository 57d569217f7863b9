"""The rules a roster keeps, one class a rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from staffing.roster.rules.contract_hours import ContractHours, least_minutes
from staffing.roster.rules.contract_shifts import ContractShiftsAWeek, ContractTemplates
from staffing.roster.rules.days_off import DaysOff
from staffing.roster.rules.leave import Leave
from staffing.roster.rules.legal_breaks import LegalBreaks
from staffing.roster.rules.legal_hours import LegalDay, LegalWeek
from staffing.roster.rules.minors import MinorsAtNight
from staffing.roster.rules.one_shift import OneShiftADay
from staffing.roster.rules.rest import MinimumRest
from staffing.roster.rules.rule import Rule
from staffing.roster.rules.seats import Seats

__all__ = [
    "ContractHours",
    "ContractShiftsAWeek",
    "ContractTemplates",
    "DaysOff",
    "Leave",
    "LegalBreaks",
    "LegalDay",
    "LegalWeek",
    "MinimumRest",
    "MinorsAtNight",
    "OneShiftADay",
    "Rule",
    "Seats",
    "least_minutes",
    "standard_rules",
]


def standard_rules(shift_counts: Mapping[tuple[date, str], int] | None = None) -> tuple[Rule, ...]:
    """The rules of every roster; with `shift_counts`, also the seats of that selection of shifts."""
    seats = () if shift_counts is None else (Seats(shift_counts),)
    return (
        LegalDay(),
        LegalBreaks(),
        ContractTemplates(),
        Leave(),
        MinorsAtNight(),
        OneShiftADay(),
        ContractShiftsAWeek(),
        ContractHours(),
        LegalWeek(),
        DaysOff(),
        MinimumRest(),
        *seats,
    )
