"""How much overtime the law lets anybody work: a month, a year, and on the mean, with what was worked before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from staffing.labour.carried import Carried
from staffing.labour.figures import Agreement
from staffing.roster.rules.periods import spans_of
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class OvertimeCaps(Rule):
    """Overtime stays inside the agreement's month and year; with a special clause inside that clause's figures.

    The overtime of a week that two months share counts in both, which is never less than the law asks. Work on
    statutory holidays is not planned; what was worked before the horizon counts.
    """

    name: ClassVar[str] = "overtime_month"
    unit: ClassVar[str] = "minute"
    figure: ClassVar[str] = "agreement.month_minutes"

    def restrict(self, model: RosterModel) -> None:
        """Sum of a person's overtime over each month and the year <= the agreement's minutes."""
        pack, law = model.problem.pack, model.problem.pack.agreement
        if law is None or not pack.overtime_allowed:
            return
        months = spans_of(model, "month")
        special = "special_clause" in pack.chosen
        for agent, person in self.bound_agents(model.problem):
            carried = person.carried or Carried()
            sums = [model.overtime_terms(agent, days) for days in months]
            if not any(sums):
                continue
            for days in months:
                model.add_overtime_threshold(agent, days)
            self._restrict_years(model, agent, months, sums, law, carried, special)
            for number, (days, terms) in enumerate(zip(months, sums, strict=True)):
                done = carried.month.overtime_minutes if number == 0 else 0
                if special:
                    self._restrict_special(model, agent, months, sums, number, law, carried)
                else:
                    self._cap(model, agent, days, terms, law.month_minutes - done)

    def _cap(self, model: RosterModel, agent: int, days: range, terms: dict[int, int], minutes: int) -> None:
        if terms:
            columns, factors = list(terms), list(terms.values())
            model.limit(self, columns, factors, high=max(0, minutes), agent=agent, days=days)

    def _restrict_special(
        self,
        model: RosterModel,
        agent: int,
        months: list[range],
        sums: list[dict[int, int]],
        number: int,
        law: Agreement,
        carried: Carried,
    ) -> None:
        """A month stays below the total, and the mean of it and the one to five before it within the mean."""
        done = carried.month.overtime_minutes + carried.month.holiday_minutes
        before = [month.overtime_minutes + month.holiday_minutes for month in carried.earlier]
        total = law.total_below_minutes - 1 - (done if number == 0 else 0)
        self._cap(model, agent, months[number], sums[number], total)
        for length in range(2, law.mean_months + 1):
            inside = range(max(0, number - length + 1), number + 1)
            outside = length - len(inside)
            if outside > len(before):
                break  # the months before are not known: they count as none and cannot bind
            fixed = sum(before[:outside]) + (done if inside.start == 0 else 0)
            merged: dict[int, int] = {}
            for i in inside:
                for column, factor in sums[i].items():
                    merged[column] = merged.get(column, 0) + factor
            days = range(months[inside.start].start, months[number].stop)
            self._cap(model, agent, days, merged, law.mean_minutes * length - fixed)

    def _restrict_years(
        self,
        model: RosterModel,
        agent: int,
        months: list[range],
        sums: list[dict[int, int]],
        law: Agreement,
        carried: Carried,
        special: bool,
    ) -> None:
        """The year's overtime, and with a special clause the number of months beyond the plain month."""
        years = [_year_of(model.days[days.start], law) for days in months]
        for year in sorted(set(years)):
            among = [i for i, other in enumerate(years) if other == year]
            first = 0 in among
            done = carried.year_overtime_minutes if first else 0
            minutes = (law.special_year_minutes if special else law.year_minutes) - done
            merged: dict[int, int] = {}
            for i in among:
                for column, factor in sums[i].items():
                    merged[column] = merged.get(column, 0) + factor
            days = range(months[among[0]].start, months[among[-1]].stop)
            self._cap(model, agent, days, merged, minutes)
            if special:
                left = law.special_months_over - (carried.months_over if first else 0)
                self._count_months(model, agent, [(months[i], sums[i]) for i in among], law, carried, left)

    def _count_months(
        self,
        model: RosterModel,
        agent: int,
        among: list[tuple[range, dict[int, int]]],
        law: Agreement,
        carried: Carried,
        left: int,
    ) -> None:
        """A column a month that is 1 when it goes beyond the plain month; their sum is limited."""
        beyond = []
        for days, terms in among:
            if not terms:
                continue
            done = carried.month.overtime_minutes if days.start == 0 else 0
            room = max(0, law.month_minutes - done)
            column = model.column(1, agent=agent, day=model.home(days))
            factors = [*terms.values(), -law.total_below_minutes]
            row = model.row([*terms, column], factors, high=room)
            model.derived.add_flag(column, row)
            beyond.append(column)
        if beyond:
            days = range(among[0][0].start, among[-1][0].stop)
            model.limit(self, beyond, high=max(0, left), agent=agent, days=days)


def _year_of(day: date, law: Agreement) -> int:
    """The calendar year in which the agreement's year of a day begins."""
    return day.year if day.month >= law.year_start_month else day.year - 1
