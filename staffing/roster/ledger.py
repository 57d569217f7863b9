"""The ledger of a model: every column with its owner and day, every row, and what rules put on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from staffing.roster.attendance_prices import Asked
from staffing.roster.derived import Derived
from staffing.roster.limits import Limit
from staffing.roster.program import Growing, Ints, Program, ProgramBuilder, joined
from staffing.roster.rules.rule import Rule

NOBODY = -1  # the agent of a column that is not one person's
NO_DAY = -1  # the day of a column that speaks of no single day

Elastic = Callable[
    [Rule], int | None
]  # what one unit of a hard rule costs when it may give; None when it may not


@dataclass(frozen=True)
class Built:
    """A program with what is known of its columns; arrays of shape (columns,).

    `owners` the agent by index, NOBODY when it is nobody's; `days` the day by index, NO_DAY when of none; `pay`
    the part of the cost that is wages, in the model's units.
    """

    program: Program
    owners: Ints
    days: Ints
    pay: Ints


class Ledger:
    """Collects columns and rows; `scale` model units make the currency's smallest unit."""

    def __init__(self, scale: int, elastic: Elastic | None) -> None:
        self.limits: list[Limit] = []
        self.structural: list[tuple[int, int]] = []  # agent, row
        self.derived = Derived()
        self.facts: set[int] = set()  # columns that are 1 whatever is planned: what has happened
        self.work_owners: Ints = joined([])  # of the work columns, which come first, once they are there
        self.work_days: Ints = joined([])
        self.left_out: list[int] = []  # a person's columns that are 1 when an activity is left out at a price
        self.session_columns: list[int] = []  # a person's columns that choose the start of a meeting
        self.meetings: dict[str, dict[int, int]] = {}  # of these, by the meeting's name and the start
        self.asked: list[Asked] = []  # activities whose dates lie in several weeks
        self.held: dict[
            str, list[int]
        ] = {}  # columns of nobody that say the same of meetings, by their names
        self.days_begun = 0  # how many days, from the first, had begun when planning began
        self._scale = scale
        self._elastic = elastic
        self._builder = ProgramBuilder()
        self._agent = Growing()
        self._day: list[Ints] = []
        self._pay: list[Ints] = []

    def column(
        self, upper: int, cost: int = 0, *, agent: int = NOBODY, day: int, is_pay: bool = False
    ) -> int:
        """Add a column; returns its index. `cost` is in the model's units (`scale`); `is_pay` when it is wages."""
        return int(
            self.add_columns(np.array([upper]), np.array([cost]), agent=agent, day=day, is_pay=is_pay)[0]
        )

    def add_columns(
        self, upper: Ints, cost: Ints, *, agent: int = NOBODY, day: int, is_pay: bool = False
    ) -> Ints:
        """Add columns of one owner and day, as `column`; returns their indices. Shapes (columns,)."""
        self._agent.extend(np.full(len(upper), agent, dtype=np.int64))
        self._day.append(np.full(len(upper), day, dtype=np.int64))
        self._pay.append(cost if is_pay else np.zeros_like(cost))
        return self._builder.columns(upper, cost)

    def row(
        self,
        columns: Sequence[int] | Ints,
        coefficients: Sequence[int] | Ints | int = 1,
        *,
        low: int | None = None,
        high: int | None = None,
    ) -> int:
        """Add a row, as `ProgramBuilder.row`; returns its index."""
        return self._builder.row(columns, coefficients, low=low, high=high)

    def structure(self, agent: int, row: int) -> None:
        """Put on record a row that says how a person's columns hang together, and nothing that could be broken."""
        self.structural.append((agent, row))

    def charge(self, columns: Sequence[int] | Ints, amount: int) -> None:
        """Raise the cost of columns by an amount of money each."""
        self._builder.charge(columns, amount * self._scale)

    def limit(
        self,
        rule: Rule,
        columns: Sequence[int] | Ints,
        coefficients: Sequence[int] | Ints | int = 1,
        *,
        low: int | None = None,
        high: int | None = None,
        agent: int = NOBODY,
        days: range,
        size: int = 1,
        over: int | None = None,
        moment: int | None = None,
    ) -> int | None:
        """Add a rule's row: as it stands when the rule is hard, with priced slack when it is soft or may give.

        Args:
            rule: whose row it is.
            columns: the row's columns.
            coefficients: beside the columns.
            low: the least the sum may be; None leaves the side open.
            high: the most the sum may be.
            agent: the person it binds, NOBODY when several.
            days: indices of the days it speaks of.
            size: how many of the rule's units one unit of the sum is.
            over: a column from `slack` that several rows share, so that breaking them together is paid once.
            moment: the time that the row speaks of, in minutes since 1970 UTC; None when it is of whole days.

        Returns:
            The row's index; None for a row that cannot be broken, which is not added.
        """
        indices = np.asarray(columns, dtype=np.int64)
        factors = np.broadcast_to(np.asarray(coefficients, dtype=np.int64), indices.shape)
        least, most = self._builder.reach(indices, factors)
        if (low is None or least >= low) and (high is None or most <= high):
            return None  # it cannot be broken
        price = self.price(rule)
        if price is None and days.start < self.days_begun:
            low, high = self._beside_facts(indices, factors, low, high)
        under = None
        if price is not None:
            cost, day = price * size * self._scale, self.home(days)
            owner = agent if bool((self.owner_of(indices) == agent).all()) else NOBODY
            if low is not None and least < low:
                under = self.column(low - least, cost, agent=owner, day=day)
                indices, factors = np.append(indices, under), np.append(factors, 1)
            if high is not None and most > high:
                over = self.column(most - high, cost, agent=owner, day=day) if over is None else over
                indices, factors = np.append(indices, over), np.append(factors, -1)
        row = self._builder.row(indices, factors, low=low, high=high)
        self.limits.append(
            Limit(
                rule,
                row,
                agent,
                days.start,
                days[-1] if days else days.start,
                low,
                high,
                under,
                over,
                size,
                moment,
            )
        )
        return row

    def slack(self, rule: Rule, agent: int | None, days: range) -> int | None:
        """A column of 0 or 1 that rows of a rule may share, at its price; None when the rule must be kept.

        `agent` is the person the rows bind, None when several.
        """
        price = self.price(rule)
        if price is None:
            return None
        owner = NOBODY if agent is None else agent
        return self.column(1, price * self._scale, agent=owner, day=self.home(days))

    def any_of(self, columns: Sequence[int], *, agent: int, day: int) -> int:
        """A column that is 1 when one of the columns is."""
        column = self.column(1, agent=agent, day=day)
        self.follow(column, columns)
        rows = [self.row([other, column], [1, -1], high=0) for other in columns]
        self.derived.add_any(column, rows)
        return column

    def follow(self, column: int, others: Sequence[int] | Ints) -> None:
        """Put on record that a column is 1 whenever one of others is: then it is a fact as soon as one of them is."""
        if self.facts and not self.facts.isdisjoint(np.asarray(others).tolist()):
            self.facts.add(column)

    def _beside_facts(
        self, columns: Ints, factors: Ints, low: int | None, high: int | None
    ) -> tuple[int | None, int | None]:
        """A hard limit's sides, moved to what can still be kept where facts alone break it: the past gives no way.

        Of a person's columns of one day at most one is taken.
        """
        sure, least, most = 0, defaultdict[tuple[int, int], int](int), defaultdict[tuple[int, int], int](int)
        for column, factor in zip(columns.tolist(), factors.tolist(), strict=True):
            if column in self.facts:
                sure += factor
                continue
            is_work = column < len(self.work_owners)
            key = (
                (int(self.work_owners[column]), int(self.work_days[column])) if is_work else (column, NO_DAY)
            )
            reach = factor * self._builder.upper(column)
            least[key], most[key] = min(least[key], reach), max(most[key], reach)
        return (
            None if low is None else min(low, sure + sum(most.values())),
            None if high is None else max(high, sure + sum(least.values())),
        )

    def levels(self, columns: Sequence[int], costs: Sequence[int], *, agent: int) -> None:
        """Columns of 0 or 1 that hold the sum of others, the k-th at the k-th cost, in money; costs must not fall."""
        found = np.array([self.column(1, cost * self._scale, agent=agent, day=NO_DAY) for cost in costs])
        signs = [1] * len(columns) + [-1] * len(found)
        self.derived.add_levels(found, self.row([*columns, *found], signs, high=0))

    def owner_of(self, columns: Ints) -> Ints:
        """Whose each column is, by index; NOBODY when nobody's."""
        return self._agent.values[columns]

    def home(self, days: range) -> int:
        """The day that a column about several days belongs to; NO_DAY when they are not of one week."""
        return days.start if len(days) == 1 else NO_DAY

    @property
    def elastic(self) -> bool:
        """Whether hard rules may be broken here at a price, to find what stands in the way of a roster."""
        return self._elastic is not None

    def price(self, rule: Rule) -> int | None:
        """What one unit broken of a rule costs, in money; None when it must be kept."""
        if rule.kind == "soft":
            return rule.weight
        return self._elastic(rule) if self._elastic is not None else None

    def built(self) -> Built:
        """What has been collected."""
        return Built(
            program=self._builder.build(),
            owners=self._agent.values.copy(),
            days=joined(self._day),
            pay=joined(self._pay),
        )
