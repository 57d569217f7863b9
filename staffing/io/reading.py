"""Read a CSV file into text columns with canonical names; rows keep the numbers an editor shows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from staffing.errors import Fault, InputError
from staffing.io.faults import Faults
from staffing.io.headers import Wanted, match_headers
from staffing.io.source import Source, delimiter, layout, load


@dataclass(frozen=True)
class Table:
    """A file's wanted columns, still as text.

    `frame` has canonical column names; its index holds each row's line number as an editor shows it (the header
    is line 1). `headers` gives the name each column has in the file, `ignored` the names not used.
    """

    file: str
    digest: str
    frame: pd.DataFrame
    headers: Mapping[str, str]
    ignored: tuple[str, ...]

    def __contains__(self, column: str) -> bool:
        return column in self.headers

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def rows(self) -> NDArray[np.int64]:
        """The line number of every row."""
        return self.frame.index.to_numpy()

    def faults(self) -> Faults:
        """An empty collection of faults for this file."""
        return Faults(self.file, self.rows)


def read_table(
    path: Path | str,
    required: Iterable[Wanted],
    optional: Iterable[str] = (),
    column_map: Mapping[str, str] | None = None,
) -> Table:
    """Read a `.csv` or `.csv.gz` file: UTF-8 (with or without BOM) or CP932, comma, semicolon or tab.

    Blank lines are passed over.

    Args:
        path: the file.
        required: canonical names of columns that must be there; a tuple asks for any one of its names.
        optional: canonical names of columns that may be there.
        column_map: name in the file -> canonical name, for names that `staffing.io.headers` does not know.

    Raises:
        InputError: the file cannot be read, lacks columns or rows, or rows have too few or too many fields.
    """
    source = load(path)
    first_line = source.text().readline()
    shape = layout(source, separator := delimiter(first_line))
    places, faults = match_headers(shape.header, required, optional, column_map)
    if faults:
        raise InputError(source.file, faults)
    rows = shape.rows[shape.fields > 0]
    if not len(rows):
        raise InputError(source.file, [Fault("only a header", "at least one row below it")])
    _check_widths(source.file, len(shape.header), rows, shape.fields[shape.fields > 0])
    frame = _parse(source, separator, len(shape.header), places)[shape.fields > 0].set_axis(rows)
    frame = frame[~_blank(frame)]
    if frame.empty:
        raise InputError(source.file, [Fault("only a header and empty rows", "at least one row below it")])
    return Table(
        file=source.file,
        digest=source.digest,
        frame=frame,
        headers={name: shape.header[place] for name, place in places.items()},
        ignored=tuple(
            name for i, name in enumerate(shape.header) if i not in places.values() and name.strip()
        ),
    )


def _check_widths(file: str, width: int, rows: NDArray[np.int64], fields: NDArray[np.int64]) -> None:
    faults = Faults(file, rows)
    faults.mark(fields != width, None, lambda i: f"{fields[i]} fields", f"{width}, as the header has")
    faults.check()


def _parse(source: Source, separator: str, width: int, places: Mapping[str, int]) -> pd.DataFrame:
    names = {place: name for name, place in places.items()}
    return pd.read_csv(
        io.BytesIO(source.data),
        encoding=source.encoding,
        sep=separator,
        header=0,
        names=[names.get(i, f"#{i}") for i in range(width)],
        usecols=list(places),
        index_col=False,
        dtype=str,
        na_filter=False,
        skip_blank_lines=False,
        low_memory=False,
    )


def _blank(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Rows without any text, as spreadsheets leave them below a table."""
    blank = np.ones(len(frame), dtype=bool)
    for name in frame.columns:
        if not blank.any():
            break
        blank[blank] = frame.loc[blank, name].str.strip().eq("").to_numpy()
    return blank
