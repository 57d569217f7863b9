"""The memo of a decision: its options over the months, and every part that was worked out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from staffing.decision import Decision, decide
from staffing.report.html import page
from staffing.report.memo import DecisionMemo, memo_document, memo_of_decision
from staffing.report.memo.of_decision import QUESTION
from staffing.report.xlsx import workbook
from staffing.wording.language import language
from staffing.wording.words import OPTIONS, phrase, source_phrase
from tests.decision.desk import write_desk
from tests.report.pages import Page, read_workbook


@pytest.fixture(scope="module")
def decision(tmp_path_factory: pytest.TempPathFactory) -> Decision:
    """All parts, over three months."""
    folder: Path = tmp_path_factory.mktemp("memo") / "desk"
    return decide(write_desk(folder).plan, months=3, mix_seconds=5)


@pytest.fixture(scope="module")
def memo(decision: Decision) -> DecisionMemo:
    return memo_of_decision(decision)


def test_options_are_those_of_the_months(decision: Decision, memo: DecisionMemo) -> None:
    assert decision.projection is not None
    assert memo.months == ("2027-02", "2027-03", "2027-04")
    assert memo.calls == pytest.approx(900)
    ahead = decision.projection.options.set_index("option")
    quantiles = decision.projection.risk
    assert quantiles is not None
    for option in memo.options:
        assert option.total == ahead.loc[option.name, "total"]
        assert option.present_value == ahead.loc[option.name, "present_value"]
        assert option.low is not None
        assert option.high is not None
        assert option.low <= option.high
    assert memo.recommended == "per call"


def test_every_part_is_in_the_memo(decision: Decision, memo: DecisionMemo) -> None:
    assert decision.mix is not None
    assert memo.mix is not None
    assert (memo.mix.total, memo.mix.bound) == (decision.mix.total, decision.mix.bound)
    assert [row.calls for row in memo.break_even] == [x.calls for x in decision.break_even.crossings]  # type: ignore[union-attr]
    assert len(memo.measures) == len(decision.measures.ranking)  # type: ignore[union-attr]
    assert {measure.label for measure in memo.measures} == {"example"}
    assert memo.sensitivity_of_month
    named = {row.name for row in memo.sensitivity}
    assert "per call: call beyond those included" in named
    assert {item.label for item in memo.assumptions} >= {"plan"}
    assert next(item.name for item in memo.assumptions if item.where == "[sourcing]") == "months ahead"


def test_without_months_the_memo_is_of_the_plans_days(decision: Decision) -> None:
    memo = memo_of_decision(replace(decision, projection=None))
    assert memo.months == ("2027-02",)
    assert {option.name: option.total for option in memo.options} == dict(
        zip(decision.options["option"], decision.options["total"], strict=True)
    )


def test_no_mix_is_a_remark(decision: Decision) -> None:
    memo = memo_of_decision(replace(decision, mix=None, no_mix="Nobody takes calls in May"))
    assert memo.mix is None
    assert "There is no mix: Nobody takes calls in May" in [str(note) for note in memo.notes]


@pytest.mark.parametrize("code", ["ja", "en"])
def test_page_and_workbook(memo: DecisionMemo, code: str) -> None:
    lang = language(code)
    document = memo_document(memo, lang)
    parsed = Page.of(page(document, lang))
    assert "窓口" in parsed.all("h1")[0].text
    total = next(option.total for option in memo.options if option.name == "per call")
    cells = {
        value for sheet in read_workbook(workbook(document, lang)).values() for value in sheet.cells.values()
    }
    assert float(total) in cells
    text = page(document, lang)
    assert document.sections[0].text[0] == lang.tr(QUESTION)
    for link in parsed.all("a"):
        target = link.attributes["href"]
        assert not target.startswith("#") or f'id="{target[1:]}"' in text


def test_a_size_of_an_option_is_called_after_the_option() -> None:
    lang = language("ja")
    whole = source_phrase(lang, "bundle, 300 calls")
    assert whole == f"{phrase(lang, OPTIONS, 'bundle')}, {lang.sentence('300 calls')}"
    assert "300" in whole
    assert "calls" not in whole
    assert source_phrase(lang, "flat, 300 calls") == phrase(lang, OPTIONS, "flat, 300 calls")
    assert source_phrase(lang, "somebody's own") == "somebody's own"
