"""CSV that a spreadsheet cannot run, and folders that stay whole."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.errors import StaffingError
from staffing.io.export import to_csv
from staffing.io.safe_text import RISKY, neutralise, restore


@given(st.text())
def test_no_text_starts_a_formula_and_every_text_comes_back(text: str) -> None:
    safe = neutralise(text)
    assert not safe.startswith(RISKY)
    assert restore(safe) == text or text.startswith("'")


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1"])
def test_a_formula_in_a_name_is_written_as_text(name: str) -> None:
    frame = pd.DataFrame({"agent_name": [name], "cost": [-5]})
    cell = to_csv(frame).decode().splitlines()[1]
    assert cell.lstrip('"').startswith("'")
    assert cell.endswith(",-5")  # numbers stay numbers


def test_encodings_are_what_excel_reads() -> None:
    frame = pd.DataFrame({"name": ["青木 美咲"]})
    assert to_csv(frame, "utf-8-sig").startswith(b"\xef\xbb\xbf")
    assert to_csv(frame, "cp932").decode("cp932").splitlines() == ["name", "青木 美咲"]


def test_a_character_the_encoding_lacks_is_named() -> None:
    with pytest.raises(StaffingError, match=r"'😀'.*utf-8-sig"):
        to_csv(pd.DataFrame({"name": ["😀"]}), "cp932")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    from staffing.io.export import export
    from staffing.plan import plan
    from staffing.samples import sample_folder

    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    made = plan(sample_folder("small-desk") / "plan.toml", until="forecast")
    with pytest.raises(StaffingError, match=r"taken.*cannot be written"):
        export(made, tmp_path / "taken")
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "a file, not a folder"
