"""Labour law as data, and the wages that follow from it."""

from staffing.labour.carried import Carried, MonthHours
from staffing.labour.in_force import pack_in_force, require_in_force
from staffing.labour.pack import NO_LAW, BreakLaw, RulePack, available_packs, load_pack
from staffing.labour.wages import Pay, pay, pay_roster

__all__ = [
    "NO_LAW",
    "BreakLaw",
    "Carried",
    "MonthHours",
    "Pay",
    "RulePack",
    "available_packs",
    "load_pack",
    "pack_in_force",
    "pay",
    "pay_roster",
    "require_in_force",
]
