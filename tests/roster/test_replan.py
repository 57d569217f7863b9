"""Planning again: what has begun stays, changes are few and priced, sick people are free, the past breaks nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.plan import problem_of
from staffing.roster import Duty, Roster, RosterProblem, solve
from staffing.roster.check import check
from staffing.roster.problem import Agent
from staffing.roster.replan import Absence, ChangePrices, Replan, replan
from staffing.roster.replanned import Replanned, compare
from staffing.roster.rules import (
    ConsecutiveDaysLeast,
    ConsecutiveDaysMost,
    DaysOffInWindow,
    ForbiddenSuccession,
    HoursInPeriod,
    Rule,
    ShiftsInPeriod,
    StableStarts,
    WeekendsMost,
    WholeWeekends,
)
from staffing.roster.wishes import FixedDay, Request
from staffing.samples import sample_folder
from tests.roster.data.solve_desk import AMPLE, F8, N6, SUNDAY, agent, contract, desk

TOKYO = ZoneInfo("Asia/Tokyo")
FREE = ChangePrices(0)


def at(day: int, hour: int) -> datetime:
    """An hour of the desk's day, counted from 0."""
    return datetime(2027, 1, 31, hour, tzinfo=TOKYO) + timedelta(days=day)


def duty(
    agent_id: str, day: int, start: int, hours: int = 9, code: str | None = None, pause: int = 4
) -> Duty:
    """A duty as F8 has them (a break of an hour), or one of another length and code without a break."""
    name = code if code is not None else f"F8-{start:02d}00"
    begin, end = at(day, start), at(day, start) + timedelta(hours=hours)
    breaks = ((at(day, start + pause), at(day, start + pause + 1)),) if name.startswith("F8") else ()
    return Duty(agent_id, begin.date(), name, begin, end, breaks)


def again(plan: Replan, gap: float = 0.0) -> Replanned:
    result = solve(plan.problem, seconds=AMPLE, gap=gap, hint=plan.hint)
    assert result.status != "infeasible", result.obstacles
    return compare(plan, result)


def days_of(roster: Roster, agent_id: str) -> list[int]:
    return [(d.business_date - SUNDAY).days for d in roster.duties if d.agent_id == agent_id]


# --- the bundled desk ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small() -> tuple[RosterProblem, Roster]:
    problem = problem_of(sample_folder("small-desk") / "plan.toml")
    return problem, solve(problem, seconds=AMPLE, gap=0.02).roster


def test_a_sick_call_on_a_short_day_changes_few_others(small: tuple[RosterProblem, Roster]) -> None:
    problem, published = small
    cut, sick = datetime(2027, 2, 10, 12, tzinfo=TOKYO), date(2027, 2, 12)
    away = next(d.agent_id for d in published.duties if d.business_date == sick and d.shift_code == "D8-0900")
    plan = replan(problem, published, cut=cut, absences=[Absence(away, sick, sick)])
    found = again(plan, gap=0.02)
    before = [d for d in published.duties if d.start < cut]
    assert [d for d in found.result.roster.duties if d.start < cut] == before
    assert len(before) > 10
    assert found.counts["absence"] == 1
    assert found.counts["knock-on"] <= 3
    kept = set(published.duties) & set(found.result.roster.duties)
    assert len(kept) >= len(published.duties) - 1 - found.counts["knock-on"]  # with the breaks people know
    assert found.report.passed, found.report.violations
    assert check(found.result.roster, plan.problem).passed
    assert all(change.business_date >= cut.date() for change in found.changes)


def test_without_news_nothing_changes(small: tuple[RosterProblem, Roster]) -> None:
    problem, published = small
    plan = replan(
        problem, published, cut=datetime(2027, 2, 10, 12, tzinfo=TOKYO), prices=ChangePrices(50_000)
    )
    found = again(plan, gap=0.02)
    assert found.changes == ()
    assert found.result.roster == published
    assert (found.change_cost, found.wages_difference) == (0, 0)


# --- what has begun --------------------------------------------------------------------------------------------


def test_hours_worked_count_against_the_week() -> None:
    """16 hours a week at most, two days of 8 worked: nothing is left, however many people are missing."""
    problem = desk(agent(), contracts=[contract(max_hours_week=16, shifts=("F8",))])
    published = Roster((duty("A", 0, 8), duty("A", 1, 8), duty("A", 3, 8)))
    found = again(replan(problem, published, cut=at(2, 0), prices=FREE))
    assert days_of(found.result.roster, "A") == [0, 1]


