"""Judges a mix from its decisions and the problem alone; nothing of the program, its pieces or its bill is used.

Service is judged by the queueing formulas themselves: each team's load, at the handling time of its longest type.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from staffing.notes import Note
from staffing.sourcing.mix.check_cost import recomputed
from staffing.sourcing.mix.check_need import SLACK, need
from staffing.sourcing.mix.plan import MixPlan, SourcePlan
from staffing.sourcing.mix.problem import MixProblem
from staffing.sourcing.mix.sources import Booths, CallPlan, Contract, Hourly, Overflow, OwnDesk


@dataclass(frozen=True)
class Verdict:
    """Every rule broken, in words, and what the plan costs in the smallest currency unit."""

    faults: tuple[Note, ...]
    cost: float

    @property
    def kept(self) -> bool:
        """Whether nothing is broken."""
        return not self.faults


def check(problem: MixProblem, plan: MixPlan) -> Verdict:
    """The verdict on a plan."""
    total, by_month = recomputed(problem, plan)
    faults = [*_coverage(problem, plan), *_limits(problem, plan, total, by_month)]
    for source, part in zip(problem.sources, plan.sources, strict=True):
        faults.extend(_terms(problem, source, part))
        faults.extend(_filters(problem, source, part))
        if isinstance(source, OwnDesk):
            faults.extend(_desk(problem, source, part))
        elif isinstance(source, Overflow):
            faults.extend(_overflow(problem, plan, source, part))
            faults.extend(_calls_between(problem, source, part, source.least_calls, source.most_calls))
        else:
            faults.extend(_vendor(problem, source, part))
    return Verdict(tuple(faults), total)


def _coverage(problem: MixProblem, plan: MixPlan) -> Iterator[Note]:
    entering = sum(
        part.calls
        for source, part in zip(problem.sources, plan.sources, strict=True)
        if not isinstance(source, Overflow)
    )
    off = np.argwhere(np.abs(entering - problem.calls) > SLACK * np.maximum(problem.calls, 1))
    for month, kind, part in off.tolist():
        yield Note.of(
            "{month}: {taken} of {calls} calls of {type}, {hours}, are taken",
            month=problem.months[month],
            taken=f"{float(np.asarray(entering)[month, kind, part]):.2f}",
            calls=f"{problem.calls[month, kind, part]:.2f}",
            type=problem.types[kind].name,
            hours=problem.classes[part].name,
        )


def _terms(problem: MixProblem, source: Contract, part: SourcePlan) -> Iterator[Note]:
    """Lead, minimum term with notice, and a season's months, by walking through the months."""
    terms, ran, since = source.terms, source.terms.begun, None
    season = source.season if isinstance(source, Booths) else None
    for month, runs in enumerate(part.active.tolist()):
        if runs and not ran:
            since = month
            if month < terms.lead:
                yield _said(source, problem, month, "{source}, {month}: begins before its lead")
        if not runs and ran:
            least = terms.notice if since is None else since + max(terms.minimum, terms.notice, 1)
            if season is None and month < least:
                yield _said(
                    source, problem, month, "{source}, {month}: ends before its minimum term or notice"
                )
        calendar = int(problem.months[month][5:])
        if runs and season is not None and calendar not in season:
            yield _said(source, problem, month, "{source}, {month}: is active outside its season")
        held = (
            bool(month)
            and season is not None
            and {calendar, int(problem.months[month - 1][5:])} <= set(season)
        )
        if held and (runs != ran or (part.seats[month] != part.seats[month - 1]).any()):
            yield _said(source, problem, month, "{source}, {month}: changes within its season")
        ran = runs
    if isinstance(source, Booths) and season is None:
        for number, kind in enumerate(problem.classes):
            begun = int(source.seats.get(kind.name, 0))
            held = part.seats[:, number].tolist()
            yield from _held(problem, source, held, source.seat_minimum, begun, terms.notice)
    if isinstance(source, OwnDesk):
        yield from _held(
            problem, source, part.places.tolist(), source.lease, source.places, source.lease_left
        )


def _held(
    problem: MixProblem, source: Contract, held: list[int], minimum: int, begun: int, until: int
) -> Iterator[Note]:
    """Gives up the oldest first, one by one: each may go only when its minimum is over."""
    free_from = [until] * begun
    for month, count in enumerate(held):
        while len(free_from) > count:
            if free_from.pop(0) > month:
                yield _said(
                    source,
                    problem,
                    month,
                    "{source}, {month}: gives up seats or workplaces that are still bound",
                )
        free_from.extend([month + minimum] * (count - len(free_from)))


