"""The ledger of a model: every column with its owner and day, every row, and what rules put on record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from staffing.roster.derived import Derived
from staffing.roster.limits import Limit
from staffing.roster.program import Ints, Program, ProgramBuilder
from staffing.roster.rules.rule import Rule

NOBODY = -1  # the agent of a column that is not one person's
NO_DAY = -1  # the day of a column that speaks of no single day

Elastic = Callable[
    [Rule], int | None
]  # what one unit of a hard rule costs when it may give; None when it may not


class Ledger:
    """Collects columns and rows; `scale` model units make the currency's smallest unit."""

    def __init__(self, scale: int, elastic: Elastic | None) -> None:
        self.limits: list[Limit] = []
        self.derived = Derived()
        self._scale = scale
        self._elastic = elastic
        self._builder = ProgramBuilder()
        self._agent: list[int] = []
        self._day: list[int] = []

    def column(self, upper: int, cost: int = 0, *, agent: int = NOBODY, day: int) -> int:
        """Add a column; returns its index. `cost` is in the model's units (`scale`)."""
        self._agent.append(agent)
        self._day.append(day)
        return self._builder.column(upper, cost)

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
        under = None
        if price is not None:
            cost, day = price * size * self._scale, self.home(days)
            if low is not None and least < low:
                under = self.column(low - least, cost, agent=agent, day=day)
                indices, factors = np.append(indices, under), np.append(factors, 1)
            if high is not None and most > high:
                over = self.column(most - high, cost, agent=agent, day=day) if over is None else over
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

    def slack(self, rule: Rule, agent: int, days: range) -> int | None:
        """A column of 0 or 1 that rows of a rule may share, at its price; None when the rule must be kept."""
        price = self.price(rule)
        if price is None:
            return None
        return self.column(1, price * self._scale, agent=agent, day=self.home(days))

    def any_of(self, columns: Sequence[int], *, agent: int, day: int) -> int:
        """A column that is 1 when one of the columns is."""
        column = self.column(1, agent=agent, day=day)
        rows = [self.row([other, column], [1, -1], high=0) for other in columns]
        self.derived.add_any(column, rows)
        return column

    def levels(self, columns: Sequence[int], costs: Sequence[int], *, agent: int) -> None:
        """Columns of 0 or 1 that hold the sum of others, the k-th at the k-th cost, in money; costs must not fall."""
        found = np.array([self.column(1, cost * self._scale, agent=agent, day=NO_DAY) for cost in costs])
        signs = [1] * len(columns) + [-1] * len(found)
        self.derived.add_levels(found, self.row([*columns, *found], signs, high=0))

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

    def built(self) -> tuple[Program, Ints, Ints]:
        """The program, whose column each is (NOBODY when nobody's), and its day (NO_DAY when of none)."""
        agents, days = np.array(self._agent, dtype=np.int64), np.array(self._day, dtype=np.int64)
        return self._builder.build(), agents, days
