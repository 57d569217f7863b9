"""Cliques: shifts of which a person works at most one, and what they say of a team as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from staffing.roster.program import Ints


class Cliques:
    """Everybody's rows "at most one of these shifts"; shifts are counted by their group's index."""

    def __init__(self) -> None:
        self._of: defaultdict[int, dict[bytes, Ints]] = defaultdict(dict)
        self._with: dict[int, defaultdict[int, set[bytes]]] = {}  # a person's rows by a shift in them

    def add(self, agent: int, groups: Ints) -> None:
        """A row of a person over the shifts of `groups`."""
        if len(groups):
            groups = np.sort(groups)
            self._of[agent][groups.tobytes()] = groups

    def fills(self, agent: int, groups: Ints) -> bool:
        """Whether a person works at most one of some shifts, sorted, because one row says so."""
        own = self._of.get(agent, {})
        if len(groups) <= 1 or groups.tobytes() in own:
            return True
        if agent not in self._with:
            self._with[agent] = defaultdict(set)
            for key, row in own.items():
                for group in row.tolist():
                    self._with[agent][group].add(key)
        candidates = self._with[agent][int(groups[0])] & self._with[agent][int(groups[-1])]
        return any(_within(groups, own[key]) for key in candidates)

    def heads(self, opened: Mapping[int, Ints]) -> Iterator[tuple[Ints, int]]:
        """Sets of shifts of which each person of a team works at most one, and how many people can work any.

        Args:
            opened: the team's people, each with the shifts open to them, sorted.
        """
        alike: defaultdict[tuple[bytes, frozenset[bytes]], list[int]] = defaultdict(list)
        for agent, groups in opened.items():
            alike[groups.tobytes(), frozenset(self._of.get(agent, {}))].append(agent)
        classes = [(agents[0], len(agents)) for agents in alike.values()]
        rows = {key: row for agent, _ in classes for key, row in self._of.get(agent, {}).items()}
        for shifts in rows.values():
            heads = self._heads(shifts, classes, opened)
            if heads is not None:
                yield shifts, heads

    def _heads(self, shifts: Ints, classes: list[tuple[int, int]], opened: Mapping[int, Ints]) -> int | None:
        heads = 0
        key = shifts.tobytes()
        for agent, people in classes:
            if key not in self._of.get(agent, {}):
                own = np.intersect1d(shifts, opened[agent], assume_unique=True)
                if not len(own):
                    continue
                if not self.fills(agent, own):
                    return None
            heads += people
        return heads


def _within(groups: Ints, row: Ints) -> bool:
    """Whether all of some sorted groups are in a sorted row."""
    return len(groups) <= len(row) and bool(np.isin(groups, row, assume_unique=True).all())
