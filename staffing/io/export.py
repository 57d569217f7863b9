"""Write a plan's folder: every file is made first, then put in place, so a failure leaves the old files."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Literal

import pandas as pd

from staffing.errors import StaffingError
from staffing.io.safe_text import neutralise_frame
from staffing.io.tables import tables
from staffing.plan import Plan
from staffing.summary import input_files, summarise

Encoding = Literal["utf-8", "utf-8-sig", "cp932"]


def export(plan: Plan, folder: Path, *, encoding: Encoding = "utf-8") -> tuple[Path, ...]:
    """Write the tables, the summary and copies of the inputs; returns the files in place.

    Other files in the folder are left alone.

    Raises:
        StaffingError: when the roster breaks a hard rule, the folder cannot be written, or a character does not
            exist in the encoding.
    """
    if plan.roster is not None and not plan.roster.report.passed:
        raise StaffingError(
            "the roster breaks a rule:\n" + "\n".join(map(str, plan.roster.report.violations))
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as made:
            staged = _stage(plan, Path(made), encoding)
            return tuple(_place(path, Path(made), folder) for path in staged)
    except OSError as error:
        raise StaffingError(f"{folder}: cannot be written: {error.strerror or error}") from error


def to_csv(frame: pd.DataFrame, encoding: Encoding = "utf-8") -> bytes:
    """A table as CSV bytes that no spreadsheet runs.

    Raises:
        StaffingError: naming the first character that the encoding lacks.
    """
    text = neutralise_frame(frame).to_csv(index=False, lineterminator="\r\n")
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        character = text[error.start]
        raise StaffingError(
            f"{encoding} has no character {character!r}; choose --encoding utf-8-sig, which Excel also opens"
        ) from None


def _stage(plan: Plan, folder: Path, encoding: Encoding) -> list[Path]:
    paths = []
    for name, frame in tables(plan).items():
        path = folder / name
        path.write_bytes(to_csv(frame, encoding))
        paths.append(path)
    summary = folder / "summary.json"
    summary.write_text(json.dumps(summarise(plan), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (folder / "inputs").mkdir()
    for name, source in input_files(plan).items():
        kept = folder / "inputs" / name
        shutil.copyfile(source, kept)
        paths.append(kept)
    return [*paths, summary]


def _place(path: Path, made: Path, folder: Path) -> Path:
    target = folder / path.relative_to(made)
    target.parent.mkdir(exist_ok=True)
    return path.replace(target)
