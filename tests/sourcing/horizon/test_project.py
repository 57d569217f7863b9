"""A horizon by hand: what is paid when, what terms keep, what growth hires."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from staffing.errors import ConfigError
from staffing.queueing import Targets
from staffing.sourcing import Context, Figure, LearningMonth, Offered, Overflow, Peak, Tariffs, Terms
from staffing.sourcing.horizon.growth import growth_lines
from staffing.sourcing.horizon.kept import kept
from staffing.sourcing.horizon.project import project
from staffing.sourcing.horizon.shape import DemandShape
from staffing.sourcing.horizon.tax import load_tax
from staffing.sourcing.horizon.volumes import Season
from staffing.sourcing.lines import CostLine, total
from staffing.sourcing.tariffs.peak import PeakTime

PLAIN = DemandShape.even(Targets(service_level=0.8), shrinkage=0.3)


def test_three_months_by_hand(tariffs: Tariffs, context: Context) -> None:
    """1,000 calls in April and, at 44 % of growth a year, more each month: x 1.44^(k / 12).

    The per-call plan needs two channels throughout: 10,000 once, then 30,000 + 10,000 + 300 (V - 50) a month.
    At 12 % a year a month's factor is q = 1.12^(-1/12).
    """
    settings = {"start": "2027-04", "months": 3, "calls": 1000, "growth": 0.44, "rate": 0.12}
    found = project(tariffs.per_call, PLAIN, context, tax=load_tax(), **settings)
    calls = [1000 * 1.44 ** (k / 12) for k in range(3)]
    bills = [40_000 + round(300 * (x - 50)) for x in calls]
    assert bills[0] == 325_000
    months = found.months
    assert months["amount"].tolist() == [bills[0] + 10_000, *bills[1:]]
    assert months["channels"].tolist() == [2, 2, 2]
    q = 1.12 ** (-1 / 12)
    value = 10_000 + sum(bill * q ** (k + 1) for k, bill in enumerate(bills))
    row = found.options.iloc[0]
    assert row["present_value"] == round(value)
    assert row["per_handled_call"] == pytest.approx((sum(bills) + 10_000) / sum(calls))
    assert row["tax"] == pytest.approx(0.1 * (sum(bills) + 10_000), abs=1.5)
    assert (row["once"], row["months_missed"]) == (10_000, 0)
    assert found.flow.table("per call")["setup fee"].tolist() == [10_000, 0, 0]


def test_a_season_under_a_minimum_term(tariffs: Tariffs, context: Context) -> None:
    """Booths for 2,500 calls in April and 300 after: the second and third booth are kept for the minimum term.

    Three booths answer 2,500 calls to the target; 300 take one. With a minimum of three months what April bought
    stays until June. A booth for a month's weekdays costs 290,000 x days / 21: May 2027 has 21, June 22.
    """
    offer = replace(tariffs.per_booth[0], terms=Terms(minimum_months=Figure(3)))
    season = Season.of({4: 2500 / 300})
    april = 2500 / season.factors[3]
    found = project([offer], PLAIN, context, start="2027-04", months=4, calls=april, season=season)
    free = project(
        [tariffs.per_booth[0]], PLAIN, context, start="2027-04", months=4, calls=april, season=season
    )
    assert found.sizes["seats"].tolist() == [3, 1, 1, 1]
    extra = found.lines[found.lines["item"].str.endswith("beyond need")]
    assert extra["month"].tolist() == ["2027-05", "2027-06"]
    assert extra["quantity"].tolist() == [2 * 21 * 9, 2 * 22 * 9]
    paid = [round(2 * 290_000 * days / 21) for days in (21, 22)]
    assert extra["amount"].tolist() == paid
    assert found.options["total"].item() - free.options["total"].item() == sum(paid)
    assert free.sizes["stranded"].tolist() == [0, 0, 0, 0]
    # ended at the end of April, May and June are owed for three booths and the management fee
    fee = 25_000
    assert found.sizes["stranded"].tolist() == [
        round(3 * 290_000 * 43 / 21) + 2 * fee,
        round(3 * 290_000 * 22 / 21) + fee,
        0,
        0,
    ]


def test_notice_and_exit_are_stranded(tariffs: Tariffs, context: Context) -> None:
    """Ended at any month's end, two months' fees for two channels and the exit fee are still owed."""
    terms = Terms(notice_months=Figure(2), exit_fee=Figure(7000), lead_months=Figure(1))
    offer = replace(tariffs.per_call[0], terms=terms)
    found = project([offer], PLAIN, context, start="2027-04", months=3, calls=1000)
    assert found.sizes["stranded"].tolist() == [2 * 40_000 + 7000] * 3
    assert any("must be ordered by 2027-03, 1 months before" in str(note) for note in found.notes)


def test_leases_of_seats_that_a_peak_needed(tariffs: Tariffs) -> None:
    """PCs leased for six months for a peak of one month: five months beyond need, and owed while they run."""
    own = replace(tariffs.in_house, pc_lease_months=Figure(6))
    seats = [4, 2, 2, 2, 2, 2, 2]
    months = [f"2027-0{k}" for k in range(1, 8)]
    bills = [
        (CostLine.of(month, "PC leases", count, "seat-month", Figure(5000)),)
        for month, count in zip(months, seats, strict=True)
    ]
    held = kept(own, replace(tariffs, in_house=own), bills, months, np.full(7, 21.0))
    assert [(line.month, line.quantity) for line in held.lines] == [(month, 2.0) for month in months[1:6]]
    assert total(held.lines) == 5 * 2 * 5000
    # two leases run to June, two were begun in January and go on, free to end from July on
    assert held.stranded.tolist() == [4 * 5 * 5000, 4 * 4 * 5000, 4 * 3 * 5000, 4 * 2 * 5000, 4 * 5000, 0, 0]


def test_notice_of_ones_own_people_is_their_pay(tariffs: Tariffs, context: Context) -> None:
    """A month of notice: wages, supervisors and insurance of a month are owed whenever the desk is closed."""
    own = replace(tariffs.in_house, terms=Terms(notice_months=Figure(1), exit_fee=Figure(5000)))
    found = project([own], PLAIN, context, start="2027-04", months=2, calls=1000)
    table = found.flow.table("in-house")
    pay = table[["wages", "supervisors", "employer's social insurance"]].sum(axis=1)
    assert found.sizes["stranded"].tolist() == (pay + 5000).tolist()


def test_consignment_holds_seats_by_the_lease_and_hours_by_the_terms(
    offers: tuple[Offered, ...], tariffs: Tariffs
) -> None:
    """In the second of three months half is needed: leases of 3 months are kept, hours under no term are not."""
    offer = next(x for x in offers if x.name == "consignment")
    around = replace(tariffs, in_house=replace(tariffs.in_house, pc_lease_months=Figure(3)))
    months = ["2027-04", "2027-05", "2027-06"]
    bills = [
        (
            CostLine.of(month, "PC leases", count, "seat-month", Figure(5000)),
            CostLine.of(month, "seats", count, "seat-month", Figure(15_000)),
            CostLine.of(month, "seat-hours, a", 100 * count, "seat-hour", Figure(1800)),
        )
        for month, count in zip(months, (4, 2, 4), strict=True)
    ]
    free = kept(offer, around, bills, months, np.full(3, 20.0))
    assert [(line.month, line.item, line.quantity) for line in free.lines] == [
        ("2027-05", "PC leases, beyond need", 2)
    ]
    bound = kept(
        replace(offer, terms=Terms(minimum_months=Figure(2))), around, bills, months, np.full(3, 20.0)
    )
    assert [(line.month, line.item, line.quantity) for line in bound.lines] == [
        ("2027-05", "PC leases, beyond need", 2),
        ("2027-05", "seat-hours, a, beyond need", 200),
    ]


SHARED_MONTHS = ["2027-04", "2027-05", "2027-06", "2027-07"]
SHARED_BILLS = [  # a vendor beside own people: three channels more in April only
    (
        CostLine.of(month, "wages", 100, "paid hour", Figure(1200)),
        CostLine.of(month, "base fee", 1, "month", Figure(30_000)),
        *([CostLine.of(month, "extra channels", extra, "channel-month", Figure(10_000))] if extra else []),
        CostLine.of(month, "calls beyond those included", 500, "call", Figure(300)),
    )
    for month, extra in zip(SHARED_MONTHS, (3, 0, 0, 0), strict=True)
]
SHARED_VENDOR = frozenset({"base fee", "extra channels", "calls beyond those included"})


def shared_with(tariffs: Tariffs, vendor: Terms, desk: Terms) -> Tariffs:
    """A per-call plan and a desk of such terms, and an overflow offer that states none."""
    plan = replace(tariffs.per_call[0], terms=vendor)
    offer = Overflow(name="both", vendor=plan.name, after_seconds=Figure(20))
    return replace(tariffs, in_house=replace(tariffs.in_house, terms=desk), offers=(plan, offer))


def test_calls_shared_with_a_vendor_are_under_its_terms(tariffs: Tariffs) -> None:
    """A minimum of three months: what April bought is kept in May and June, calls are paid as they come.

    Given up at the end of April, two months of the fee and of three channels are owed: 2 x (30,000 + 3 x 10,000) =
    120,000; at the end of May one, 60,000; later a month of notice for the fee, 30,000, with three channels free to
    go at the end of June. Wages are own people's: a month's notice is 120,000 each time. The exit costs 5,000.
    """
    terms = Terms(minimum_months=Figure(3), notice_months=Figure(1), exit_fee=Figure(5000))
    around = shared_with(tariffs, terms, Terms(notice_months=Figure(1)))
    held = kept(around.named("both"), around, SHARED_BILLS, SHARED_MONTHS, np.full(4, 21.0), SHARED_VENDOR)
    assert [(line.month, line.item, line.quantity) for line in held.lines] == [
        ("2027-05", "extra channels, beyond need", 3),
        ("2027-06", "extra channels, beyond need", 3),
    ]
    assert total(held.lines) == 60_000
    assert held.stranded.tolist() == [245_000, 185_000, 155_000, 155_000]


def test_terms_of_its_own_come_before_the_vendors(tariffs: Tariffs) -> None:
    """A minimum that the offer states is its own, even of 0 months; its lead is the vendor's."""
    around = shared_with(tariffs, Terms(minimum_months=Figure(3), lead_months=Figure(2)), Terms())
    offer = replace(around.named("both"), terms=Terms(minimum_months=Figure(0, "plan", "by the season")))
    held = kept(offer, around, SHARED_BILLS, SHARED_MONTHS, np.full(4, 21.0), SHARED_VENDOR)
    assert held.lines == ()
    assert around.terms_of(offer).lead_months.value == 2


