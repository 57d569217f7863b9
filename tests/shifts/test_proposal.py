"""Templates proposed for a desk: lawful, inside the opening hours, and never dearer when more are allowed."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from staffing.config.people_tables import ShiftTable
from staffing.horizon import Horizon, OpeningHours, Span
from staffing.labour import load_pack
from staffing.shifts import Proposal, ProposalSettings, propose_templates, shifts_toml
from staffing.shifts.design import CLOSED
from staffing.shifts.required_days import required_days
from tests.cli.conftest import write_desk
from tests.end_to_end.desk import run

SMALL_DESK = Path(__file__).parents[2] / "data" / "small-desk" / "plan.toml"
SETTINGS = ProposalSettings(wage_per_hour=1000, shortage_per_hour=5000, most=3, start_minutes=60)
NINE_HOURS = (Span(540, 1080),)


def horizon(*spans: Span, days: int = 14) -> Horizon:
    hours = OpeningHours((spans,) * 5 + ((), ()))
    return Horizon(date(2027, 2, 1), date(2027, 2, days), "Asia/Tokyo", 60, hours)


def demand(site: Horizon, people: int = 2, queues: tuple[str, ...] = ("a",)) -> pd.DataFrame:
    """Twice as many people from 12:00 to 14:00, and one more on Mondays."""
    grid = site.grid()
    monday = (grid["business_date"].dt.day_of_week == 0).astype("int64")
    noon = grid["slot"].between(720, 839).astype("int64")
    rows = grid.assign(agents_gross=people * (1 + noon) + monday)
    return pd.concat([rows.assign(queue=queue) for queue in queues], ignore_index=True)


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    site = horizon(*NINE_HOURS)
    return propose_templates(demand(site), site, load_pack("jp-2023-04"), SETTINGS, seconds=30)


def test_equal_days_are_one_row_with_a_weight() -> None:
    site = horizon(*NINE_HOURS)
    found = required_days(demand(site, queues=("a", "b")), site)
    ordinary = (CLOSED,) * 9 + (4, 4, 4, 8, 8, 4, 4, 4, 4, CLOSED)
    mondays = (CLOSED,) * 9 + (6, 6, 6, 10, 10, 6, 6, 6, 6, CLOSED)
    assert dict(zip(found.rows, found.weights, strict=True)) == {ordinary: 8, mondays: 2}
    assert found.dates == 10


def test_a_desk_that_closes_after_midnight_has_longer_days() -> None:
    site = horizon(Span(1320, 1560), days=2)
    found = required_days(demand(site), site)
    late = (CLOSED,) * 22
    assert sorted(found.rows) == [(*late, 2, 2, 2, 2, CLOSED), (*late, 3, 3, 3, 3, CLOSED)]


def test_days_that_touch_stand_in_their_order() -> None:
    site = Horizon(
        date(2027, 2, 1), date(2027, 2, 3), "Asia/Tokyo", 60, OpeningHours(((Span(0, 1440),),) * 7)
    )
    found = required_days(demand(site), site)
    assert found.weights == (1, 1, 1)
    assert [row[0] for row in found.rows] == [3, 2, 2]


def test_each_step_costs_what_its_hours_cost(proposal: Proposal) -> None:
    assert proposal.required_hours == 10 * (7 * 2 + 2 * 4) + 2 * 9
    for step in proposal.steps:
        assert step.cost == round(step.paid_hours * 1000 + step.short_hours * 5000)
        assert step.paid_hours == proposal.required_hours + step.over_hours - step.short_hours
        assert step.cost_bound <= step.cost
    costs = [step.cost for step in proposal.steps]
    assert costs == sorted(costs, reverse=True)
    assert sum(proposal.saving(i) for i in range(3)) == costs[0] - costs[-1]


def test_templates_are_lawful_and_inside_the_opening_hours(proposal: Proposal) -> None:
    pack = load_pack("jp-2023-04")
    assert proposal.templates
    for step in proposal.steps:
        assert len(step.templates) <= 3
        assert len({template.code for template in step.templates}) == len(step.templates)
        for template in step.templates:
            work = template.length_minutes - template.break_minutes
            assert template.break_minutes >= pack.break_needed(work)
            assert template.first_start_minute >= 540
            assert template.last_start_minute + template.length_minutes <= 1080


def test_the_snippet_is_what_a_plan_reads(proposal: Proposal) -> None:
    tables = tomllib.loads(shifts_toml(proposal.templates))["shifts"]
    read = [ShiftTable.model_validate(table) for table in tables]
    for table, template in zip(read, proposal.templates, strict=True):
        assert (table.code, table.length_minutes) == (template.code, template.length_minutes)
        assert (table.break_minutes, table.break_latest_minutes) == (
            template.break_minutes,
            template.break_latest,
        )


def test_a_template_that_saves_too_little_is_not_proposed() -> None:
    site = horizon(*NINE_HOURS)
    found = propose_templates(
        demand(site),
        site,
        load_pack("jp-2023-04"),
        ProposalSettings(1000, 5000, most=3, start_minutes=60, least_saving=0.99),
        seconds=10,
    )
    assert found.chosen == 0
    assert len(found.templates) == 1


@pytest.mark.parametrize("wrong", [{"most": 0}, {"shortest_hours": 9}, {"wage_per_hour": -1}])
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must"):
        ProposalSettings(**({"wage_per_hour": 1, "shortage_per_hour": 1} | wrong))


def test_the_command_proposes_templates_for_the_small_desk(tmp_path: Path) -> None:
    """The sample's plan with the proposed tables in place of its own is read and rostered without a fault."""
    out = tmp_path / "shifts.toml"
    outcome = run("shifts", SMALL_DESK, "--most", 3, "--seconds", 10, "--out", out)
    assert outcome.status == 0, outcome.err
    assert "295.0 agent-hours required on 18 days" in outcome.out
    assert "Proposed" in outcome.out
    codes = [table["code"] for table in tomllib.loads(out.read_text(encoding="utf-8"))["shifts"]]
    assert 1 <= len(codes) <= 3
    assert all(code in outcome.out for code in codes)


def test_a_desk_that_no_shift_fits_is_told(tmp_path: Path) -> None:
    """Open for four hours a day."""
    outcome = run(
        "shifts",
        write_desk(tmp_path / "desk").plan,
        "--shortest",
        5,
        "--longest",
        6,
        "--most",
        1,
        "--seconds",
        5,
    )
    assert outcome.status == 2
    assert "no shift of 5 to 6 hours of work" in outcome.err


def test_lengths_that_contradict_one_another_are_refused() -> None:
    outcome = run("shifts", SMALL_DESK, "--shortest", 6, "--longest", 5)
    assert outcome.status == 2
    assert "--shortest 6" in outcome.err