def test_nothing_begins_before_the_cut_and_a_duty_under_way_stays() -> None:
    problem = desk(agent("A"), agent("B"), need=2)
    published = Roster((duty("A", 2, 8),))
    found = again(replan(problem, published, cut=at(2, 11), prices=FREE))
    begun = [d for d in found.result.roster.duties if d.start < at(2, 11)]
    assert begun == [duty("A", 2, 8)]
    assert {d.business_date for d in found.result.roster.duties} >= {at(day, 0).date() for day in (3, 4)}


def test_a_night_under_way_is_a_fact_and_bars_the_next_day_by_its_rest() -> None:
    """From 22:00 until 04:00; at 01:00 its business date is yesterday, and nothing else of that date can begin."""
    problem = desk(
        agent(), contracts=[contract(shifts=("N6", "F8"))], templates=(N6, F8), hours="08:00-28:00", need=2
    )
    night = Duty("A", at(1, 0).date(), "N6-2200", at(1, 22), at(2, 4))
    found = again(replan(problem, Roster((night,)), cut=at(2, 1), prices=FREE))
    assert found.result.roster.duties[0] == night
    following = [d.start for d in found.result.roster.duties[1:]]
    assert min(following) >= night.end + timedelta(hours=11)
    assert len(following) >= 2


@pytest.mark.parametrize(
    "odd",
    [
        duty("A", 0, 8, hours=11, code="X1"),  # no shift of the plan, longer than the law's day
        replace(duty("A", 0, 8), start=at(0, 6)),  # a code of the plan, another start, before opening
        replace(duty("A", 0, 8), breaks=((at(0, 10), at(0, 11)), (at(0, 14), at(0, 15)))),  # two breaks
        duty("A", 0, 8, code=""),
    ],
)
def test_a_begun_duty_of_any_form_stays_to_the_letter_and_its_hours_count(odd: Duty) -> None:
    problem = desk(agent(), contracts=[contract(shifts=("F8",))])
    work = (odd.end - odd.start) - sum((b - a for a, b in odd.breaks), start=timedelta())
    hours = work / timedelta(hours=1)
    limited = replace(
        problem, contracts=(contract(shifts=("F8",), max_hours_week=hours + 8),)
    )  # room for one day more, not for two
    found = again(replan(limited, Roster((odd,)), cut=at(1, 0), prices=FREE))
    assert found.result.roster.duties[0] == odd
    assert len(found.result.roster.duties) == 2


WEEK_OF_F8 = tuple(duty("A", day, 8) for day in range(4))


@pytest.mark.parametrize(
    ("rule", "begun", "barred"),
    [
        (ConsecutiveDaysMost(days=2), WEEK_OF_F8[:3], {3}),
        (ConsecutiveDaysLeast(days=4), WEEK_OF_F8[:1] + WEEK_OF_F8[2:3], set()),
        (HoursInPeriod(period="week", most_minutes=960), WEEK_OF_F8[:3], {3, 4, 5, 6}),
        (HoursInPeriod(period="horizon", least_minutes=2400), WEEK_OF_F8[3:], set()),
        (ShiftsInPeriod(period="horizon", shifts=frozenset({"F8"}), most=1), WEEK_OF_F8[:3], {3, 4, 5, 6}),
        (DaysOffInWindow(window_days=4, days_off=2), WEEK_OF_F8, {4, 5}),
        (WeekendsMost(weekends=0), WEEK_OF_F8[:1], {6}),
        (WholeWeekends(), (duty("A", 0, 8), duty("A", 6, 8)), set()),
        (StableStarts(within_minutes=0), (duty("A", 0, 8), duty("A", 1, 10)), set()),
        (ForbiddenSuccession(barred=frozenset({("F8", "F8")})), WEEK_OF_F8[:2], {2}),
    ],
)
def test_the_past_makes_nothing_impossible_and_binds_what_is_left(
    rule: Rule, begun: tuple[Duty, ...], barred: set[int]
) -> None:
    """Facts alone break each rule; a roster exists all the same, and no further day makes it worse."""
    problem = desk(agent(), contracts=[contract(shifts=("F8",), max_hours_week=60)])
    cut = at((begun[-1].business_date - SUNDAY).days + 1, 0)
    plan = replan(replace(problem, rules=(rule,)), Roster(begun), cut=cut, prices=FREE)
    found = again(plan)
    assert found.result.roster.duties[: len(begun)] == begun
    assert not {*days_of(found.result.roster, "A")[len(begun) :]} & barred


