"""Rule packs hold the law's figures with their articles; an unknown pack is answered with those there are."""

import csv
from datetime import date
from pathlib import Path

import pytest

from staffing.errors import ConfigError
from staffing.labour import available_packs, load_pack

FIGURES = list(
    csv.DictReader((Path(__file__).parent / "data" / "jp-2023-04.csv").read_text("utf-8").splitlines())
)


@pytest.mark.parametrize("row", FIGURES, ids=lambda row: row["field"])
def test_japanese_figures_and_articles(row: dict[str, str]) -> None:
    pack = load_pack("jp-2023-04")
    assert getattr(pack, row["field"]) == float(row["value"])
    assert pack.article(row["field"]) == row["article"]


def test_japanese_pack_is_in_force_since_april_2023() -> None:
    pack = load_pack("jp-2023-04")
    assert (pack.pack_id, pack.jurisdiction) == ("jp-2023-04", "Japan")
    assert (pack.effective_from, pack.effective_to) == (date(2023, 4, 1), None)


@pytest.mark.parametrize(
    ("work_minutes", "break_minutes"), [(0, 0), (360, 0), (361, 45), (480, 45), (481, 60), (720, 60)]
)
def test_breaks_of_lsa_34(work_minutes: int, break_minutes: int) -> None:
    pack = load_pack("jp-2023-04")
    assert pack.break_needed(work_minutes) == break_minutes
    assert pack.article("breaks") == "LSA 34"


def test_young_workers_have_their_articles() -> None:
    pack = load_pack("jp-2023-04")
    assert pack.article("minor_night") == "LSA 61"
    assert pack.article("minor_overtime") == "LSA 60"


def test_every_available_pack_loads_under_its_own_id() -> None:
    assert "jp-2023-04" in available_packs()
    assert all(load_pack(pack_id).pack_id == pack_id for pack_id in available_packs())


def test_unknown_pack_names_those_there_are() -> None:
    with pytest.raises(ConfigError, match=r"jp-1947.*jp-2023-04"):
        load_pack("jp-1947")
