"""The solver under every pack, and with hours carried in: lawful rosters that cost what the checker says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from staffing.errors import ConfigError
from staffing.labour import NO_LAW, Carried, RulePack, available_packs, load_pack
from staffing.roster import solve
from staffing.roster.check import check
from staffing.shifts import ShiftTemplate
from tests.roster.data.solve_desk import AMPLE, S4, SUNDAY, agent, contract, desk

PACKS = [NO_LAW, *(load_pack(pack_id) for pack_id in available_packs())]
N5 = ShiftTemplate("N5", 1320, 1320, 60, 300)  # five hours over midnight need no meal
MEAL = ShiftTemplate("M8", 480, 600, 60, 540, 60, 120, 240)  # its meal begins within five hours


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.pack_id)
def test_a_week_under_every_pack(pack: RulePack) -> None:
    short = pack.weekly_rest_minutes is not None  # four days of daytime always leave 35 hours of rest
    daytime = short or pack.counts_by_clock  # no duty parted by midnight
    problem = desk(
        agent("A"),
        agent("B", birth_date=date(2010, 1, 1)),
        contracts=(
            contract(max_hours_week=60, max_shifts_week=4 if short else 7, shifts=("M8", "S4", "N5")),
        ),
        templates=(MEAL, S4, N5),
        hours="08:00-20:00" if daytime else "00:00-24:00",
    )
    problem = replace(problem, pack=pack)
    result = solve(problem, gap=0.1, seconds=AMPLE, seed=1)
    report = check(result.roster, problem)
    assert report.passed
    assert report.objective == result.objective


def test_a_date_named_as_statutory_holiday_is_kept_free() -> None:
    problem = desk(agent("A", statutory_holidays=frozenset({SUNDAY})), days=2, templates=(S4,), need=1)
    roster = solve(problem, gap=0.0, seconds=AMPLE).roster
    assert {duty.business_date for duty in roster.duties} == {SUNDAY + timedelta(days=1)}


@pytest.mark.parametrize(
    ("hour", "hours"), [(21, 4), (22, 0)], ids=["eleven hours before 08:00", "ten hours before 08:00"]
)
def test_the_first_duty_leaves_the_rest_since_the_last_one_before(hour: int, hours: int) -> None:
    ended = datetime(2027, 1, 30, hour, tzinfo=ZoneInfo("Asia/Tokyo"))
    morning = ShiftTemplate("S4", 480, 480, 60, 240)
    problem = desk(agent("A", carried=Carried(last_end=ended)), days=1, templates=(morning,))
    report = check(solve(problem, gap=0.0, seconds=AMPLE).roster, problem)
    assert report.paid_minutes == hours * 60


@pytest.mark.parametrize(("before", "days"), [(0, 4), (2, 4), (3, 3)])
def test_days_worked_before_the_horizon_leave_fewer_in_its_first_week(before: int, days: int) -> None:
    """The week begins on Sunday, the horizon on the Wednesday: three days lie before it."""
    carried = Carried(consecutive_days=before)
    wednesday = SUNDAY + timedelta(days=3)
    problem = desk(agent("A", carried=carried), start=wednesday, days=4, templates=(S4,))
    result = solve(problem, gap=0.0, seconds=AMPLE)
    assert len(result.roster.duties) == days
    assert check(result.roster, problem).passed


@pytest.mark.parametrize(
    ("template", "says"),
    [
        (ShiftTemplate("L8", 480, 480, 60, 540, 60, 180, 301), "begins at most 300 minutes after the start"),
        (ShiftTemplate("L8", 480, 480, 60, 500, 20, 180, 240), "a meal of at least 30 minutes"),
        (ShiftTemplate("L8", 480, 480, 60, 661, 60, 180, 240), "at most 600 minutes of work"),
    ],
)
def test_templates_without_californian_meals_are_refused(template: ShiftTemplate, says: str) -> None:
    problem = replace(
        desk(agent("A"), templates=(template,), contracts=(contract(shifts=("L8",)),)),
        pack=load_pack("us-ca"),
    )
    with pytest.raises(ConfigError, match=says):
        solve(problem, seconds=AMPLE)
