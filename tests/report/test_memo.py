"""A decision memo: rows that must belong together, and a document in which every figure leads on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from math import inf

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.notes import Note
from staffing.queueing import Targets, required_agents
from staffing.report.html import page
from staffing.report.memo import (
    Assumption,
    Bill,
    BreakEven,
    DecisionMemo,
    Measure,
    Mix,
    MixPart,
    Option,
    RunnerUp,
    Sensitivity,
    memo_document,
    memo_of_comparison,
)
from staffing.report.memo.months import merged, span
from staffing.report.xlsx import workbook
from staffing.sourcing import Comparison, compare, load_tariffs
from staffing.wording.language import language
from tests.report.conftest import ZONE, weekdays
from tests.report.pages import Page, read_workbook

EN = language("en")


def option(name: str, total: int, once: int = 0, *, meets: bool = True) -> Option:
    bought = Note.of("{agents} agents", agents=3)
    return Option(name, bought, total, once, 1000.0, 0.03 if meets else 0.2, 0.85, meets)


def bill(name: str, item: str, quantity: float, unit: str, rate: float, label: str = "example") -> Bill:
    return Bill(
        name, "2027-05", item, quantity, unit, rate, round(quantity * rate), label, f"{item} of {name}"
    )  # type: ignore[arg-type]


@pytest.fixture
def memo() -> DecisionMemo:
    return DecisionMemo(
        title="Desk",
        question="Outsource, or not?",
        months=("2027-05", "2027-06"),
        currency="JPY",
        calls=2000.0,
        targets=Targets(abandonment=0.05, service_level=0.8, threshold=20),
        options=(
            option("in-house", 900_000),
            option("per call", 250_000, meets=False),
            option("per booth", 700_000, 100_000),
        ),
        bills=(
            bill("in-house", "wages", 750, "paid hour", 1200, "plan"),
            bill("per call", "base fee", 5, "month", 50_000, "source"),
            bill("per booth", "setup fee", 1, "once", 100_000),
            bill("per booth", "booths", 2, "month", 300_000),
        ),
        recommended="per booth",
        mix=Mix(
            (
                MixPart("in-house", Note.of("{n} agents", n=1), 500.0, 400_000),
                MixPart("per booth", Note.of("one"), 1500.0, 280_000),
            ),
            680_000,
            670_000,
            (RunnerUp("booths alone", 700_000, Note.of("a booth costs {share} less", share="3 %")),),
        ),
        break_even=(BreakEven("per call", "per booth", 1000, Note.of("price")),),
        measures=(
            Measure("Chatbot", 500_000, 10_000, 620_000, 200.0, "example", 2500.0, 4000.0),
            Measure("FAQ", 100_000, 5_000, 160_000, 100.0, "example"),
            Measure("Nothing", 0, 0, 0, 0.0, "example"),
        ),
        sensitivity=(
            Sensitivity("wage", "1,100", "1,300", 690_000, 710_000, "per booth", "per booth"),
            Sensitivity(
                "price of a booth", "250,000", "450,000", 600_000, 1_000_000, "per booth", "in-house"
            ),
        ),
        assumptions=(
            Assumption("AHT", 300, "second", "plan"),
            Assumption("in-house: wages", 1200, "paid hour", "example", "w"),
        ),
        made_from=(("plan.toml", "abc"),),
    )


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda m: replace(m, bills=m.bills[:-1]),
            "the bill of 'per booth' does not add up to its total 700000",
        ),
        (
            lambda m: replace(m, options=(*m.options[:2], replace(m.options[2], once=0))),
            "what the bill of 'per booth' asks once is not 0",
        ),
        (lambda m: replace(m, recommended="per call"), "'per call' is recommended, but misses the target"),
        (lambda m: replace(m, recommended="hourly"), "'hourly' is recommended, but is no option"),
        (lambda m: replace(m, recommended="mix", mix=None), "the mix is recommended, but there is none"),
        (
            lambda m: replace(m, mix=replace(m.mix, total=1)),
            "the parts of the mix do not add up to its total 1",
        ),
        (
            lambda m: replace(m, lost=(bill("in-house", "lost orders", 10, "lost call", 500),)),
            "the lost calls of 'in-house' are not worth 0",
        ),
        (lambda m: replace(m, months=()), "a memo needs at least one month"),
    ],
)
def test_rows_that_do_not_belong_together_are_refused(
    memo: DecisionMemo, change: Callable[[DecisionMemo], DecisionMemo], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        change(memo)


def test_options_that_miss_the_target_come_last_however_cheap(memo: DecisionMemo) -> None:
    assert [option.name for option in memo.ranked] == ["per booth", "in-house", "per call"]


def test_lost_calls_rank_options_only_where_they_are_counted(memo: DecisionMemo) -> None:
    """Booths lose calls worth 250,000: 950,000 against 900,000 in-house."""
    booths = replace(memo.options[2], lost_calls_cost=250_000)
    lost = (bill("per booth", "lost orders", 500, "lost call", 500),)
    shown = replace(memo, options=(*memo.options[:2], booths), lost=lost)
    assert [option.name for option in shown.ranked] == ["per booth", "in-house", "per call"]
    counted = replace(shown, lost_calls_counted=True, recommended="in-house")
    assert [option.name for option in counted.ranked] == ["in-house", "per booth", "per call"]
    front = memo_document(counted, EN).sections[0]
    assert front.text[1].endswith("Next at the same target: Outsourced, per booth, ¥50,000 more.")
    assert front.text[-1] == "Options are ranked with what their lost calls are worth; costs do not hold it."
    assert front.table("options").column("lost") == (None, 250_000, None)


def test_derived_figures_by_hand(memo: DecisionMemo) -> None:
    assert memo.mix is not None
    assert memo.mix.gap == pytest.approx(10_000 / 680_000)
    assert [measure.per_call_saved for measure in memo.measures] == [3100, 1600, None]
    assert [row.swing for row in memo.sensitivity] == [20_000, 400_000]
    assert memo.options[0].per_call == 900
    assert memo.total == 700_000
    assert replace(memo, recommended="mix").total == 680_000


def test_the_first_page_says_what_to_do_and_at_what_target(memo: DecisionMemo) -> None:
    front = memo_document(memo, EN).sections[0]
    assert front.text == (
        "Outsource, or not?",
        "Recommended: Outsourced, per booth, ¥700,000. Next at the same target: In-house, ¥200,000 more.",
        "What would tip it: Outsourced, per booth stays the cheapest from 1,000 calls a month on (1,000 expected); "
        'below it is Outsourced, per call. With "price of a booth" at 450,000, In-house would be the cheapest.',
        "What to do next: Put quotes in the place of market examples, which make 100 % of its cost: "
        "booths, setup fee.",
        "Target for every option: (abandoned + blocked) / offered at most 5.0 %; 80 % of the calls offered answered "
        "within 20 s.",
    )
    assert front.table("measures-first").column("measure") == ("FAQ", "Chatbot", "Nothing")
    reasons = memo_document(memo, EN).sections[1]
    assert reasons.table("sensitivity").column("input") == ("price of a booth", "wage")


def test_without_an_option_that_reaches_the_target_none_is_recommended(memo: DecisionMemo) -> None:
    lost = tuple(replace(option, meets_target=False) for option in memo.options)
    front = memo_document(replace(memo, options=lost, recommended=None), EN).sections[0]
    assert front.text[1] == "No option reaches the target; the table says by how much each misses it."


def test_every_row_of_the_first_page_leads_to_the_appendix(memo: DecisionMemo) -> None:
    document = memo_document(memo, EN)
    for table in document.sections[0].tables:
        assert len(table.links) == len(table.rows), table.key
        assert all(table.links), table.key
    parsed = Page.of(page(document, EN))
    ids = {element.attributes.get("id") for element in parsed.elements}
    links = [str(element.attributes["href"])[1:] for element in parsed.all("a")]
    assert len(links) == 3 + 2 + 3  # options, sources of the mix, measures
    assert set(links) <= ids


def test_a_bill_shows_quantity_rate_amount_and_where_from(memo: DecisionMemo) -> None:
    document = memo_document(memo, EN)
    table = document.sections[3].table("bill-in-house")
    assert table.rows == (
        ("wages", "2027-05", 750, "paid hour", 1200, 900_000, "your plan", "wages of in-house"),
    )
    assert table.foot is not None
    assert table.foot[table.place("amount")] == 900_000


def test_months_of_one_rate_are_one_line(memo: DecisionMemo) -> None:
    """Wages of 450,000 in each month at 1,200, in July at 1,300: two lines, and the same sum."""
    months = [("2027-05", 1200), ("2027-06", 1200), ("2027-07", 1300)]
    lines = [
        Bill("in-house", month, "wages", 375, "paid hour", rate, 375 * rate, "plan") for month, rate in months
    ]
    first, second = merged(lines)
    assert (first.month, first.quantity, first.rate, first.amount) == (
        "2027-05 – 2027-06",
        750,
        1200,
        900_000,
    )
    assert (second.month, second.amount) == ("2027-07", 487_500)


@pytest.mark.parametrize(
    ("months", "text"),
    [
        (("2027-05",), "2027-05"),
        (("2027-12", "2028-01", "2028-02"), "2027-12 – 2028-02"),
        (("2027-03", "2027-04", "2027-12"), "2027-03 – 2027-12 (3)"),
    ],
)
def test_months_left_out_between_the_first_and_the_last_are_told(months: tuple[str, ...], text: str) -> None:
    assert span(months) == text


@given(
    st.lists(
        st.tuples(st.integers(1, 12), st.sampled_from(["wages", "seats"]), st.integers(1, 3)), min_size=1
    )
)
def test_merging_keeps_every_sum(found: list[tuple[int, str, int]]) -> None:
    lines = [bill("in-house", item, month, "hour", rate) for month, item, rate in found]
    together = merged(lines)
    assert sum(line.amount for line in together) == sum(line.amount for line in lines)
    assert sum(line.quantity for line in together) == sum(line.quantity for line in lines)
    assert len({(line.item, line.rate) for line in together}) == len(together)


def test_between_two_crossings_both_neighbours_are_named(memo: DecisionMemo) -> None:
    """1,000 calls a month lie between 600 and 1,500."""
    both = replace(
        memo,
        break_even=(
            BreakEven("per call", "per booth", 600, Note.of("price")),
            BreakEven("per booth", "in-house", 1500, Note.of("price")),
        ),
        sensitivity=(),
    )
    assert memo_document(both, EN).sections[0].text[2] == (
        "What would tip it: Outsourced, per booth stays the cheapest from 600 to 1,499 calls a month (1,000 "
        "expected); below it is Outsourced, per call, above it In-house."
    )


def test_nothing_is_said_of_volumes_where_another_option_is_the_cheapest_in_a_month(
    memo: DecisionMemo,
) -> None:
    """The months ahead may choose otherwise than the break-even of one month: neither is then called the cheapest."""
    other = replace(
        memo, break_even=(BreakEven("per call", "in-house", 600, Note.of("price")),), sensitivity=()
    )
    assert not any("tip" in text for text in memo_document(other, EN).sections[0].text)


def test_what_must_be_ordered_and_quoted_is_said(memo: DecisionMemo) -> None:
    booths = replace(memo.options[2], order_month="2027-03")
    lines = tuple(replace(line, label="plan") if line.item == "booths" else line for line in memo.bills)
    found = replace(memo, options=(*memo.options[:2], booths), bills=lines)
    assert memo_document(found, EN).sections[0].text[3] == (
        "What to do next: Order by 2027-03, so that it takes calls from 2027-05 on. Put quotes in the place of "
        "market examples, which make 14 % of its cost: setup fee."
    )
    known = replace(found, bills=tuple(replace(line, label="plan") for line in lines))
    assert memo_document(known, EN).sections[0].text[3].endswith("None of its prices is a market example.")


def test_a_recommended_mix_names_the_change_at_which_the_next_one_wins(memo: DecisionMemo) -> None:
    assert memo_document(replace(memo, recommended="mix"), EN).sections[0].text[2] == (
        "What would tip it: booths alone would win if a booth costs 3 % less."
    )


def test_assumptions_begin_with_the_weakest_kind_of_figure(memo: DecisionMemo) -> None:
    labels = memo_document(memo, EN).sections[-1].tables[0].column("label")
    assert labels == ("market example", "your plan")


def test_parts_not_worked_out_are_left_out(memo: DecisionMemo) -> None:
    bare = replace(memo, mix=None, break_even=(), measures=(), sensitivity=())
    document = memo_document(bare, EN)
    assert [section.key for section in document.sections] == [
        "decision",
        "options-section",
        "bills",
        "assumptions-section",
    ]
    assert [table.key for table in document.sections[0].tables] == ["options"]


@pytest.mark.parametrize("code", ["ja", "en"])
def test_the_workbook_sums_each_bill_by_formula(memo: DecisionMemo, code: str) -> None:
    lang = language(code)
    sheets = read_workbook(workbook(memo_document(memo, lang), lang))
    name = {"ja": "費用明細  外部委託(ブース課金)", "en": "Bill  Outsourced, per booth"}[code]
    sheet = next(sheet for key, sheet in sheets.items() if key.split() == name.split())
    ((place, formula),) = sheet.formulas.items()
    assert formula == "SUM(F7:F8)"
    assert sheet.cells[place] == 700_000


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """May 2027, weekdays 9-18, 1,000 calls of 5 minutes: the example of docs/sourcing.md."""
    moments = [
        datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)
        for day in weekdays(date(2027, 5, 1), date(2027, 5, 31))
        for hour in range(9, 18)
    ]
    calls = np.full(len(moments), 1000 / len(moments))
    target = Targets(service_level=0.8, threshold=20)
    demand = pd.DataFrame(
        {
            "queue": "desk",
            "interval_start": pd.DatetimeIndex(moments),
            "business_date": pd.DatetimeIndex([moment.replace(tzinfo=None, hour=0) for moment in moments]),
            "calls": calls,
            "aht_seconds": 300.0,
            "agents_net": required_agents(calls, 300, target, interval=3600),
            "agents_gross": 3,
        }
    )
    return compare(
        demand,
        target,
        load_tariffs(),
        interval_minutes=60,
        patience_seconds=inf,
        period=(date(2027, 5, 1), date(2027, 5, 31)),
    )


def test_a_comparison_becomes_a_memo(comparison: Comparison) -> None:
    """Its cheapest option that meets the target is recommended; every price is an assumption with its label."""
    made = memo_of_comparison(
        comparison, title="Desk", question="?", calls=1000.0, targets=Targets(service_level=0.8)
    )
    assert comparison.cheapest is not None
    assert made.recommended == comparison.cheapest.option
    assert {option.name: option.total for option in made.options} == {
        option.option: option.total for option in comparison.options
    }
    told = pd.concat([comparison.lines, comparison.lost])
    prices = told[["option", "item", "rate", "unit", "source", "where"]].drop_duplicates()
    assert len(made.assumptions) == len(prices)
    priced = {(item.name, item.value, item.label) for item in made.assumptions}
    assert ("per call: calls beyond those included", 300.0, "example") in priced
    assert ("per call: base fee", 30_000.0, "source") in priced
    front = memo_document(made, language("ja")).sections[0]
    assert front.text[1].startswith("推奨: ")
    assert len(front.table("options").rows) == 6  # the cheapest; the appendix has them all
    bills = memo_document(made, language("ja")).sections[1]
    assert len(bills.table("options-all").rows) == len(comparison.options)