def test_an_overflow_offer_is_projected_under_the_terms_of_its_vendor(tariffs: Tariffs) -> None:
    """Two months before the first the vendor must be ordered, and its fee is owed for a year from then on."""
    terms = Terms(lead_months=Figure(2), minimum_months=Figure(12))
    around = shared_with(tariffs, terms, Terms())
    found = project([around.named("both")], PLAIN, Context(around), start="2027-04", months=3, calls=1000)
    assert any("must be ordered by 2027-02" in str(note) for note in found.notes)
    fee = found.flow.table("both")["base fee"]
    assert (fee > 0).all()
    stranded = found.sizes["stranded"].to_numpy()
    assert (stranded >= np.array([11, 10, 9]) * int(fee.iloc[0])).all()


def test_a_vendor_that_begins_later_is_set_up_then(tariffs: Tariffs, context: Context) -> None:
    """Booths for June only: setup, training and manual are paid in June, once."""
    june = Peak(name="june", vendor=tariffs.per_booth[0].name, times=(PeakTime(months=("june",)),))
    around = Context(replace(tariffs, offers=(*tariffs.offers, june)))
    found = project([june], PLAIN, around, start="2027-04", months=4, calls=1000)
    setup = found.flow.table("june")["setup fee"]
    assert (setup > 0).tolist() == [False, False, True, False]