def _filters(problem: MixProblem, source: Contract, part: SourcePlan) -> Iterator[Note]:
    for month in range(len(problem.months)):
        here = part.calls[month]
        share = here.sum() / max(problem.calls[month].sum(), 1e-9)
        if not part.active[month] and (here.max() > SLACK or part.seats[month].any() or part.channels[month]):
            yield _said(source, problem, month, "{source}, {month}: takes calls while it is not active")
        if part.active[month] and share < source.least_share - SLACK:
            yield _said(source, problem, month, "{source}, {month}: takes less than its least share of calls")
        for number, kind in enumerate(problem.types):
            able = (
                (source.types is None or kind.name in source.types)
                and (source.languages is None or kind.language in source.languages)
                and kind.certificates <= source.certificates
            )
            for place, hours in enumerate(problem.classes):
                open_ = source.classes is None or hours.name in source.classes
                if here[number, place] > SLACK and not (able and open_):
                    yield _said(
                        source, problem, month, "{source}, {month}: takes calls that it may not serve"
                    )


def _vendor(problem: MixProblem, source: Contract, part: SourcePlan) -> Iterator[Note]:
    for month in range(len(problem.months)):
        if isinstance(source, Booths) and _uneven(problem, source, part, month):
            text = "{source}, {month}: has unlike seats in classes that share them"
            yield _said(source, problem, month, text)
        channels = 0
        for place in range(len(problem.classes)):
            seats, hours, peak = need(problem, source, part, month, place)
            channels = max(channels, seats)
            if isinstance(source, Booths) and part.seats[month, place] < seats:
                yield _said(
                    source, problem, month, "{source}, {month}: has fewer seats than the target needs"
                )
            if isinstance(source, Booths) and part.seats[month, place] > source.most_seats:
                yield _said(source, problem, month, "{source}, {month}: has more seats than it sells")
            if isinstance(source, Hourly):
                if part.hours[month, place] < hours * (1 - SLACK) - SLACK:
                    yield _said(
                        source, problem, month, "{source}, {month}: has fewer hours than the target needs"
                    )
                if source.place_month.value and part.places[month] < peak - SLACK:
                    text = "{source}, {month}: has fewer workplaces than agents at the busiest time"
                    yield _said(source, problem, month, text)
                if peak > source.most_agents:
                    yield _said(source, problem, month, "{source}, {month}: has more agents than it sells")
        if isinstance(source, CallPlan):
            if part.channels[month] < channels:
                yield _said(
                    source, problem, month, "{source}, {month}: has fewer channels than the target needs"
                )
            if part.channels[month] > source.most_channels:
                yield _said(source, problem, month, "{source}, {month}: has more channels than it sells")
    if isinstance(source, CallPlan):
        yield from _calls_between(problem, source, part, source.least_calls, source.most_calls)


def _uneven(problem: MixProblem, source: Booths, part: SourcePlan, month: int) -> bool:
    served = dict(zip((kind.name for kind in problem.classes), problem.open_classes(source), strict=True))
    places = {kind.name: number for number, kind in enumerate(problem.classes)}
    return any(
        len({int(part.seats[month, places[name]]) for name in group if served.get(name, False)}) > 1
        for group in source.alike
    )


def _calls_between(
    problem: MixProblem, source: Contract, part: SourcePlan, least: float, most: float
) -> Iterator[Note]:
    for month in range(len(problem.months)):
        billed = part.calls[month].sum() * source.repeat_factor
        if part.active[month] and not least * (1 - SLACK) <= billed <= most * (1 + SLACK):
            yield _said(source, problem, month, "{source}, {month}: takes less or more calls than it sells")


