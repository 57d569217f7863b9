"""The desk of one's own: people who learn, a new desk, and the cheaper telephone system, by hand.

The desk of 1,000 calls: 567 paid hours, 4 heads, 3 seats; wage 1,200.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import inf

import pandas as pd
import pytest

from staffing.queueing import Targets
from staffing.sourcing import Case, Context, Figure, LearningMonth, Quote, Tariffs, quote

MakeDemand = Callable[..., pd.DataFrame]
EIGHTY = Targets(service_level=0.8)


@pytest.fixture(scope="module")
def case(make_demand: MakeDemand, may: tuple[date, date]) -> Case:
    return Case.of(make_demand(1000, EIGHTY), EIGHTY, interval_minutes=60, patience_seconds=inf, period=may)


def priced(tariffs: Tariffs, case: Case, *, new_desk: bool = False, **changed: object) -> Quote:
    offer = replace(tariffs.in_house, **changed)  # type: ignore[arg-type]
    return quote(offer, case, Context(replace(tariffs, in_house=offer), new_desk=new_desk))


def items(found: Quote, month: str = "2027-05") -> dict[str, int]:
    return {line.item: line.amount for line in found.lines if line.month == month}


def test_new_people_take_longer_where_aht_is_of_experienced_ones(tariffs: Tariffs, case: Case) -> None:
    """With 3 % leaving, 3 %, 2.91 % and 2.8227 % of people are in their first three months.

    They do 1/1.4, 1/1.2 and 1/1.1 of the work: 1 - 0.03 x 0.285714 - 0.0291 x 0.166667 - 0.028227 x 0.090909
    = 0.984012. 567 / 0.984012 - 567 = 9.2122 h x 1,200 = 11,055. Supervisors lead these hours too:
    57.62122 x 1,400 = 80,670. Insured: 680,400 + 11,055 + 11,520 + 80,670 = 783,645 x 0.15 = 117,546.75.
    """
    assert tariffs.in_house.output_of_staff == 1
    found = items(priced(tariffs, case, aht_includes_new=False))
    assert found["slower new people"] == 11_055
    assert found["supervisors"] == 80_670
    assert found["employer's social insurance"] == 117_547
    assert "slower new people" not in items(priced(tariffs, case))


def test_slower_people_take_more_heads(tariffs: Tariffs, case: Case) -> None:
    """567 h are 3.54 heads of 160; everyone new all year, at twice the AHT, would take 7.09."""
    forever = (LearningMonth(aht_factor=Figure(2)),) * 60
    slow = priced(tariffs, case, aht_includes_new=False, learning=forever, attrition_month=Figure(0.9))
    assert priced(tariffs, case).size.heads == 4
    assert slow.size.heads == 8


def test_a_new_desk_hires_trains_and_is_slow_at_first(tariffs: Tariffs, make_demand: MakeDemand) -> None:
    """4 hires x 100,000; 80 h x 1,200 x 1.15 = 110,400 each; 40 % more hours in May, 20 % in June, as AHT.

    May: 567 x 1.4 / 160 = 4.96, so 5 heads. 22 weekdays in June: 198 hours x 3 = 594 h, 594 x 1.2 / 160 = 4.46.
    """
    period = (date(2027, 5, 1), date(2027, 6, 30))
    demand = make_demand(2000, EIGHTY, start=period[0], end=period[1])
    case = Case.of(demand, EIGHTY, interval_minutes=60, patience_seconds=inf, period=period)
    found = priced(tariffs, case, new_desk=True)
    assert found.size.heads == 5
    assert items(found)["recruiting at the start"] == 500_000
    assert items(found)["training at the start"] == 552_000
    assert found.summary.one_off == 1_052_000
    assert items(found)["slower new people"] == 272_160  # 567 x 0.4 x 1,200
    assert items(found, "2027-06")["slower new people"] == 142_560  # 594 x 0.2 x 1,200
    assert "recruiting at the start" not in items(found, "2027-06")


@pytest.mark.parametrize(
    ("months", "cloud", "owned"),
    [
        (36, 1_044_000, 1_088_000),  # 29,000 x 36; 800,000 + 8,000 x 36
        (39, 1_131_000, 1_112_000),  # the crossing lies at 800,000 / 21,000 = 38.1 months
        (60, 1_740_000, 1_280_000),
        (61, 1_769_000, 2_088_000),  # a second life of 60 months is paid to its end: 1,600,000 + 488,000
    ],
)
def test_the_cheaper_telephone_system_over_the_horizon(
    tariffs: Tariffs, case: Case, months: int, cloud: int, owned: int
) -> None:
    """Three seats: in the cloud 20,000 + 3 x 3,000 a month; bought 500,000 + 3 x 100,000 and 8,000 a month."""
    found = priced(tariffs, case, pbx_horizon_months=Figure(months))
    note = next(str(note) for note in found.summary.notes if "Telephone" in str(note))
    parts = {"in the cloud": cloud, "on the premises": owned}
    first = min(parts, key=lambda name: parts[name])
    other = max(parts, key=lambda name: parts[name])
    assert note == (
        f"Telephone system over {months} months: {parts[first]:,} {first}, taken; {parts[other]:,} {other}"
    )
    lines = {name: amount for name, amount in items(found).items() if name.startswith("telephone")}
    if first == "in the cloud":
        assert lines == {"telephone system": 20_000, "telephone lines": 9_000}
    else:
        assert lines == {
            "telephone system bought": round(500_000 / months),
            "telephones bought": round(300_000 / months),
            "telephone system maintenance": 8_000,
        }


def test_without_a_choice_the_cloud_is_taken_and_nothing_said(tariffs: Tariffs, case: Case) -> None:
    found = priced(tariffs, case, on_premise=None)
    assert items(found)["telephone system"] == 20_000
    assert not any("Telephone" in str(note) for note in found.summary.notes)


def test_requirements_on_vendors_do_not_concern_ones_own_desk(tariffs: Tariffs, case: Case) -> None:
    strict = replace(tariffs, requirements=replace(tariffs.requirements, certifications=("P-mark",)))
    assert quote(strict.in_house, case, Context(strict)).summary.meets_target
