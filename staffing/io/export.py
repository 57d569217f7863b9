"""Write a plan's folder: every file is made first, then put in place, so a failure leaves the old files."""

from __future__ import annotations

import errno
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from staffing.config import PlanConfig
from staffing.config.inputs import named_files
from staffing.errors import StaffingError
from staffing.io.safe_text import neutralise_frame
from staffing.io.tables import NAMES, tables
from staffing.plan import Plan
from staffing.summary import summarise

Encoding = Literal["utf-8", "utf-8-sig", "cp932"]
SUMMARY = "summary.json"


def export(plan: Plan, folder: Path | str, *, encoding: Encoding = "utf-8") -> tuple[Path, ...]:
    """Write the tables, the summary and copies of the inputs; returns the files in place.

    Tables of an earlier plan that this one did not make are taken out, since the new summary does not speak of them.
    Other files in the folder are left alone.

    Raises:
        StaffingError: when the roster breaks a hard rule, a result would take an input's place, the folder cannot be
            written, or a character does not exist in the encoding.
    """
    if plan.roster is not None and not plan.roster.report.passed:
        raise StaffingError(
            "the roster breaks a rule:\n" + "\n".join(map(str, plan.roster.report.violations))
        )
    folder = Path(folder)
    made = {name: to_csv(frame, encoding) for name, frame in tables(plan).items()}
    made |= {f"inputs/{name}": content for name, content in plan.inputs.items()}
    made[SUMMARY] = _json(summarise(plan))  # last: who sees the new summary finds the new tables
    try:
        _spare_inputs(plan.config, folder, dict.fromkeys(NAMES, b"") | made)
        return _put(made, folder)
    except OSError as error:
        place = error.filename or folder
        raise StaffingError(f"{place}: cannot be written: {error.strerror or error}") from error


def check_folder(config: PlanConfig, folder: Path) -> None:
    """Make sure, before anything is computed, that results would not be written over the files they are made from.

    Raises:
        StaffingError: naming the file in danger.
    """
    _spare_inputs(config, folder, dict.fromkeys(NAMES, b""))


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


def _json(summary: dict[str, Any]) -> bytes:
    return (json.dumps(summary, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _spare_inputs(config: PlanConfig, folder: Path, made: Mapping[str, bytes]) -> None:
    """Refuse to write anything else over a file that the plan reads."""
    for path in (config.file, *named_files(config).values()):
        for name, content in made.items():
            target = folder / name
            if path.is_file() and target.exists() and target.samefile(path) and path.read_bytes() != content:
                raise StaffingError(
                    f"{path} is read by this plan and would be overwritten by its results; choose another folder for "
                    "them, or rename the file"
                )


def _put(made: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Write all files beside their places, then move them there."""
    folder.mkdir(parents=True, exist_ok=True)
    stale = _stale(made, folder)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as making:
        for name, content in made.items():
            path = Path(making) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            (folder / name).parent.mkdir(exist_ok=True)
            if (folder / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, f"{name} is a folder there")
        placed = tuple((Path(making) / name).replace(folder / name) for name in made)
    for path in stale:
        path.unlink(missing_ok=True)
    return placed


def _stale(made: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Tables of an earlier plan that is being replaced; without its summary they are somebody's own."""
    if not (folder / SUMMARY).is_file():
        return []
    return [folder / name for name in NAMES if name not in made]
