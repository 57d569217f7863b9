"""Activities once a roster is there: read back from its file, explained, and kept when it is planned again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from staffing.errors import InputError
from staffing.horizon import Span
from staffing.io.export import to_csv
from staffing.io.roster_csv import read_roster
from staffing.io.tables import roster_table
from staffing.labour.wages import pay_roster
from staffing.plan.result import Rostered
from staffing.roster import Activity, Duty, Roster, RosterProblem, Session, solve
from staffing.roster.check import check
from staffing.roster.explain.after import Standing, why_attended, why_short
from staffing.roster.replan import Absence, ChangePrices, Replan, replan
from staffing.roster.replanned import Replanned, compare
from tests.roster.data.activity_desk import E3, activity
from tests.roster.data.solve_desk import AMPLE, SUNDAY, agent, contract, desk

DAY = timedelta(days=1)


def mornings(
    *activities: Activity, people: str = "AB", days: int = 1, needs: tuple[int, ...] = (1, 1, 1)
) -> RosterProblem:
    """People on one shift, 08:00-11:00, at 3,600 each; one missing for an hour costs 6,000."""
    problem = desk(
        *(agent(name) for name in people),
        templates=[E3],
        contracts=[contract(shifts=("E3",))],
        hours="08:00-11:00",
        days=days,
    )
    return replace(problem, demand=problem.demand.assign(agents_gross=needs * days), activities=activities)


def talk(**changes: object) -> Activity:
    terms = {"window": Span.parse("08:00-11:00"), "people": frozenset("AB")}
    return activity(**(terms | changes))


def at(hour: int, day: int = 0) -> datetime:
    return datetime(2027, 1, 31, hour, tzinfo=mornings().horizon.zone) + day * DAY


def duty(agent_id: str, day: int, *hours: int, name: str = "talk") -> Duty:
    """A morning's duty with an hour of an activity at some hours."""
    sessions = tuple(Session(name, at(hour, day), at(hour + 1, day)) for hour in hours)
    return Duty(agent_id, at(0, day).date(), "E3-0800", at(8, day), at(11, day), sessions=sessions)


# --- files -------------------------------------------------------------------------------------------------

HEADER = "agent_id,business_date,start,end,activity_1,activity_1_start,activity_1_end"
ROW = "A,2027-01-31,2027-01-31 08:00,2027-01-31 11:00"


def read(folder: Path, row: str) -> Roster:
    path = folder / "roster.csv"
    path.write_text(f"{HEADER}\n{row}\n", "utf-8")
    return read_roster(path, mornings().horizon)[0]