def test_rest_days_off_and_the_laws_week_that_the_past_broke_are_remarks() -> None:
    """Until 22:00 and again from 08:00, and six days of 9 hours: facts; the seventh day is off, the report passes."""
    late = duty("A", 0, 13, code="L8")
    days = (late, *(duty("A", day, 8, hours=9, code="X9") for day in range(1, 6)))
    problem = desk(agent(), contracts=[contract(shifts=("F8",), max_shifts_week=5)], hours="08:00-22:00")
    found = again(replan(problem, Roster(days), cut=at(6, 0), prices=FREE))
    assert found.result.roster.duties == days
    assert found.report.passed
    assert {violation.rule for violation in found.report.violations} >= {
        "rest",
        "law_week",
        "contract_max_shifts",
    }


def test_least_hours_that_a_sick_call_puts_out_of_reach_are_kept_as_far_as_they_can_be() -> None:
    """24 hours, none worked until Thursday, away on Friday and Saturday: one day of 8 is all there is."""
    problem = desk(agent(), contracts=[contract(min_hours_week=24, shifts=("F8",))])
    plan = replan(
        problem, Roster(()), cut=at(4, 0), absences=[Absence("A", at(5, 0).date(), at(6, 0).date())]
    )
    assert days_of(again(plan).result.roster, "A") == [4]


# --- changes and their price -----------------------------------------------------------------------------------


def test_the_nearer_the_dearer() -> None:
    prices = ChangePrices(1000, ((3, 2), (1, 5)))
    today = date(2027, 2, 10)
    charged = [prices.at(today + timedelta(days=days), today) for days in range(5)]
    assert charged == [5000, 2000, 2000, 1000, 1000]


def test_a_change_is_made_when_it_saves_more_than_its_price() -> None:
    """A is sick on a day that misses 6000 an hour without them; B costs 9600 for the day and the change."""
    problem = desk(
        agent("A"), agent("B"), contracts=[contract(shifts=("F8",), max_shifts_week=1)], price=3000
    )
    published = Roster((duty("A", 4, 8), duty("B", 5, 8)))
    sick = Absence("A", at(4, 0).date(), at(4, 0).date())
    dear = again(replan(problem, published, cut=at(1, 0), absences=[sick], prices=ChangePrices(20_000)))
    assert [(c.agent_id, c.why, c.price) for c in dear.changes] == [("A", "absence", 0)]
    other = desk(agent("A"), agent("B"), contracts=[contract(shifts=("F8",))], price=3000)
    cheap = again(replan(other, published, cut=at(1, 0), absences=[sick], prices=ChangePrices(500)))
    changed = {(c.agent_id, (c.business_date - SUNDAY).days): c for c in cheap.changes}
    assert changed["B", 4].why == "knock-on"
    assert changed["A", 4].price == 0
    assert cheap.change_cost == sum(c.price for c in cheap.changes) > 0


def test_a_new_requirement_counts_from_the_cut_on() -> None:
    problem = desk(agent("A"), contracts=[contract(shifts=("F8",))], need=0)
    wanted = problem.demand.assign(agents_gross=1)
    plan = replan(problem, Roster((duty("A", 6, 8),)), cut=at(3, 0), demand=wanted, prices=FREE)
    assert plan.problem.demand["agents_gross"].sum() == 4 * 12
    found = again(plan)
    assert {c.why for c in found.changes} == {"demand"}
    assert min(c.business_date for c in found.changes) >= at(3, 0).date()


def test_a_published_shift_that_is_offered_no_more_leaves_its_day_free() -> None:
    problem = desk(agent("A"), contracts=[contract(shifts=("S4", "F8"))])
    gone = Duty("A", at(4, 0).date(), "Z5-0900", at(4, 9), at(4, 14))
    plan = replan(problem, Roster((duty("A", 2, 8), gone)), cut=at(1, 0))
    assert [str(note) for note in plan.notes] == [
        "A on 2027-02-04: shift Z5-0900 is no longer one that can be worked, so the day is planned freely"
    ]
    assert plan.problem.published is not None
    assert ("A", gone.business_date) not in {(a, day) for a, day, _ in plan.problem.published.days}
    change = next(c for c in again(plan).changes if c.business_date == gone.business_date)
    assert (change.before, change.price) == ((gone,), 0)


