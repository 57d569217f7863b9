"""Files are read in UTF-8, with and without BOM, and CP932, and whatever else they are is said."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path

import pytest

from staffing.errors import InputError
from staffing.io import source
from staffing.io.reading import read_table

TEXT = "氏名,wage\n髙橋 ①,1200\n山田,1100\n"


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_table(path, ("agent_name", "wage"))
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["staff.csv", "staff.csv.gz"])
def test_text_is_read_in_every_encoding_and_line_end(
    tmp_path: Path, encoding: str, line_end: str, name: str
) -> None:
    raw = TEXT.replace("\n", line_end).encode(encoding)
    path = tmp_path / name
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    table = read_table(path, ("agent_name", "wage"))
    assert table.frame["agent_name"].tolist() == ["髙橋 ①", "山田"]
    assert table.rows.tolist() == [2, 3]
    assert table.digest == sha256(path.read_bytes()).hexdigest()


def test_half_width_kana_of_cp932_are_not_taken_for_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes("agent_name,wage\nﾀﾅｶ,1\n".encode("cp932"))
    assert read_table(path, ("agent_name", "wage")).frame["agent_name"].tolist() == ["ﾀﾅｶ"]


@pytest.mark.parametrize(
    ("name", "utf8", "cp932"),
    [
        (b"B\xff\xfe", "byte 22 (0xff)", "byte 22 (0xff)"),
        (b"Jos\xe9", "byte 24 (0xe9)", "byte 24 (0xe9)"),  # Latin-1
        ("田".encode("cp932") + b"\x80", "byte 21 (0x93)", "byte 23 (0x80)"),
    ],
)
def test_bytes_of_neither_encoding_are_named_by_place_and_row(
    tmp_path: Path, name: bytes, utf8: str, cp932: str
) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(b"agent_name,wage\nA,1\n" + name + b",1\n")
    found = f"row 3: found {utf8} that is not UTF-8, and {cp932} that is not CP932"
    assert found in refused(path)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "an empty file"),
        (b"\xef\xbb\xbf", "an empty file"),
        (b" \r\n\n", "an empty file"),
        (b"PK\x03\x04rest of a workbook", "an Excel workbook"),
        ("agent_name,wage\nA,1\n".encode("utf-16"), "UTF-16 text"),
        (b"agent_name,wage\nA\x00,1\n", "a zero byte at byte 18"),
        (b"\nagent_name,wage\nA,1\n", "an empty first line"),
    ],
)
def test_what_is_no_text_table_is_named(tmp_path: Path, raw: bytes, said: str) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(raw)
    assert said in refused(path)


def test_a_missing_file_a_folder_and_a_damaged_archive_are_faults_of_the_file(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "none.csv")
    assert refused(tmp_path).startswith(f"{tmp_path}: found ")
    packed = tmp_path / "staff.csv.gz"
    packed.write_bytes(gzip.compress(TEXT.encode() * 100)[:-20])
    assert "a damaged gzip file" in refused(packed)
    packed.write_bytes(TEXT.encode())
    assert "staff.csv.gz" in refused(packed)


def test_more_rows_or_bytes_than_the_limit_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "staff.csv.gz"
    path.write_bytes(gzip.compress(b"agent_name,wage\n" + b"A,1\n" * 5))
    monkeypatch.setattr(source, "MAX_ROWS", 5)
    assert len(read_table(path, ("agent_name", "wage"))) == 5
    monkeypatch.setattr(source, "MAX_ROWS", 4)
    assert "more than 4 rows" in refused(path)
    monkeypatch.setattr(source, "MAX_BYTES", 100)
    monkeypatch.setattr(source, "_CHUNK", 16)
    path.write_bytes(gzip.compress(b"agent_name,wage\n" + b"A,1\n" * 500))  # smaller on disk than as text
    assert path.stat().st_size < 60
    assert "of text" in refused(path)