def test_a_new_desk_learns_month_by_month(tariffs: Tariffs) -> None:
    """All people begin in April: 40 % more hours then, 20 % in May; from June on the staff is in balance.

    In balance a share a (1 - a)^(k - 1) of people is in month k of employment, a = 0.03: they do
    1 - 0.03 (1 - 1 / 1.4) - 0.03 x 0.97 (1 - 1 / 1.2) = 0.98658 of what experienced people do.
    """
    learning = tuple(LearningMonth(aht_factor=Figure(factor)) for factor in (1.4, 1.2))
    own = replace(tariffs.in_house, learning=learning, aht_includes_new=False)
    new = Context(replace(tariffs, in_house=own), new_desk=True)
    table = project([own], PLAIN, new, start="2027-04", months=3, calls=1000).flow.table("in-house")
    slower = (table["slower new people"] / table["wages"]).tolist()
    assert slower == pytest.approx([0.4, 0.2, 1 / 0.98658 - 1], abs=1e-5)
    assert (table["recruiting at the start"] > 0).tolist() == [True, False, False]


def test_growth_hires_whoever_was_never_there(tariffs: Tariffs) -> None:
    """Heads 4, 6, 5, 7: two hired in the second month, none in the third, one in the fourth."""
    own = replace(
        tariffs.in_house, training_hours=Figure(40), wage_hour=Figure(1000), social_insurance=Figure(0.15)
    )
    found = list(growth_lines(own, [4, 6, 5, 7], ["a", "b", "c", "d"]))
    assert [(x.month, x.item, x.quantity, x.amount) for x in found] == [
        ("b", "recruiting for growth", 2, 200_000),
        ("b", "training for growth", 80, 92_000),  # 80 h x 1,000 x 1.15
        ("d", "recruiting for growth", 1, 100_000),
        ("d", "training for growth", 40, 46_000),
    ]