def test_people_who_left_are_named_and_people_who_joined_are_free() -> None:
    problem = desk(agent("A"), agent("NEW"))
    plan = replan(problem, Roster((duty("A", 3, 8), duty("LEFT", 3, 8))), cut=at(1, 0))
    assert [str(note) for note in plan.notes] == [
        "The duties of LEFT are left out: nobody on the staff list has this id"
    ]
    assert plan.problem.published is not None
    assert {agent_id for agent_id, _, _ in plan.problem.published.days} == {"A"}


def test_wishes_and_fixed_days_give_way_to_facts_and_absences() -> None:
    days = [at(day, 0).date() for day in range(7)]
    problem = replace(
        desk(agent("A")),
        fixed=(FixedDay("A", days[0], None), FixedDay("A", days[3], "F8"), FixedDay("A", days[5], None)),
        requests=(
            Request("A", days[0], "off", 9),
            Request("A", days[3], "on", 9),
            Request("A", days[5], "off", 9),
        ),
    )
    plan = replan(
        problem, Roster((duty("A", 0, 8),)), cut=at(1, 0), absences=[Absence("A", days[3], days[3])]
    )
    assert [fixed.day for fixed in plan.problem.fixed] == [days[5]]
    assert [request.day for request in plan.problem.requests] == [days[5]]


def test_who_falls_ill_at_work_is_told_of() -> None:
    problem = desk(agent("A"))
    plan = replan(
        problem,
        Roster((duty("A", 2, 8),)),
        cut=at(2, 12),
        absences=[Absence("A", at(2, 0).date(), at(3, 0).date())],
    )
    assert [str(note) for note in plan.notes] == [
        "A began to work on 2027-02-02 before the cut: that duty stays, and counts as worked in full"
    ]
    assert plan.absent == {("A", at(3, 0).date())}


@pytest.mark.parametrize(
    ("cut", "absent", "message"),
    [
        (at(1, 0).replace(tzinfo=None), "A", "the moment of a cut needs an offset"),
        (at(1, 0), "Z", "agent Z is absent, but not among the plan's people"),
    ],
)
def test_what_cannot_be_planned_again(cut: datetime, absent: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replan(desk(agent("A")), Roster(()), cut=cut, absences=[Absence(absent, SUNDAY, SUNDAY)])


# --- identities ------------------------------------------------------------------------------------------------

PEOPLE: tuple[Agent, ...] = (agent("A"), agent("B", wage=1100), agent("C", wage=1400))


@settings(max_examples=6, deadline=None)
@given(
    moment=st.tuples(st.integers(0, 4), st.sampled_from((0, 9, 14))),
    sick=st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 4)), max_size=3),
    more=st.integers(0, 1),
    price=st.sampled_from((0, 500, 5000)),
)
def test_whatever_happens_the_past_stays_and_the_objective_is_the_sum_of_its_parts(
    moment: tuple[int, int], sick: list[tuple[str, int]], more: int, price: int
) -> None:
    problem = desk(*PEOPLE, days=5, contracts=[contract(shifts=("F8", "S4"), min_hours_week=4)], price=2000)
    published = solve(problem, seconds=AMPLE, gap=0.05).roster
    cut = at(*moment)
    plan = replan(
        problem,
        published,
        cut=cut,
        absences=[Absence(who, at(day, 0).date(), at(day, 0).date()) for who, day in sick],
        demand=problem.demand.assign(agents_gross=problem.demand["agents_gross"] + more),
        prices=ChangePrices(price),
    )
    found = again(plan, gap=0.05)
    roster = found.result.roster
    assert [d for d in roster.duties if d.start < cut] == [d for d in published.duties if d.start < cut]
    assert not {(d.agent_id, d.business_date) for d in roster.duties} & plan.absent
    assert found.report.passed, found.report.violations
    assert found.result.objective == found.report.objective
    assert found.result.bound <= found.result.objective
    assert found.wages_difference == found.report.wages - check(published, problem).wages
