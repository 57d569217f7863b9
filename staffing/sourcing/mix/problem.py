"""The question of a mix: which volume goes where, by month, class of hours and contact type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import inf

import numpy as np
import numpy.typing as npt

from staffing.errors import ConfigError, SettingFault
from staffing.queueing import Targets
from staffing.sourcing.mix.sources import Contract, Overflow, OwnDesk, Source

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
SHARES = 1e-6  # shares of hours and of calls may miss their sums by this


@dataclass(frozen=True)
class ContactType:
    """One kind of contact: its handling time, language, and the certificates whoever takes it must hold."""

    name: str
    aht_seconds: float
    language: str = "ja"
    certificates: frozenset[str] = frozenset()


@dataclass(frozen=True)
class HourClass:
    """Hours that are priced and staffed alike, such as weekday evenings.

    `slots` says how calls vary inside: (share of the hours, calls per hour relative to the class's mean); the shares
    sum to 1, and so do share x relative calls.
    """

    name: str
    slots: tuple[tuple[float, float], ...] = ((1.0, 1.0),)


@dataclass(frozen=True)
class Limits:
    """What a mix must keep beside the service.

    `most_vendors` counts the vendors ever used; `own_share` is the least share of each month's calls that own agents
    take; `budget_month` the most paid for in any month, and `budget_total` over the horizon with what is owed after
    it, both in the currency's smallest unit.
    """

    most_vendors: int | None = None
    own_share: float = 0.0
    budget_month: float = inf
    budget_total: float = inf


@dataclass(frozen=True, eq=False)
class MixProblem:
    """Demand, sources and limits.

    Shapes: `calls` (months, types, classes) calls a month, `hours` (months, classes) open hours a month. All sources
    are sized to the same `targets` at callers' mean `patience_seconds` (infinite is Erlang C).

    Raises:
        ConfigError: on creation, naming every setting that cannot be used.
    """

    months: tuple[str, ...]  # "2027-04", consecutive
    types: tuple[ContactType, ...]
    classes: tuple[HourClass, ...]
    calls: Floats
    hours: Floats
    sources: tuple[Source, ...]
    targets: Targets
    patience_seconds: float = inf
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise ConfigError("mix", faults)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of months, types, classes."""
        return len(self.months), len(self.types), len(self.classes)

    def serves(self, source: Contract) -> Bools:
        """Which types and classes a source may take, by its hard filters; shape (types, classes)."""
        fits = [
            (source.types is None or kind.name in source.types)
            and (source.languages is None or kind.language in source.languages)
            and kind.certificates <= source.certificates
            for kind in self.types
        ]
        open_ = [source.classes is None or part.name in source.classes for part in self.classes]
        return np.outer(fits, open_)

    def open_classes(self, source: Contract) -> list[bool]:
        """Whether a source takes any type in each class."""
        return [bool(found) for found in np.any(self.serves(source), axis=0).tolist()]

    def teams(self, source: Contract) -> tuple[tuple[int, ...], ...]:
        """The types that share agents at a source, as numbers; by default all that it serves."""
        able = np.flatnonzero(self.serves(source).any(axis=1))
        if source.teams is None:
            return (tuple(int(kind) for kind in able),) if len(able) else ()
        names = [kind.name for kind in self.types]
        wanted = (tuple(names.index(name) for name in team) for team in source.teams)
        kept = (tuple(kind for kind in team if kind in able) for team in wanted)
        return tuple(team for team in kept if team)

    def erlangs(self, source: Contract) -> Floats:
        """Erlangs that one call a month of a type is at a source; shape (months, types, classes)."""
        aht = np.array([kind.aht_seconds for kind in self.types]) * source.aht_factor * source.repeat_factor
        return np.asarray(aht[np.newaxis, :, np.newaxis] / (3600.0 * self.hours[:, np.newaxis, :]))

    def team_aht(self, source: Contract, team: tuple[int, ...]) -> float:
        """Handling time a team is sized with: the longest of its types, which asks for the most agents."""
        return max(self.types[kind].aht_seconds for kind in team) * source.aht_factor

    def with_sources(self, sources: tuple[Source, ...]) -> MixProblem:
        """The same question of other sources."""
        return replace(self, sources=sources)


def _faults(problem: MixProblem) -> Iterator[SettingFault]:
    yield from _demand_faults(problem)
    names = [source.name for source in problem.sources]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield SettingFault("sources.name", repr(name), "is used twice; each source needs a name of its own")
    if sum(isinstance(source, OwnDesk) for source in problem.sources) > 1:
        yield SettingFault("sources", "two desks of one's own", "must hold at most one")
    types, classes = {x.name for x in problem.types}, {x.name for x in problem.classes}
    for source in problem.sources:
        for key, found, known in (
            ("types", source.types or (), types),
            ("classes", source.classes or (), classes),
            ("teams", [name for team in source.teams or () for name in team], types),
        ):
            if strange := sorted(set(found) - known):
                allowed = f"must be among {', '.join(sorted(known))}"
                yield SettingFault(f"{source.name}.{key}", ", ".join(strange), allowed)
        served = [
            x.name for x, any_ in zip(problem.classes, problem.open_classes(source), strict=True) if any_
        ]
        for key, prices in source.class_prices():
            if missing := [name for name in served if name not in prices]:
                yield SettingFault(
                    f"{source.name}.{key}", "(none)", f"must hold a price for {', '.join(missing)}"
                )
    has_desk = any(isinstance(source, OwnDesk) for source in problem.sources)
    if not has_desk and any(isinstance(source, Overflow) for source in problem.sources):
        yield SettingFault(
            "sources", "overflow without a desk of one's own", "must hold the desk that overflows"
        )


def _demand_faults(problem: MixProblem) -> Iterator[SettingFault]:
    months, types, classes = problem.shape
    if not 1 <= months <= 60:
        yield SettingFault("months", str(months), "must be 1 to 60 months")
    for key, array, shape in (
        ("calls", problem.calls, (months, types, classes)),
        ("hours", problem.hours, (months, classes)),
    ):
        if array.shape != shape:
            yield SettingFault(key, str(array.shape), f"must have the shape {shape}")
        elif not (np.isfinite(array) & (array >= 0)).all():
            yield SettingFault(key, f"{array.min():g}", "must be finite numbers, 0 or more")
    if problem.hours.shape == (months, classes) and (problem.hours <= 0).any():
        yield SettingFault("hours", "0", "must be above 0 in every month and class")
    for part in problem.classes:
        hours = sum(share for share, _ in part.slots)
        calls = sum(share * factor for share, factor in part.slots)
        if abs(hours - 1) > SHARES or abs(calls - 1) > SHARES or min(min(slot) for slot in part.slots) < 0:
            allowed = "must hold shares of hours that sum to 1, with relative calls whose mean is 1"
            yield SettingFault(f"classes.{part.name}.slots", str(part.slots), allowed)
    for kind in problem.types:
        if not 0 < kind.aht_seconds < inf:
            yield SettingFault(
                f"types.{kind.name}.aht_seconds", f"{kind.aht_seconds:g}", "must be seconds above 0"
            )
    if not 0 <= problem.limits.own_share <= 1:
        yield SettingFault("limits.own_share", f"{problem.limits.own_share:g}", "must be 0 to 1")
