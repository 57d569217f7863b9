"""Write a plan's folder: every file is made first, then put in place, so a failure leaves the old files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from staffing.config import PlanConfig
from staffing.config.inputs import kept_inputs, named_files
from staffing.errors import InputError, StaffingError
from staffing.io.placing import put
from staffing.io.reading import read_table
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
    check_target(plan.config, folder)
    made = {name: to_csv(frame, encoding) for name, frame in tables(plan).items()}
    made |= {f"inputs/{name}": content for name, content in plan.inputs.items()}
    made[SUMMARY] = to_json(summarise(plan))  # last: who sees the new summary finds the new tables
    return put(made, folder, _stale(made, folder))


def check_target(
    config: PlanConfig,
    folder: Path,
    encoding: Encoding = "utf-8",
    names: Iterable[str] = (*NAMES, SUMMARY),
) -> None:
    """Make sure, before a long search, that its results can be put there, over nothing that the plan reads.

    `names` are the results, beside the copies of the inputs.

    Raises:
        StaffingError: naming the file, folder or character in the way.
    """
    with suppress(InputError):  # left to those who read the file for the plan
        staff = read_table(config.beside(config.staff.file), ("agent_id", "agent_name"))
        to_csv(staff.frame[["agent_id", "agent_name"]], encoding)
    inputs = {f"inputs/{name}": content for name, content in kept_inputs(config).items()}
    made = dict.fromkeys(names, b"") | inputs
    _spare_inputs(config, folder, made)
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise StaffingError(f"{folder}: cannot be written")
    if (folder / "inputs").is_file():
        raise StaffingError(f"{folder}: cannot be written: inputs is a file there")
    for name in made:
        if (folder / name).is_dir():
            raise StaffingError(f"{folder}: cannot be written: {name} is a folder there")


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


def to_json(summary: dict[str, Any]) -> bytes:
    """A summary as JSON bytes; nan and infinity are refused."""
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


def _stale(made: Mapping[str, bytes], folder: Path) -> tuple[str, ...]:
    """Tables of an earlier plan that is being replaced; without its summary they are somebody's own."""
    if not (folder / SUMMARY).is_file():
        return ()
    return tuple(name for name in NAMES if name not in made)
