"""A table's columns are found under many names, and its rows keep the line numbers an editor shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffing.errors import InputError
from staffing.io.headers import ALIASES, plain
from staffing.io.reading import Table, read_table


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode())
    return path


def read(tmp_path: Path, text: str, **options: dict[str, str]) -> Table:
    return read_table(written(tmp_path, text), ("queue", "offered"), ("answered",), **options)


def refused(tmp_path: Path, text: str, **options: dict[str, str]) -> InputError:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text, **options)
    return caught.value


@pytest.mark.parametrize(
    "header",
    [
        "queue,offered",
        " Queue , OFFERED",
        "キュー名,着信数",
        "窓口,着信数(件)",
        "ｷｭｰ,着信呼数（件）",
        "queue;offered",
        "queue\toffered",
    ],
)
def test_names_are_found_whatever_their_case_width_unit_and_separator(tmp_path: Path, header: str) -> None:
    separator = next(sign for sign in ",;\t" if sign in header)
    table = read(tmp_path, f"{header}\nmain{separator}3\n")
    assert table.frame.to_dict("list") == {"queue": ["main"], "offered": ["3"]}


def test_an_alias_belongs_to_one_meaning_within_a_file_kind() -> None:
    history = [name for name in ALIASES if name not in ("start", "weekday", "weight")]
    seen = [plain(alias) for name in history for alias in ALIASES[name]]
    assert len(seen) == len(set(seen))


def test_a_unit_other_than_seconds_is_not_taken_for_seconds() -> None:
    assert plain("平均通話時間(秒)") == plain("平均通話時間")
    assert plain("平均通話時間(分)") != plain("平均通話時間")


def test_columns_not_wanted_are_named(tmp_path: Path) -> None:
    assert read(tmp_path, "queue,offered,応答率,\nmain,3,97%,\n").ignored == ("応答率",)


def test_a_missing_column_names_those_found_and_the_nearest(tmp_path: Path) -> None:
    fault = refused(tmp_path, "queue,ofered,note\nmain,3,x\n").faults[0]
    assert fault.row == 1
    assert fault.column == "offered"
    assert fault.found == "columns 'queue', 'ofered', 'note'"
    assert fault.expected == "a column \"offered\" (着信数); nearest: 'ofered'"


def test_two_columns_of_one_meaning_are_a_fault(tmp_path: Path) -> None:
    assert "columns 'offered' and '着信数'" in str(refused(tmp_path, "queue,offered,着信数\nmain,3,3\n"))


def test_the_users_own_map_comes_first(tmp_path: Path) -> None:
    table = read(tmp_path, "queue,calls in,offered\nmain,7,3\n", column_map={"Calls In": "offered"})
    assert table.frame["offered"].tolist() == ["7"]
    assert table.headers["offered"] == "calls in"
    wrong = refused(tmp_path, "queue,offered\nmain,3\n", column_map={"calls in": "offered"})
    assert "a column 'calls in' (column_map)" in str(wrong)
    with pytest.raises(ValueError, match="column_map names 'offred'"):
        read(tmp_path, "queue,offered\nmain,3\n", column_map={"calls in": "offred"})


@pytest.mark.parametrize(
    "text", ["queue,offered\n", "queue,offered", "queue,offered\n\n\n", "queue,offered\n,\n , \n"]
)
def test_only_a_header_is_a_fault(tmp_path: Path, text: str) -> None:
    assert "only a header" in str(refused(tmp_path, text))


def test_rows_of_another_width_are_named_by_line(tmp_path: Path) -> None:
    error = refused(tmp_path, "queue,offered\nmain,3\nmain\nmain,3,4\n")
    assert [(fault.row, fault.found) for fault in error.faults] == [(3, "1 fields"), (4, "3 fields")]


def test_rows_keep_their_line_numbers_across_blank_lines_and_quoted_line_ends(tmp_path: Path) -> None:
    text = 'queue,offered\n\n"two\nlines",1\n,\n   \n"a ""b"", c",2\r\nlast,3'
    table = read(tmp_path, text)
    assert table.rows.tolist() == [3, 7, 8]
    assert table.frame["queue"].tolist() == ["two\nlines", 'a "b", c', "last"]


def test_a_header_over_two_lines_is_one_header(tmp_path: Path) -> None:
    table = read(tmp_path, 'queue,offered,"no\nte"\nmain,1,\n')
    assert table.rows.tolist() == [3]
    assert table.frame["queue"].tolist() == ["main"]


def test_text_that_looks_like_missing_stays_text(tmp_path: Path) -> None:
    assert read(tmp_path, "queue,offered\nNA,007\nnull,1\n").frame["queue"].tolist() == ["NA", "null"]


def test_a_quotation_that_never_ends_is_a_fault_of_its_row(tmp_path: Path) -> None:
    error = refused(tmp_path, 'queue,offered\nmain,1\n"main,2\nmain,3\n')
    assert error.faults[0].row == 3
