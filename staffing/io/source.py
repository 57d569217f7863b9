"""A file as bytes: read within limits, digested, and its encoding told apart strictly."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from array import array
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from staffing.errors import Fault, InputError

MAX_ROWS = 5_000_000
MAX_BYTES = 2 * 1024**3  # of text, after decompression
_CHUNK = 4 * 1024**2
_BOM = b"\xef\xbb\xbf"
_FOREIGN = (
    (b"PK\x03\x04", "an Excel workbook or zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
)
# What Python's CP932 makes of bytes that stand for no character.
_NOT_IN_CP932 = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
_EXPECTED = "CSV text in UTF-8 or CP932"


@dataclass(frozen=True)
class Source:
    """The text of one file, still as bytes (without BOM), and the SHA-256 of the file as it lies on disk."""

    file: str
    data: bytes
    encoding: str
    digest: str

    def text(self) -> io.TextIOWrapper:
        """The decoded text, line ends untouched."""
        return io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")


@dataclass(frozen=True)
class Layout:
    """Where each record of a CSV file lies: first line number and number of fields (0: a blank line)."""

    header: tuple[str, ...]
    rows: NDArray[np.int64]
    fields: NDArray[np.int64]


def load(path: Path | str) -> Source:
    """Read a `.csv` or `.csv.gz` file whole.

    Raises:
        InputError: no such file, empty, too large, damaged, or text that is neither UTF-8 nor CP932.
    """
    file = Path(path)
    try:
        digest, data = _read(file)
    except OSError as error:
        reason = "no such file" if isinstance(error, FileNotFoundError) else str(error.strerror or error)
        raise InputError(str(file), [Fault(reason, "a file that can be read")]) from None
    except (EOFError, zlib.error):
        _refuse(file.name, "a damaged gzip file", "the whole file")
    if not data.removeprefix(_BOM).strip():
        _refuse(file.name, "an empty file", "a header line and at least one row")
    encoding = _encoding(file.name, data)
    return Source(file.name, data.removeprefix(_BOM), encoding, digest)


def delimiter(header_line: str) -> str:
    """The separator a header line uses most: comma, semicolon or tab."""
    return max(",;\t", key=header_line.count)


def layout(source: Source, separator: str) -> Layout:
    """Walk through a CSV file once for the place and width of every record.

    Raises:
        InputError: more than `MAX_ROWS` rows, or a quotation that never ends.
    """
    reader = csv.reader(source.text(), delimiter=separator)
    header = tuple(next(reader))
    if not header:
        _refuse(source.file, "an empty first line", "the header", row=1)
    rows, fields = array("q"), array("q")
    first = reader.line_num + 1
    try:
        for record in reader:
            rows.append(first)
            fields.append(len(record) if len(record) > 1 or "".join(record).strip() else 0)
            first = reader.line_num + 1
            if len(rows) > MAX_ROWS:
                _refuse(source.file, f"more than {MAX_ROWS:,} rows", f"at most {MAX_ROWS:,}; split the file")
    except csv.Error as error:
        _refuse(source.file, f"{error}", "quotation marks in pairs", row=first)
    return Layout(header, np.array(rows, dtype=np.int64), np.array(fields, dtype=np.int64))


def _read(file: Path) -> tuple[str, bytes]:
    if file.stat().st_size > MAX_BYTES:
        _refuse_size(file.name)
    raw = file.read_bytes()
    data = _decompress(file.name, raw) if file.suffix == ".gz" else raw
    return sha256(raw).hexdigest(), data


def _decompress(file: str, raw: bytes) -> bytes:
    chunks: list[bytes] = []
    with gzip.GzipFile(fileobj=io.BytesIO(raw)) as stream:
        size = 0
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > MAX_BYTES:
                _refuse_size(file)
            chunks.append(chunk)
    return b"".join(chunks)


def _refuse_size(file: str) -> NoReturn:
    _refuse(file, f"more than {MAX_BYTES // 1024**3} GiB of text", "a smaller file; split it")


def _encoding(file: str, data: bytes) -> str:
    """`utf-8` or `cp932`, whichever decodes every byte."""
    for start, name in _FOREIGN:
        if data.startswith(start):
            _refuse(file, name, _EXPECTED)
    if (zero := data.find(b"\0")) >= 0:
        _refuse(file, f"a zero byte at byte {zero + 1}", _EXPECTED, row=data.count(b"\n", 0, zero) + 1)
    if data.isascii():
        return "utf-8"
    if (utf8 := _first_undecodable(data, "utf-8")) is None:
        return "utf-8"
    marked = data.startswith(_BOM)  # says UTF-8, whatever follows
    if (cp932 := 0 if marked else _first_undecodable(data, "cp932")) is None:
        return "cp932"
    places = (f"byte {place + 1} (0x{data[place]:02x})" for place in (utf8, cp932))
    found = "{} that is not UTF-8, and {} that is not CP932".format(*places)
    raise InputError(file, [Fault(found, _EXPECTED, row=data.count(b"\n", 0, utf8) + 1)])


def _first_undecodable(data: bytes, encoding: str) -> int | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    if encoding == "cp932" and (stray := _NOT_IN_CP932.search(text)):
        return len(text[: stray.start()].encode(encoding))
    return None


def _refuse(file: str, found: str, expected: str, row: int | None = None) -> NoReturn:
    raise InputError(file, [Fault(found, expected, row=row)])
