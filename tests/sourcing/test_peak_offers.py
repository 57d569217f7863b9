"""Peaks only: named hours, weekdays and months by a vendor, the rest by one's own people; bills by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import inf

import pandas as pd
import pytest

from staffing.errors import ConfigError
from staffing.horizon import Span
from staffing.queueing import Targets
from staffing.sourcing import Case, Context, Figure, InHouseFacts, Peak, PeakTime, Quote, Tariffs, quote

EIGHTY = Targets(service_level=0.8)
MakeDemand = Callable[..., pd.DataFrame]
Period = tuple[date, date]


def case_of(demand: pd.DataFrame, period: Period, targets: Targets = EIGHTY) -> Case:
    return Case.of(demand, targets, interval_minutes=60, patience_seconds=inf, period=period)


def bills(found: Quote) -> dict[tuple[str, str], int]:
    return {(line.month, line.item): line.amount for line in found.lines}


def peak(vendor: str, *times: PeakTime, hours: float = 0.0) -> Peak:
    return Peak(name="peaks", vendor=vendor, times=times, own_block_hours=Figure(hours))


def test_lunch_hours_by_call(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    """1,000 calls, even over 189 hours; 11:00-14:00 holds 3 of 9 hours: 333.33 calls, 63 hours.

    Two own people (3 gross) from 9 to 11 and from 14 to 18: by interval 3 x 6 x 21 = 378 hours, in blocks of four
    hours 9-13 and 14-18, so 3 x 8 x 21 = 504.
    """
    found = quote(
        tariffs.named("lunch hours, per call"), case_of(make_demand(1000, EIGHTY), may), Context(tariffs)
    )
    bill = {item: amount for (_, item), amount in bills(found).items()}
    assert bill == {
        "wages": 604_800,  # 504 x 1,200
        "training of new people": 11_520,  # ceil(504 / 160) = 4 heads x 0.03 x 80 h = 9.6 h
        "supervisors": 70_560,  # 50.4 x 1,400
        "employer's social insurance": 103_032,  # 686,880 x 0.15
        "recruiting": 12_000,
        "seats": 15_000,
        "space": 30_000,
        "PC leases": 15_000,
        "licences": 15_000,
        "telephone system": 20_000,
        "telephone lines": 9_000,
        "setup fee": 10_000,
        "base fee": 30_000,
        "extra channels": 10_000,
        "calls beyond those included": 85_000,  # (333.33 - 50) x 300
        "liaison with the vendor": 8_000,
        "escalations to one's own people": 1_917,  # 333.33 / 20 / 12 = 1.38889 h x 1,380
    }
    assert found.summary.total == sum(bill.values())
    assert found.summary.service_level == pytest.approx(0.928217, abs=1e-6)  # two servers at all times
    assert (found.size.heads, found.size.channels, found.size.hours) == (4, 2, 504)
    by_interval = quote(
        peak("per call", PeakTime(open=Span.parse("11:00-14:00"))),
        case_of(make_demand(1000, EIGHTY), may),
        Context(tariffs),
    )
    assert by_interval.size.hours == 378


def test_fridays_by_booth(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    """May 2027 has four Fridays: 2 booths x 9 h x 4 = 72 booth-hours, and own people on the other 17 weekdays."""
    offer = peak("per booth", PeakTime(days=("friday",)))
    found = quote(offer, case_of(make_demand(1000, EIGHTY), may), Context(tariffs))
    bill = {item: amount for (_, item), amount in bills(found).items()}
    assert bill["booths, weekdays 9-18"] == round(72 * 290_000 / 189)
    assert bill["wages"] == 3 * 9 * 17 * 1_200
    assert found.summary.handled_calls == pytest.approx(1000)
    assert found.summary.meets_target
    assert "19.0 % of calls" in str(found.summary.capacity)  # 4 of 21 days


def test_seasons_pay_the_vendor_in_their_months_and_its_start_once(
    make_demand: MakeDemand, tariffs: Tariffs
) -> None:
    """March and May of March to May: no fee in April, the setup fee in March only; own people are paid in April."""
    period = date(2027, 3, 1), date(2027, 5, 31)
    demand = make_demand(3000, EIGHTY, start=period[0], end=period[1])
    found = quote(
        peak("per booth", PeakTime(months=("march", "may"))), case_of(demand, period), Context(tariffs)
    )
    bill = bills(found)
    paid = sorted(month for month, item in bill if item == "management fee")
    assert paid == ["2027-03", "2027-05"]
    assert [month for month, item in bill if item == "setup fee"] == ["2027-03"]
    wages = {month: amount for (month, item), amount in bill.items() if item == "wages"}
    assert (wages["2027-03"], wages["2027-05"]) == (0, 0)
    assert wages["2027-04"] > 0
    assert bill["2027-03", "top-up to the floor of a desk"] > 0  # the desk stays, with nobody on calls
    assert sorted(month for month, item in bill if item == "liaison with the vendor") == paid


def test_the_parts_make_the_whole(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    """Calls of both parts add up; the service is the mean of both, weighted by calls."""
    targets = Targets(service_level=0.8, abandonment=0.05)
    demand = make_demand(3000, targets, shape=[1, 2, 3, 4, 4, 3, 2, 2, 1], patience_seconds=120)
    case = Case.of(demand, targets, interval_minutes=60, patience_seconds=120, period=may)
    found = quote(peak("per call", PeakTime(open=Span.parse("12:00-14:00"))), case, Context(tariffs))
    table = found.intervals
    assert len(table) == len(case.calls)
    assert table["calls"].sum() == pytest.approx(3000)
    lost = float((table["calls"] * table["abandonment"]).sum()) / 3000
    assert found.summary.abandonment == pytest.approx(lost)
    level = float((table["calls"] * table["service_level"]).sum()) / 3000
    assert found.summary.service_level == pytest.approx(level)


def test_times_without_calls_need_no_vendor(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    case = case_of(make_demand(1000, EIGHTY), may)
    found = quote(tariffs.named("season, per booth"), case, Context(tariffs))
    in_house = quote(tariffs.in_house, case, Context(tariffs))
    assert found.lines == in_house.lines
    assert "No calls come in the times named: the vendor is not needed" in map(str, found.summary.notes)


def test_all_times_need_nobody_of_ones_own(make_demand: MakeDemand, tariffs: Tariffs, may: Period) -> None:
    case = case_of(make_demand(1000, EIGHTY), may)
    found = quote(peak("hourly", PeakTime()), case, Context(tariffs))
    vendor = quote(tariffs.named("hourly"), case, Context(tariffs))
    assert found.lines == vendor.lines
    assert "All calls come in the times named: nobody of one's own is needed" in map(str, found.summary.notes)


def test_a_vendor_that_misses_the_target_in_its_times_is_told(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    case = case_of(make_demand(20000, EIGHTY), may)
    found = quote(peak("per call", PeakTime(open=Span.parse("11:00-14:00"))), case, Context(tariffs))
    assert not found.summary.meets_target
    obstacles = [str(note) for note in found.summary.obstacles]
    assert "Queue main: 3 channels, the most sold, do not reach the target" in obstacles
    assert any(text.startswith("Answers ") for text in obstacles)


def test_peak_times_are_hours_of_weekdays_of_months() -> None:
    time = PeakTime(days=("monday", "tuesday"), open=Span.parse("11:00-14:00"), months=("april",))
    starts = pd.DatetimeIndex(
        [
            "2027-04-05 11:00",  # a Monday
            "2027-04-05 10:30",  # begins before
            "2027-04-05 13:30",
            "2027-04-05 13:45",  # ends after
            "2027-04-07 12:00",  # a Wednesday
            "2027-05-03 12:00",  # a Monday in May
        ]
    )
    assert time.covers(starts, 30).tolist() == [True, False, True, False, False, False]
    assert PeakTime().covers(starts, 30).all()
    either = peak("x", time, PeakTime(days=("wednesday",)))
    assert either.vendors(starts, 30).tolist() == [True, False, True, False, True, False]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"days": ("someday",)}, "'someday': must be among monday"),
        ({"days": ()}, "must name at least one, each once"),
        ({"months": ("june", "june")}, "must name at least one, each once"),
        ({"months": ("juni",)}, "'juni': must be among january"),
        ({"open": Span.parse("22:00-26:00")}, "must lie within 00:00-24:00"),
    ],
)
def test_wrong_times_are_refused(wrong: dict[str, object], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        PeakTime(**wrong)  # type: ignore[arg-type]


def test_no_times_are_refused() -> None:
    with pytest.raises(ConfigError, match="must hold at least one"):
        peak("per call")


def test_a_roster_gives_the_wage_of_own_people(
    make_demand: MakeDemand, tariffs: Tariffs, may: Period
) -> None:
    wages = pd.DataFrame({"month": ["2027-05"], "paid_hours": [600.0], "wages": [780_000]})
    facts = InHouseFacts(wages, heads=4, abandonment=0.0, service_level=0.93)
    case = case_of(make_demand(1000, EIGHTY), may)
    offer = peak("per call", PeakTime(open=Span.parse("11:00-14:00")))
    found = quote(offer, case, Context(tariffs, facts))
    (line,) = [line for line in found.lines if line.item == "wages"]
    assert line.rate == pytest.approx(1_300)
    assert line.quantity == pytest.approx(378)
