"""Japan's rest between shifts is an effort duty: the checker remarks on a short one and still passes the roster."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from staffing.horizon import Horizon, OpeningHours, Span
from staffing.labour.pack import load_pack
from staffing.plan import problem_of
from staffing.roster.check import check
from staffing.roster.roster import Duty, Roster
from staffing.samples import sample_folder


@pytest.mark.parametrize(("soft", "passes"), [(True, True), (False, False)])
def test_ten_hours_of_rest_break_a_hard_rule_and_only_draw_a_remark_on_a_soft_one(
    soft: bool, passes: bool
) -> None:
    pack = load_pack("jp-2023-04")
    assert "min_rest_minutes" in pack.soft
    problem = problem_of(sample_folder("small-desk") / "plan.toml")
    day = date(2027, 2, 1)
    hours = OpeningHours(((Span.parse("00:00-24:00"),),) * 7)
    horizon = Horizon(day, day + timedelta(days=1), "Asia/Tokyo", 30, hours)
    agents = (replace(problem.agents[2], leave=frozenset()),)
    contracts = tuple(replace(contract, min_hours_week=0) for contract in problem.contracts)
    rules = pack if soft else replace(pack, soft=frozenset())
    problem = replace(problem, horizon=horizon, agents=agents, contracts=contracts, pack=rules)
    worked = [(day, 18 * 60), (day + timedelta(days=1), 8 * 60)]  # until 22:00, then from 8:00
    duties = tuple(
        Duty(agents[0].agent_id, on, "D4", horizon.at(on, start), horizon.at(on, start + 240))
        for on, start in worked
    )
    report = check(Roster(duties), problem)
    rest = [violation for violation in report.violations if violation.rule == "rest"]
    assert [violation.severity for violation in rest] == ["soft" if soft else "hard"]
    hard = [violation.rule for violation in report.violations if violation.severity == "hard"]
    assert ("rest" not in hard) is passes
