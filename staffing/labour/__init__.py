"""Labour law as data, and the wages that follow from it."""

from staffing.labour.pack import BreakLaw, RulePack, available_packs, load_pack
from staffing.labour.wages import Pay, pay, pay_roster

__all__ = ["BreakLaw", "Pay", "RulePack", "available_packs", "load_pack", "pay", "pay_roster"]
