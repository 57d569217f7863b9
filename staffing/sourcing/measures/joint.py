"""Every set of some measures that can be had together: lost calls and monthly cost, effects worked out jointly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.errors import ConfigError, SettingFault
from staffing.sourcing.measures.desk import Floats
from staffing.sourcing.measures.effect_of import Judge
from staffing.sourcing.measures.measure import Catalogue
from staffing.sourcing.measures.timing import one_off, starts_after

MOST = 12
"""Measures whose sets are all worked out: 4,096 queues for every interval."""


@dataclass(frozen=True)
class Joint:
    """Sets of measures as numbers: bit k stands for `names[k]`. Arrays `lost` and `cost` have one element a set.

    `lost` calls and `cost` are a month's, with the set in force; NaN where `possible` is False, because two
    exclude one another or one lacks what it requires. `once`, `lead` (months) and `starts` (months, when all begin at
    once) are by measure.
    """

    names: tuple[str, ...]
    possible: npt.NDArray[np.bool_]
    lost: Floats
    cost: Floats
    once: Floats
    lead: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]

    def members(self, number: int) -> tuple[str, ...]:
        """The names of a set."""
        return tuple(name for bit, name in enumerate(self.names) if number >> bit & 1)

    def number(self, names: frozenset[str]) -> int:
        """The set of some names."""
        return sum(1 << bit for bit, name in enumerate(self.names) if name in names)


def joint(judge: Judge, names: tuple[str, ...]) -> Joint:
    """Work out every set of some measures.

    Raises:
        ConfigError: more than `MOST` measures, one that is not in the catalogue, or one whose requirement is not
            among them.
    """
    catalogue = judge.catalogue
    _check(catalogue, names)
    count = 1 << len(names)
    possible = np.zeros(count, dtype=np.bool_)
    lost, cost = np.full(count, np.nan), np.full(count, np.nan)
    for number in range(count):
        chosen = frozenset(name for bit, name in enumerate(names) if number >> bit & 1)
        complete = all(set(catalogue[name].requires) <= chosen for name in chosen)
        if complete and catalogue.clash(chosen) is None:
            state = judge.state(chosen)
            possible[number], lost[number], cost[number] = True, state.lost, state.cost
    starts = starts_after(catalogue, names)
    return Joint(
        names=names,
        possible=possible,
        lost=lost,
        cost=cost,
        once=np.array([one_off(catalogue[name], judge.desk.heads) for name in names]),
        lead=np.array([catalogue[name].lead for name in names], dtype=np.int64),
        starts=np.array([starts[name] for name in names], dtype=np.int64),
    )


def _check(catalogue: Catalogue, names: tuple[str, ...]) -> None:
    faults = []
    if len(names) > MOST:
        faults.append(SettingFault("measures", str(len(names)), f"at most {MOST} can be worked out together"))
    for name in names:
        if name not in catalogue.names:
            faults.append(
                SettingFault("measures", repr(name), f"is no measure; known: {', '.join(catalogue.names)}")
            )
        elif missing := catalogue.closure(name) - set(names):
            faults.append(SettingFault("measures", repr(name), f"also needs {', '.join(sorted(missing))}"))
    if len(set(names)) < len(names):
        faults.append(SettingFault("measures", ", ".join(names), "must name each measure once"))
    if faults:
        raise ConfigError(catalogue.file or "measures", faults)
