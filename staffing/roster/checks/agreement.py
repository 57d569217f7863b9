"""Caps on overtime where a workplace has agreed on it: a month, a year, months with holiday work, their mean.

Overtime and holiday work are those of `cost.py`; months are calendar months of the business date. What was worked
before the horizon comes from the person's carry-in; months that nobody stated count as none. A cap that was
passed before the horizon already is broken by a roster only when it adds to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from staffing.labour.pack import Agreement
from staffing.notes import Note
from staffing.roster.checks.case import Case, hours
from staffing.roster.checks.report import Violation
from staffing.roster.problem import Agent

SHORTEST_MEAN = 2  # months; a mean of one is the month's own total


@dataclass(frozen=True)
class _Book:
    """One person's overtime and holiday work by month; a month is numbered year x 12 + month - 1."""

    agent: Agent
    agreement: Agreement
    special: bool
    article: dict[str, str]
    overtime: dict[int, int]  # what was carried in included
    holiday: dict[int, int]
    planned: tuple[int, ...]  # months in which the roster has overtime or holiday work, in order
    start: int  # the horizon's first month

    def total(self, month: int) -> int:
        """Overtime and holiday work of a month."""
        return self.overtime.get(month, 0) + self.holiday.get(month, 0)

    def year(self, month: int) -> int:
        """The first month of the agreement's year that a month lies in."""
        return month - (month - (self.agreement.year_start_month - 1)) % 12

    def violation(
        self, rule: str, figure: str, month: int, found: str, allowed: str, says: Note
    ) -> Violation:
        """A finding in a month."""
        article = self.article.get(f"agreement.{figure}", "")
        return Violation(rule, article, self.agent.agent_id, _first(month), found, allowed, says)


def overtime_month(case: Case) -> Iterator[Violation]:
    """A month has no more overtime than the agreement's; with a special clause see `overtime_months`."""
    for book in _books(case):
        limit = book.agreement.month_minutes
        for month in book.planned:
            found = book.overtime[month]
            if found > limit and not book.special:
                says = Note.of(
                    "{found} hours of overtime in the month from {first}, the agreement allows {allowed}",
                    found=hours(found),
                    first=_first(month),
                    allowed=hours(limit),
                )
                yield book.violation(
                    "overtime_month", "month_minutes", month, hours(found), hours(limit), says
                )


def overtime_months(case: Case) -> Iterator[Violation]:
    """With a special clause, no more months of the agreement's year lie beyond its month than the law allows."""
    for book in _books(case):
        limit = book.agreement.special_months_over
        for month in book.planned:
            if not book.special or book.overtime[month] <= book.agreement.month_minutes:
                continue
            known = {*book.planned, book.start}
            same_year = [m for m in known if m <= month and book.year(m) == book.year(month)]
            number = sum(book.overtime[m] > book.agreement.month_minutes for m in same_year)
            if book.agent.carried is not None and book.year(month) == book.year(book.start):
                number += book.agent.carried.months_over
            if number > limit:
                says = Note.of(
                    "the month from {first} is number {found} of the year with over {hours} hours of overtime,"
                    " {allowed} are allowed",
                    first=_first(month),
                    found=number,
                    hours=hours(book.agreement.month_minutes),
                    allowed=limit,
                )
                yield book.violation(
                    "overtime_months", "special_months_over", month, str(number), str(limit), says
                )


def overtime_year(case: Case) -> Iterator[Violation]:
    """The agreement's year has no more overtime than it allows; a special clause allows more."""
    for book in _books(case):
        figure = "special_year_minutes" if book.special else "year_minutes"
        limit = getattr(book.agreement, figure)
        for year in sorted({book.year(month) for month in book.planned}):
            found = sum(book.overtime[month] for month in book.planned if book.year(month) == year)
            carried = book.agent.carried
            if carried is not None and book.year(book.start) == year:
                found += carried.year_overtime_minutes
                if book.start in book.planned:  # the month's own carry-in is part of both
                    found -= carried.month.overtime_minutes
            if found > limit:
                says = Note.of(
                    "{found} hours of overtime in the year from {first}, the agreement allows {allowed}",
                    found=hours(found),
                    first=_first(year),
                    allowed=hours(limit),
                )
                yield book.violation("overtime_year", figure, year, hours(found), hours(limit), says)


def overtime_total(case: Case) -> Iterator[Violation]:
    """Overtime and work on statutory holidays of a month stay below the law's total."""
    for book in _books(case):
        limit = book.agreement.total_below_minutes
        for month in book.planned:
            found = book.total(month)
            if found >= limit:
                says = Note.of(
                    "{found} hours of overtime and holiday work in the month from {first}, they must stay"
                    " below {allowed}",
                    found=hours(found),
                    first=_first(month),
                    allowed=hours(limit),
                )
                allowed = f"below {hours(limit)}"
                yield book.violation(
                    "overtime_total", "total_below_minutes", month, hours(found), allowed, says
                )


def overtime_mean(case: Case) -> Iterator[Violation]:
    """The mean of overtime and holiday work over the last two to six months is no more than the law's."""
    for book in _books(case):
        limit = book.agreement.mean_minutes
        for month in book.planned:
            means = {
                number: Fraction(sum(book.total(month - i) for i in range(number)), number)
                for number in range(SHORTEST_MEAN, book.agreement.mean_months + 1)
            }
            number, mean = max(means.items(), key=lambda item: item[1])
            if mean > limit:
                says = Note.of(
                    "{found} hours of overtime and holiday work on the mean of the {months} months up to that"
                    " from {first}, the law allows {allowed}",
                    found=hours(float(mean)),
                    months=number,
                    first=_first(month),
                    allowed=hours(limit),
                )
                yield book.violation(
                    "overtime_mean", "mean_minutes", month, hours(float(mean)), hours(limit), says
                )


def _books(case: Case) -> Iterator[_Book]:
    """Everybody's book; nobody's where no agreement is in force."""
    pack, start = case.problem.pack, case.problem.horizon.start
    if pack.agreement is None or "agreement" not in pack.chosen:
        return
    first = start.year * 12 + start.month - 1
    for agent_id, stints in case.by_agent.items():
        agent = case.agents[agent_id]
        overtime: defaultdict[int, int] = defaultdict(int)
        holiday: defaultdict[int, int] = defaultdict(int)
        for stint in stints:
            line, month = case.pay[stint.position], stint.day.year * 12 + stint.day.month - 1
            assert line is not None  # the agent is known
            overtime[month] += line.overtime_minutes
            holiday[month] += line.holiday_minutes
        planned = tuple(month for month in sorted(overtime) if overtime[month] + holiday[month])
        if agent.carried is not None:
            for back, hours_of in enumerate((agent.carried.month, *agent.carried.earlier)):
                overtime[first - back] += hours_of.overtime_minutes
                holiday[first - back] += hours_of.holiday_minutes
        special = "special_clause" in pack.chosen
        yield _Book(agent, pack.agreement, special, dict(pack.articles), overtime, holiday, planned, first)


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