def test_every_kind_over_a_year(offers: tuple[Offered, ...], shape: DemandShape, context: Context) -> None:
    found = project(offers, shape, context, start="2027-04", months=3, calls=900, tax=load_tax())
    assert found.options["option"].tolist() == [offer.name for offer in offers]
    assert (found.options["total"] > 0).all()
    assert len(found.months) == 3 * len(offers)
    assert found.months["amount"].sum() == found.options["total"].sum() == found.lines["amount"].sum()
    fit = found.options[found.options["months_missed"] == 0]
    assert found.cheapest == fit.loc[fit["present_value"].idxmin(), "option"]
    untaxed = found.months.groupby("option")["taxable"].sum() < found.months.groupby("option")["amount"].sum()
    assert untaxed["in-house"]
    assert untaxed["colleagues"]
    assert untaxed["calls"]  # escalations and liaison are the client's own wages
    assert not untaxed["hourly"]


def test_a_target_that_cannot_be_had_is_told_by_month(tariffs: Tariffs, context: Context) -> None:
    """Three channels, the most sold, do not answer 80 % of 4,000 calls in 20 s."""
    found = project(tariffs.per_call, PLAIN, context, start="2027-04", months=2, calls=4000)
    assert found.options["months_missed"].item() == 2
    assert found.cheapest is None
    assert any("does not meet what is asked in 2 of 2 months" in str(note) for note in found.notes)


def test_settings_that_cannot_be_used_are_named(tariffs: Tariffs, context: Context) -> None:
    with pytest.raises(ConfigError, match="months = 0"):
        project(tariffs.per_call, PLAIN, context, start="2027-04", months=0, calls=100)
