"""Where a rate is from, in Japanese: the shipped catalogue's texts, what bills add to them, and a user's own text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import catalogue, messages, translations
from staffing.wording.language import language
from staffing.wording.origins import ADDITIONS, origin_text
from staffing.wording.words import OPTIONS, phrase

JA, EN = language("ja"), language("en")
WHERE = [text for text, _ in catalogue.texts()]
CODES = {"FAQ"}  # the same in both languages
GAP = re.compile(r"\{\w+\}")


def test_every_text_of_the_shipped_catalogue_has_japanese() -> None:
    assert len(WHERE) > 150
    assert [text for text in WHERE if origin_text(JA, text) == text] == []
    assert [text for text in WHERE if origin_text(EN, text) != text] == []


def test_every_name_of_the_shipped_catalogue_has_japanese() -> None:
    unknown = {name for name in catalogue.names() if phrase(JA, OPTIONS, name) == name}
    assert unknown <= CODES


def test_whatever_a_bill_adds_is_known() -> None:
    """The notes of cost lines and of figures that the code makes, read from its source."""
    package = translations.Package(translations.PACKAGE)
    known = {GAP.sub("_", text) for text in ADDITIONS}
    found: dict[str, str] = {}
    for call, position in (("CostLine.of", 6), ("times", 2), ("Figure", 2)):
        for node, module, around in package.calls[call]:
            if not module.startswith("sourcing/"):  # a figure of a report is something else
                continue
            given_ = [
                *node.args[position : position + 1],
                *(k.value for k in node.keywords if k.arg == "note"),
            ]
            for part in given_:
                for text in package.texts(messages.Place(part, module, around)):
                    found[GAP.sub("_", text).removeprefix("_; ")] = module
    assert len(found) > 20
    assert "leased for _ months" in found
    unknown = {text for text in found if len(re.findall(r"[A-Za-z]", text)) > 1} - known
    assert {text: found[text] for text in unknown} == {}


@pytest.mark.parametrize(
    ("where", "japanese"),
    [
        ("leased PC and headset; leased for 36 months", "リースのPCとヘッドセット、リース期間36か月"),
        ("160 a call; x 1.25", "1件160円、x 1.25"),
        ("200 a call; x 2 for 24/365", "1件200円、24時間365日は×2"),
        (
            "100-300 a call; 50 calls for 10,000 are 200 each; x 2",
            "1件100〜300円。50件1万円なら1件200円、x 2",
        ),
        ("リース会社の見積; leased for 36 months", "リース会社の見積、リース期間36か月"),
        ("leased for 36 months", "リース期間36か月"),
        (
            "a seat with agents of the client's own; a booth-month of 189 h, x 1; kept under the contract's terms",
            "依頼元専任のオペレーターがつく席、1ブース月189時間、×1、契約の条件により維持",
        ),
        (
            "0.5 leave: survey: 50 % would leave after one bad experience",
            "0.5が離れる: 調査: 50%が一度の悪い体験で離れる",
        ),
        ("quote of 1 May; valid to 30 June", "quote of 1 May; valid to 30 June"),
        ("2 months, quote of a vendor", "2 months, quote of a vendor"),
        ("", ""),
    ],
)
def test_the_files_text_and_what_the_bill_adds_are_told_apart(where: str, japanese: str) -> None:
    assert origin_text(JA, where) == japanese
    assert origin_text(EN, where) == where


@given(st.text(alphabet="abcdefgh 0123456789;.", max_size=40))
def test_a_users_own_text_stays_as_it_is(text: str) -> None:
    assert origin_text(EN, text) == text
