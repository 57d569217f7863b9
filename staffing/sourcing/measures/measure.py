"""Measures against abandonment and their catalogue: what each costs, when it works, what it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated

from staffing.errors import ConfigError, SettingFault
from staffing.sourcing.figures import Allowed, Checked, Figure, Label, Money, allowed_figures
from staffing.sourcing.measures.effects import CallBack, Capacity, SelfService, Vendor, Work

FREE, ONE = Figure(0.0), Figure(1.0)


@dataclass(frozen=True, kw_only=True)
class Costs(Checked):
    """What a measure costs, in the currency's smallest unit, without tax."""

    one_off: Money = FREE
    one_off_head: Money = FREE
    """Once for each person at the desk."""
    monthly: Money = FREE
    monthly_head: Money = FREE
    per_contact: Money = FREE
    """For each contact that it takes: contained, called back, or answered by the vendor."""
    paid_hour: Money = FREE
    """For each paid hour of the agents it adds, with social insurance."""
    paid_hours: Annotated[Figure, Allowed(least=1)] = ONE
    """Paid hours for an hour on contacts: shrinkage, breaks, shifts longer than the gap they fill."""


@dataclass(frozen=True, kw_only=True)
class Measure(Checked):
    """One measure. `requires` must be in place with it, `excludes` must not; both name other measures."""

    name: str
    lead_months: Annotated[Figure, Allowed(whole=True)] = FREE
    """Whole months from the decision until it works; monthly costs begin with its effect."""
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    costs: Costs = Costs()
    self_service: SelfService | None = None
    work: Work | None = None
    capacity: Capacity | None = None
    call_back: CallBack | None = None
    vendor: Vendor | None = None

    @property
    def lead(self) -> int:
        """Whole months until it works."""
        return int(self.lead_months.value)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All its figures, those of its costs and effects among them."""
        parts = (self, self.costs, self.self_service, self.work, self.capacity, self.call_back, self.vendor)
        return tuple(
            getattr(part, name) for part in parts if part is not None for name in allowed_figures(type(part))
        )

    @property
    def weakest_label(self) -> Label:
        """The weakest evidence behind any of them: a market example, then what others published."""
        labels = {figure.label for figure in self.figures}
        order: tuple[Label, ...] = ("example", "source", "law")
        return next((label for label in order if label in labels), "plan")

    def faults(self) -> Iterator[SettingFault]:
        """A measure has a name and changes something."""
        yield from super().faults()
        if not self.name.strip():
            yield SettingFault("name", repr(self.name), "must be given")
        parts = ("self_service", "work", "capacity", "call_back", "vendor")
        if all(getattr(self, part) is None for part in parts):
            yield SettingFault("", "", f"{self.name} changes nothing: give one of {', '.join(parts)}")
        for key in ("requires", "excludes"):
            if self.name in getattr(self, key):
                yield SettingFault(key, repr(self.name), "must name other measures")


@dataclass(frozen=True, kw_only=True)
class Catalogue(Checked):
    """The measures to choose from."""

    currency: str
    measures: tuple[Measure, ...]
    file: str = field(default="", compare=False)

    def __getitem__(self, name: str) -> Measure:
        """A measure by its name."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> Mapping[str, Measure]:
        return {measure.name: measure for measure in self.measures}

    @property
    def names(self) -> tuple[str, ...]:
        """Of the measures, in the file's order."""
        return tuple(measure.name for measure in self.measures)

    def require_currency(self, currency: str) -> None:
        """Raise ConfigError where the prices are in another currency than the plan's."""
        if currency != self.currency:
            allowed = f'must be the plan\'s currency, "{currency}"'
            raise ConfigError(
                self.file or "measures", [SettingFault("currency", repr(self.currency), allowed)]
            )

    def closure(self, name: str) -> frozenset[str]:
        """A measure with all that it requires, directly or not."""
        found: set[str] = set()
        open_names = [name]
        while open_names:
            one = open_names.pop()
            if one not in found:
                found.add(one)
                open_names.extend(self[one].requires)
        return frozenset(found)

    def clash(self, names: frozenset[str]) -> tuple[str, str] | None:
        """Two of some measures that cannot go together; None when all can."""
        chosen = [measure for measure in self.measures if measure.name in names]
        for measure in chosen:
            for other in chosen:
                if other.name in measure.excludes or (measure is not other and _same_kind(measure, other)):
                    return measure.name, other.name
        return None

    def faults(self) -> Iterator[SettingFault]:
        """Names are used once and lead to measures; what a measure requires can be had with it."""
        yield from super().faults()
        if len(self.currency) != 3 or not self.currency.isascii() or not self.currency.isupper():
            yield SettingFault("currency", repr(self.currency), "must be three capital letters such as JPY")
        if not self.measures:
            yield SettingFault("measures", "()", "must hold at least one measure")
        for name, times in Counter(self.names).items():
            if times > 1:
                yield SettingFault(
                    "measures", repr(name), f"is the name of {times} measures; each needs its own"
                )
        lost = False
        for number, measure in enumerate(self.measures, start=1):
            for key in ("requires", "excludes"):
                for name in getattr(measure, key):
                    if name not in self.names:
                        lost = True
                        known = ", ".join(self.names)
                        yield SettingFault(
                            f"measures[{number}].{key}", repr(name), f"is no measure; known: {known}"
                        )
        if not lost and len(set(self.names)) == len(self.names):
            yield from self._impossible()

    def _impossible(self) -> Iterator[SettingFault]:
        for number, measure in enumerate(self.measures, start=1):
            if any(measure.name in self.closure(name) for name in measure.requires):
                yield SettingFault(
                    f"measures[{number}].requires", repr(measure.name), "leads back to the measure itself"
                )
            elif (clash := self.clash(self.closure(measure.name))) is not None:
                yield SettingFault(
                    f"measures[{number}].requires",
                    repr(measure.name),
                    f"needs {clash[0]} and {clash[1]}, which exclude one another",
                )


def _same_kind(one: Measure, other: Measure) -> bool:
    """A queue offers call-backs in one way and passes calls on in one way; not both by waits that pull apart."""
    if one.vendor is not None and other.vendor is not None:
        return True
    timed = any(each.vendor is not None and each.vendor.timed for each in (one, other))
    calling = (one.call_back is not None) + (other.call_back is not None)
    return calling == 2 or (calling == 1 and timed)
