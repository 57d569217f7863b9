"""What a contract says beside its prices: terms, costs that no price list shows, and what a vendor can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Annotated

from staffing.errors import SettingFault
from staffing.sourcing.figures import Allowed, Checked, Figure, Money, Months, Share

UNSTATED = Figure(0.0, "plan", "not stated")
_AS_OWN = Figure(1.0, "plan", "not stated: as one's own people")


@dataclass(frozen=True, kw_only=True)
class Terms(Checked):
    """How a contract begins and ends."""

    lead_months: Months = UNSTATED  # from the order to the first call taken
    notice_months: Months = UNSTATED  # paid on after it is ended or cut down
    minimum_months: Months = UNSTATED  # the least a contract runs
    exit_fee: Money = UNSTATED  # once, at the end

    def or_those_of(self, other: Terms) -> Terms:
        """These, with the other's figures where they state none."""
        stated = {name: getattr(self, name) for name in (entry.name for entry in fields(self))}
        return replace(other, **{name: figure for name, figure in stated.items() if figure != UNSTATED})


@dataclass(frozen=True, kw_only=True)
class Hidden(Checked):
    """What outsourcing costs the client beside the vendor's bill, and what the vendor's quality does to the work.

    Escalated calls come back to one's own people for `escalation_seconds` each. Of all handled calls
    `repeat_share` come again, so the volume is multiplied by 1 / (1 - `repeat_share`). `aht_factor` multiplies AHT.
    """

    liaison_hours_month: Annotated[Figure, Allowed()] = UNSTATED
    liaison_wage_hour: Money = UNSTATED
    escalation_share: Share = UNSTATED  # of handled calls
    escalation_seconds: Annotated[Figure, Allowed()] = UNSTATED  # of one's own people, per escalated call
    escalation_wage_hour: Money = UNSTATED
    repeat_share: Annotated[Figure, Allowed(most=0.9)] = UNSTATED
    aht_factor: Annotated[Figure, Allowed(above=True)] = _AS_OWN

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, work without a wage."""
        yield from super().faults()
        for amount, wage in (
            ("liaison_hours_month", "liaison_wage_hour"),
            ("escalation_share", "escalation_wage_hour"),
        ):
            if getattr(self, amount).value > 0 and getattr(self, wage).value == 0:
                yield SettingFault(wage, "0", f"must be above 0 where {amount} is")

    @property
    def volume_factor(self) -> float:
        """Calls with those that come again, over first calls."""
        return 1 / (1 - self.repeat_share.value)

    @property
    def changes_work(self) -> bool:
        """Whether the vendor has more, or longer, calls to take than one's own people would have."""
        return self.repeat_share.value > 0 or self.aht_factor.value != 1


@dataclass(frozen=True, kw_only=True)
class Abilities(Checked):
    """What a vendor states of itself, to be held against what the desk requires.

    `scope_covers_department`: the certificate's scope covers the department that takes the calls.
    """

    certifications: tuple[str, ...] = ()
    scope_covers_department: bool = False
    home_working: bool = False  # its people also work from home
    contact_types: tuple[str, ...] = ("phone",)
    languages: tuple[str, ...] = ("ja",)

    def faults(self) -> Iterator[SettingFault]:
        """Empty or repeated names."""
        yield from super().faults()
        for name in ("certifications", "contact_types", "languages"):
            yield from names_faults(name, getattr(self, name))


def names_faults(key: str, names: tuple[str, ...]) -> Iterator[SettingFault]:
    """A list of names must hold each once, and none that is empty."""
    if len(set(names)) < len(names) or not all(name.strip() for name in names):
        yield SettingFault(key, str(list(names)), "must name each once, and nothing empty")