def _desk(problem: MixProblem, desk: OwnDesk, part: SourcePlan) -> Iterator[Note]:
    heads = float(desk.heads)
    cohorts: list[float] = []  # those hired 0, 1, 2, ... months ago who are still there
    for month in range(len(problem.months)):
        heads = heads * (1 - desk.attrition) + part.hires[month] - part.released[month]
        cohorts = [float(part.hires[month]), *(count * (1 - desk.attrition) for count in cohorts)]
        if abs(heads - part.heads[month]) > SLACK * max(1.0, heads):
            yield _said(
                desk, problem, month, "{source}, {month}: has heads that do not follow from those before"
            )
        if part.active[month] and not desk.least_heads - SLACK <= heads <= desk.most_heads + SLACK:
            yield _said(desk, problem, month, "{source}, {month}: has fewer or more heads than allowed")
        if not part.active[month] and heads > SLACK:
            yield _said(desk, problem, month, "{source}, {month}: has heads while it is closed")
        if part.hires[month] and month < desk.hire_lead:
            yield _said(
                desk, problem, month, "{source}, {month}: has people before they can be found and trained"
            )
        if part.released[month] and (not desk.release or month < desk.release_notice):
            yield _said(desk, problem, month, "{source}, {month}: lets people go who cannot be")
        lost = sum((1 - share) * count for share, count in zip(desk.learning, cohorts, strict=False))
        able = (heads - lost) * desk.hours_month
        if part.hours[month].sum() > able * (1 + SLACK) + SLACK:
            yield _said(
                desk, problem, month, "{source}, {month}: is on calls for more hours than its people have"
            )
        for place in range(len(problem.classes)):
            _, hours, peak = need(problem, desk, part, month, place)
            if desk.every_class and part.active[month] and not part.staffed[:, month, place].all():
                yield _said(desk, problem, month, "{source}, {month}: leaves a team unstaffed in a class")
            if part.hours[month, place] < hours * (1 - SLACK) - SLACK:
                yield _said(desk, problem, month, "{source}, {month}: has fewer hours than the target needs")
            if part.places[month] < peak * desk.places_per_agent - SLACK:
                yield _said(
                    desk,
                    problem,
                    month,
                    "{source}, {month}: has fewer workplaces than agents at the busiest time",
                )


def _overflow(problem: MixProblem, plan: MixPlan, source: Overflow, part: SourcePlan) -> Iterator[Note]:
    """The calls billed are those that the desk's points leave; each point is one of the curve."""
    number = next(n for n, each in enumerate(problem.sources) if isinstance(each, OwnDesk))
    desk, own = problem.sources[number], plan.sources[number]
    expected = np.zeros_like(part.calls)
    for team, kinds in enumerate(problem.teams(desk)):
        for month in range(len(problem.months)):
            for place in range(len(problem.classes)):
                if own.overflow_to[team, month, place] != source.name:
                    continue
                agents = float(own.agents_share[team, month, place])
                kept = float(own.kept_share[team, month, place])
                on_curve = np.interp(
                    agents, [u for u, _ in source.curve] + [1], [h for _, h in source.curve] + [1]
                )
                if agents < source.curve[0][0] - SLACK or kept > on_curve + SLACK:
                    yield _said(
                        source,
                        problem,
                        month,
                        "{source}, {month}: is used at a point that is not on its curve",
                    )
                if not part.active[month]:
                    yield _said(
                        source, problem, month, "{source}, {month}: takes calls while it is not active"
                    )
                for kind in kinds:
                    expected[month, kind, place] += own.calls[month, kind, place] * (1 - kept)
    if (np.abs(expected - part.calls) > SLACK * np.maximum(expected, 1)).any():
        yield Note.of("{source}: calls differ from what the desk leaves to it", source=source.name)


def _limits(problem: MixProblem, plan: MixPlan, total: float, by_month: np.ndarray) -> Iterator[Note]:
    limits = problem.limits
    pairs = list(zip(problem.sources, plan.sources, strict=True))
    vendors = sum(part.used for source, part in pairs if not isinstance(source, OwnDesk))
    if limits.most_vendors is not None and vendors > limits.most_vendors:
        yield Note.of("{vendors} vendors are more than {most}", vendors=vendors, most=limits.most_vendors)
    if limits.own_share > 0:
        own = sum(part.calls for source, part in pairs if isinstance(source, OwnDesk))
        left = sum(part.calls for source, part in pairs if isinstance(source, Overflow))
        taken = (
            np.sum(np.asarray(own) - np.asarray(left), axis=(1, 2))
            if np.ndim(own)
            else np.zeros(len(by_month))
        )
        for month in np.flatnonzero(taken < limits.own_share * problem.calls.sum(axis=(1, 2)) * (1 - SLACK)):
            yield Note.of("{month}: own agents take less than their share", month=problem.months[int(month)])
    if total > limits.budget_total * (1 + SLACK):
        yield Note.of("The plan costs {cost}, more than the budget", cost=f"{total:,.0f}")
    for month in np.flatnonzero(by_month > limits.budget_month * (1 + SLACK)):
        yield Note.of("{month}: more is paid than the month's budget", month=problem.months[int(month)])


def _said(source: Contract, problem: MixProblem, month: int, text: str) -> Note:
    return Note.of(text, source=source.name, month=problem.months[month])
