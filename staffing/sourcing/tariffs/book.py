"""All offers that are compared, with what a vendor must be able to do and what a lost call is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from babel.numbers import is_currency

from staffing.errors import ConfigError, SettingFault
from staffing.sourcing.figures import Checked
from staffing.sourcing.tariffs.in_house import InHouse
from staffing.sourcing.tariffs.lost_calls import LostCalls
from staffing.sourcing.tariffs.offered import Offered
from staffing.sourcing.tariffs.per_booth import PerBooth
from staffing.sourcing.tariffs.per_call import PerCall
from staffing.sourcing.tariffs.requirements import Requirements
from staffing.sourcing.tariffs.terms import Terms

_Kind = TypeVar("_Kind", bound=Offered)


@dataclass(frozen=True, kw_only=True)
class Tariffs(Checked):
    """All offers that are compared, in-house apart; `file` is what messages call them.

    Without `lost_calls` a lost call has no price.
    """

    currency: str  # ISO 4217
    in_house: InHouse
    offers: tuple[Offered, ...] = ()
    requirements: Requirements = field(default_factory=Requirements)
    lost_calls: LostCalls | None = None
    file: str = field(default="tariffs", compare=False)

    def faults(self) -> Iterator[SettingFault]:
        """Unknown currency, names used twice, offers that build on one that is not there."""
        if not is_currency(self.currency):
            yield SettingFault("currency", repr(self.currency), 'must be an ISO 4217 code such as "JPY"')
        names = [offer.name for offer in self.every]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield SettingFault("name", repr(name), "is used twice; each offer needs a name of its own")
        for offer in self.every:
            for name in offer.needs:
                if name not in names or name == offer.name:
                    others = ", ".join(x for x in names if x != offer.name)
                    yield SettingFault(offer.name, repr(name), f"must be the name of another offer: {others}")

    @property
    def every(self) -> tuple[Offered, ...]:
        """In-house, then the other offers."""
        return (self.in_house, *self.offers)

    def of(self, kind: type[_Kind]) -> tuple[_Kind, ...]:
        """The offers of one kind, in order."""
        return tuple(offer for offer in self.offers if isinstance(offer, kind))

    def named(self, name: str) -> Offered:
        """The offer of a name.

        Raises:
            KeyError: when there is none.
        """
        for offer in self.every:
            if offer.name == name:
                return offer
        raise KeyError(name)

    def terms_of(self, offer: Offered) -> Terms:
        """How an offer begins and ends: what it does not state itself is that of the offer it builds on."""
        found = offer.terms
        for name in offer.needs:
            found = found.or_those_of(self.named(name).terms)
        return found

    @property
    def per_call(self) -> tuple[PerCall, ...]:
        """The per-call plans."""
        return self.of(PerCall)

    @property
    def per_booth(self) -> tuple[PerBooth, ...]:
        """The per-booth plans."""
        return self.of(PerBooth)

    def require_currency(self, currency: str) -> None:
        """Raise ConfigError where the prices are in another currency than the plan's."""
        if currency != self.currency:
            allowed = f'must be the plan\'s currency, "{currency}"'
            raise ConfigError(self.file, [SettingFault("currency", repr(self.currency), allowed)])
