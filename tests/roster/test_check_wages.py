"""The wage engine and the checker, written apart, agree on every duty; and the checker notices when they do not."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from staffing.labour.wages import Pay, pay_roster
from staffing.roster.check import Claim, check
from tests.roster.data.check_desk import roster
from tests.roster.data.check_samples import SAMPLES, spoil

CHANGES = st.lists(
    st.tuples(
        st.sampled_from(("stretch", "drop break", "move break", "hand over", "add break")),
        st.integers(0, 40),
        st.integers(-200, 700),
    ),
    max_size=6,
)


def claim(pay: Pay) -> Claim:
    return Claim(pay.paid_minutes, pay.overtime_minutes, pay.night_minutes, pay.cost)


@given(st.integers(0, len(SAMPLES) - 1), CHANGES)
def test_the_wage_engines_figures_pass_as_claims(number: int, changes: list[tuple[str, int, int]]) -> None:
    problem, duties = SAMPLES[number]
    for kind, which, amount in changes:
        duties = spoil(duties, kind, which, amount)
    judged = roster(*(duty for duty in duties if duty.agent_id != "X"))
    claims = [claim(pay) for pay in pay_roster(judged, problem)]
    report = check(judged, problem, claimed=claims)
    assert [str(v) for v in report.violations if v.rule.startswith("claimed")] == []
    assert report.wages == sum(stated.cost or 0 for stated in claims)


def test_the_wage_engines_figures_for_another_wage_are_noticed() -> None:
    problem, duties = SAMPLES[0]
    judged = roster(*duties)
    dearer = replace(problem, agents=tuple(replace(a, wage=a.wage + 1) for a in problem.agents))
    claims = [claim(pay) for pay in pay_roster(judged, dearer)]
    report = check(judged, problem, claimed=claims)
    assert [v.rule for v in report.violations if v.severity == "hard"] == ["claimed_cost"] * len(duties)
