"""The catalogues hold every message of the code, and finished sentences find their way back to a message."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import translations
from scripts.messages import Message
from staffing.wording.language import Language, language, preferred
from staffing.wording.templates import Templates


def messages(source: str, folder: Path) -> list[str]:
    """What is collected from a package of one module."""
    (folder / "module.py").write_text(source, encoding="utf-8")
    return [message.text for message in translations.Package(folder).messages]


@pytest.fixture(scope="module")
def collected() -> tuple[Message, ...]:
    """Every message of the code and of the catalogue of tariffs and measures."""
    return translations.messages()


def test_every_message_of_the_code_is_translated_with_the_same_gaps(collected: tuple[Message, ...]) -> None:
    assert translations.faults(collected) == []


def test_collected_are_the_messages_that_the_dashboard_shows(collected: tuple[Message, ...]) -> None:
    found = {message.text for message in collected}
    assert {"Overview", "A better roster was found", "at least answered + abandoned + blocked"} <= found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('tr("Calls")', ["Calls"]),
        ('self.lang.tr("Calls " "offered")', ["Calls offered"]),
        ('Note.of("{n} calls", n=3)', ["{n} calls"]),
        ('Fault(f"{n:,} calls", "fewer calls")', ["fewer calls", "{a} calls"]),
        ('Fault("no calls" if n == 0 else "too many", "some calls")', ["no calls", "some calls", "too many"]),
        ('TEXT = "some calls"\nNote.of(TEXT)', ["some calls"]),
        ('def note(text):\n    return Note.of(text)\nnote("some calls")', ["some calls"]),
        (
            'def found(i):\n    return f"{i} calls"\nfaults.mark(bad, "c", found, "none of them")',
            ["none of them", "{a} calls"],
        ),
        ('print("Calls")', []),
        ("tr(name)", []),
    ],
)
def test_texts_are_followed_to_where_they_are_written(
    source: str, expected: list[str], tmp_path: Path
) -> None:
    assert sorted(messages(source, tmp_path)) == expected


def test_no_page_holds_text_that_is_not_marked() -> None:
    """What is passed to Streamlit as prose goes through `tr`: no literal with words among its arguments."""
    spoken = (
        "title",
        "subheader",
        "markdown",
        "caption",
        "info",
        "success",
        "error",
        "warning",
        "button",
        "metric",
    )
    bare = [
        f"{path.name}:{node.lineno}"
        for path in sorted((translations.PACKAGE / "ui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in spoken
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]
    assert bare == []


@pytest.fixture
def ja() -> Language:
    return language("ja")


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("a whole number from 0", "0以上の整数"),
        ("at most 1,000 seconds", "1,000秒以下"),
        ("one of A, B; nearest: B", "A, B のいずれか(最も近いもの: B)"),
        ("one of A, B", "A, B のいずれか"),
        ("no row on 2027-02-01 at 09:00", "2027-02-01 の 09:00 に行がありません"),
        ("no row of queue 'x' on 2027-02-01 at 09:00", "2027-02-01 の 09:00 に行がありません(窓口'x')"),
        ("must be given: hours from 0 to 168", "必ず指定してください: 0〜168時間"),
        (
            "should be less than 1; allowed: a share such as 0.8",
            "1より小さくしてください。使える値: 0.8 のような割合",
        ),
        (
            "week of 2027-02-15: agent D01 needs at least 39 h by contract 'full', but leave, opening hours, rest "
            "and the contract's shifts allow 24 h; lower min_hours_week to 30 or shorten the leave",
            "2027-02-15 からの週: オペレーター D01 は契約「full」により39時間以上の勤務が必要ですが、"
            "休暇・営業時間・休息・契約のシフトの条件では24時間までです。"
            "min_hours_week を30に下げてください(または休暇を短くしてください)",
        ),
        ("12 in words of its own", "12 in words of its own"),
        ("", ""),
    ],
)
def test_finished_sentences_are_translated(ja: Language, english: str, japanese: str) -> None:
    assert ja.sentence(english) == japanese


@given(st.text(max_size=60))
def test_any_text_survives_the_search_for_its_template(text: str) -> None:
    """A file may hold anything; what has no template comes back as it is, and nothing raises."""
    assert language("en").sentence(text) == text


@given(st.text(min_size=1, max_size=20), st.integers())
def test_a_filled_template_is_found_again(name: str, number: int) -> None:
    template = "the value {value} of column {name} is wrong"
    found = Templates.of([template, "{value} is all"]).match(template.format(value=number, name=name))
    assert found == (template, {"value": str(number), "name": name})


def test_a_note_with_other_gaps_than_its_values_is_still_shown(ja: Language) -> None:
    """Summaries of another version must not break a page."""
    assert ja.note({"text": "{calls} of {all}", "values": {"calls": "3"}}) == "{calls} of {all}"
    assert ja.note({"text": "Reading {file}", "values": {"file": "a.csv"}}) == "a.csv を読み込んでいます"


@pytest.mark.parametrize(
    ("named", "browser", "code"),
    [
        (None, "ja-JP", "ja"),
        (None, "fr-FR", "en"),
        (None, None, "en"),
        ("ja", "en-GB", "ja"),
        ("xx", "ja", "ja"),
    ],
)
def test_the_first_language(named: str | None, browser: str | None, code: str) -> None:
    assert preferred(named, browser) == code


def test_numbers_money_and_dates_as_readers_expect_them(ja: Language) -> None:
    en = language("en")
    assert (ja.number(1234567), en.number(1234.5, 1)) == ("1,234,567", "1,234.5")
    assert (ja.money(1234567, "JPY"), en.money(1234567, "JPY")) == ("1,234,567円", "¥1,234,567")
    assert en.money(123456, "EUR") == "€1,234.56"
    assert (ja.percent(0.0412), en.percent(0.0412)) == ("4.1%", "4.1 %")
    assert (ja.date("2027-02-01"), en.date("2027-02-01")) == ("2027年2月1日(月)", "Mon 1 Feb 2027")
    assert ja.weekdays() == ["月", "火", "水", "木", "金", "土", "日"]