def test_sessions_are_read_by_name_and_time(tmp_path: Path) -> None:
    found = read(tmp_path, f"{ROW},talk,2027-01-31 09:00,2027-01-31T10:00:00+09:00")
    assert found.duties[0].sessions == (Session("talk", at(9), at(10)),)
    assert read(tmp_path, f"{ROW},,,").duties[0].sessions == ()


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("talk,,", "a time"),
        (",2027-01-31 09:00,2027-01-31 10:00", "an activity's name"),
        ("talk,2027-01-31 09:00,", "a time"),
        ("talk,soon,2027-01-31 10:00", "soon"),
    ],
)
def test_half_a_session_is_refused_by_row_and_column(tmp_path: Path, cells: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        read(tmp_path, f"{ROW},{cells}")
    assert {fault.row for fault in caught.value.faults} == {2}
    assert all(str(fault.column).startswith("activity_1") for fault in caught.value.faults)


# --- explained ---------------------------------------------------------------------------------------------


def test_a_place_is_told_with_the_next_best() -> None:
    """Needed are 1, 2 and 3: away at 8 nobody is missed, at 9 one is from then on short, at 10 two are."""
    problem = mornings(talk(people=frozenset("A")), needs=(1, 2, 2))
    standing = Standing.of(problem, Roster((duty("A", 0, 8), duty("B", 0))))
    told = why_attended(standing, "talk", "A")
    assert (told.cost, told.other) == (0, 6_000)
    assert told.session == Session("talk", at(8), at(9))
    dear = why_attended(Standing.of(problem, Roster((duty("A", 0, 9), duty("B", 0)))), "talk", "A")
    assert (dear.cost, dear.other) == (6_000, 0)
    assert "the search ended" in str(dear.wording)


def test_a_meeting_is_weighed_with_all_who_are_in_it() -> None:
    problem = mornings(talk(together=True), needs=(1, 2, 0))
    standing = Standing.of(problem, Roster((duty("A", 0, 8), duty("B", 0, 8))))
    told = why_attended(standing, "talk", "B")
    assert (told.cost, told.other) == (6_000, 0)  # nobody is needed at 10


def test_who_is_left_out_is_told_the_price() -> None:
    """Alone at work, A would leave the floor empty for an hour: 6,000 less the 100 saved."""
    problem = mornings(talk(kind="soft", price=100, people=frozenset("A")), people="A")
    result = solve(problem, gap=0.0, seconds=AMPLE)
    told = why_attended(Standing.of(problem, result.roster), "talk", "A")
    assert (told.session, told.cost, told.conflicts) == (None, 5_900, ())


def test_who_is_left_out_is_told_the_rule() -> None:
    """Three hours of work are more than the contract's two a week."""
    problem = mornings(
        talk(kind="soft", price=9_000, window=Span.parse("08:00-09:00"), first=SUNDAY, last=SUNDAY),
        people="AB",
        days=2,
    )
    nobody = replace(problem, contracts=(contract(shifts=("E3",), max_hours_week=2),))
    result = solve(nobody, gap=0.0, seconds=AMPLE)
    told = why_attended(Standing.of(nobody, result.roster), "talk", "A")
    assert told.cost is None
    assert {obstacle.rule for one in told.conflicts for obstacle in one.obstacles} == {
        "activity",
        "contract_hours",
    }


def test_a_stranger_to_an_activity_is_refused() -> None:
    standing = Standing.of(mornings(talk(people=frozenset("A"))), Roster((duty("A", 0, 8),)))
    for name, who in (("talk", "B"), ("lunch", "A"), ("talk", "Z")):
        with pytest.raises(ValueError, match="no activity"):
            why_attended(standing, name, who)


def test_whoever_attends_is_missing_for_that_reason() -> None:
    problem = mornings(talk(people=frozenset("A")), needs=(2, 2, 2))
    standing = Standing.of(problem, Roster((duty("A", 0, 9), duty("B", 0))))
    kept = {own.agent_id: own for own in why_short(standing, "q", at(9)).people}
    assert {name: own.rule for name, own in kept.items()} == {"A": "activity"}
    assert str(kept["A"].wording) == "in talk from 09:00 to 10:00"


# --- planned again -----------------------------------------------------------------------------------------


def again(plan: Replan) -> Replanned:
    result = solve(plan.problem, seconds=AMPLE, gap=0.0, hint=plan.hint)
    assert result.found, result.obstacles
    found = compare(plan, result)
    assert found.report.passed
    return found


def attended(roster: Roster) -> dict[str, datetime]:
    return {duty.agent_id: own.start for duty in roster.duties for own in duty.sessions}


FREE = ChangePrices(0)


def three_mornings(attending: str, people: str = "AB") -> Roster:
    """People on three mornings; some attend on the second from 9 to 10."""
    return Roster(
        tuple(
            duty(name, day, *((9,) if name in attending and day == 1 else ()))
            for name in people
            for day in range(3)
        )
    )


def test_a_training_stays_at_its_published_time_although_another_is_cheaper() -> None:
    """On the first day one is needed at 8 alone, where B has it; on the second nobody is."""
    training = talk(last=SUNDAY + 2 * DAY, people=frozenset("B"))
    problem = mornings(training, days=3)
    published = three_mornings("B")
    found = again(replan(problem, published, cut=at(12), prices=FREE))
    assert attended(found.result.roster) == {"B": at(9, 1)}


def test_what_was_held_counts_and_is_not_held_again() -> None:
    training = talk(last=SUNDAY + 2 * DAY)
    published = Roster((duty("A", 0, 8), duty("B", 0), duty("A", 1), duty("B", 1, 10)))
    plan = replan(mornings(training, days=3), published, cut=at(9), prices=FREE)
    assert attended(again(plan).result.roster) == {"A": at(8), "B": at(10, 1)}


def test_whoever_is_ill_has_the_training_later() -> None:
    training = talk(last=SUNDAY + 2 * DAY, people=frozenset("B"))
    published = three_mornings("B")
    sick = Absence("B", SUNDAY + DAY, SUNDAY + DAY)
    found = again(replan(mornings(training, days=3), published, cut=at(12), absences=[sick], prices=FREE))
    assert attended(found.result.roster)["B"].date() == SUNDAY + 2 * DAY


def test_a_meeting_keeps_its_time_without_whoever_is_ill() -> None:
    meeting = talk(together=True, last=SUNDAY + 2 * DAY, people=frozenset("ABC"))
    problem = mornings(meeting, days=3, people="ABC")
    published = Roster(
        tuple(duty(name, day, *((9,) if day == 1 else ())) for name in "ABC" for day in range(3))
    )
    sick = Absence("C", SUNDAY + DAY, SUNDAY + DAY)
    found = again(replan(problem, published, cut=at(12), absences=[sick], prices=FREE))
    assert attended(found.result.roster) == {"A": at(9, 1), "B": at(9, 1)}


def test_a_meeting_that_was_held_is_over_for_whoever_missed_it() -> None:
    meeting = talk(together=True, last=SUNDAY + 2 * DAY, kind="soft", price=10, least=1)
    published = Roster((duty("A", 0, 8), duty("B", 0), duty("A", 1), duty("B", 1)))
    plan = replan(mornings(meeting, days=3), published, cut=at(9), prices=FREE)
    assert [str(note) for note in plan.notes] == ["B can no longer attend talk"]
    assert attended(again(plan).result.roster) == {"A": at(8)}


def test_a_training_whose_dates_are_over_is_given_up() -> None:
    published = Roster((duty("A", 0, 8), duty("B", 0), duty("A", 1), duty("B", 1)))
    plan = replan(mornings(talk(), days=3), published, cut=at(12, 1), prices=FREE)
    assert [str(note) for note in plan.notes] == ["B can no longer attend talk"]
    assert attended(again(plan).result.roster) == {"A": at(8)}


def test_what_the_tables_write_is_read_back(tmp_path: Path) -> None:
    """Written by the tables of the plan, and read back."""
    problem = mornings(talk(together=True), needs=(1, 1, 1))
    result = solve(problem, gap=0.0, seconds=AMPLE)
    made = Rostered(problem, result, pay_roster(result.roster, problem), None, check(result.roster, problem))  # type: ignore[arg-type]
    frame = roster_table(made)
    assert list(frame.columns[-4:]) == ["cost", "activity_1", "activity_1_start", "activity_1_end"]
    path = tmp_path / "roster.csv"
    path.write_bytes(to_csv(frame, "utf-8"))
    assert read_roster(path, problem.horizon)[0] == result.roster
