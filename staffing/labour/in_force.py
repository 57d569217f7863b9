"""Which rule pack is in force on a date, and whether a pack is in force throughout a plan."""

from __future__ import annotations

from datetime import date

from staffing.errors import ConfigError, SettingFault
from staffing.labour.pack import RulePack, available_packs, load_pack


def pack_in_force(jurisdiction: str, day: date) -> RulePack:
    """The pack of a jurisdiction on a day: of those in force, the one that came last; proposals are never picked.

    Raises:
        ConfigError: for a jurisdiction without packs, or a day on which none of its packs is in force.
    """
    packs = [pack for pack in map(load_pack, available_packs()) if pack.is_law]
    own = [pack for pack in packs if pack.jurisdiction == jurisdiction]
    if not own:
        known = ", ".join(sorted({pack.jurisdiction for pack in packs}))
        raise ConfigError(
            "rule pack", [SettingFault("jurisdiction", jurisdiction, f"must be one of {known}")]
        )
    in_force = [pack for pack in own if covers(pack, day)]
    if not in_force:
        spans = "; ".join(f"{pack.pack_id} {span(pack)}" for pack in own)
        allowed = f"no pack of {jurisdiction} is in force on this day; known: {spans}"
        raise ConfigError("rule pack", [SettingFault("date", str(day), allowed)])
    return max(in_force, key=lambda pack: pack.effective_from)


def require_in_force(pack: RulePack, first: date, last: date) -> None:
    """Refuse a pack that is not in force on every day from `first` to `last`.

    Raises:
        ConfigError: naming the pack, when it is in force, and the days asked for.
    """
    if not (covers(pack, first) and covers(pack, last)):
        allowed = f"in force {span(pack)}, but the plan runs from {first} to {last}"
        raise ConfigError("rule pack", [SettingFault("labour.pack", pack.pack_id, allowed)])


def covers(pack: RulePack, day: date) -> bool:
    """Whether a pack is in force on a day; both its dates count."""
    return pack.effective_from <= day and (pack.effective_to is None or day <= pack.effective_to)


def span(pack: RulePack) -> str:
    """A pack's dates in words."""
    if pack.effective_to is None:
        return f"from {pack.effective_from}"
    return f"from {pack.effective_from} to {pack.effective_to}"
