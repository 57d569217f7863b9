"""The files of a plan as a reader takes them away: any of three encodings, one by one or together."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Encoding = Literal["utf-8-sig", "utf-8", "cp932"]
ENCODINGS: tuple[Encoding, ...] = ("utf-8-sig", "utf-8", "cp932")
FILES = (
    "roster.csv",
    "changes.csv",
    "coverage.csv",
    "requirements.csv",
    "forecast.csv",
    "demand.csv",
    "costs.csv",
    "summary.json",
    "plan.toml",
)
_SUBSTITUTE = "〓"  # the geta mark: what Japanese printing puts where a character is missing


@dataclass(frozen=True)
class Encoded:
    """A file's bytes, and the characters its encoding lacks, each once, in order of appearance."""

    data: bytes
    missing: tuple[str, ...] = ()


def encode(path: Path, encoding: Encoding) -> Encoded:
    """The file in another encoding; only CSV is changed. Characters that CP932 lacks become 〓."""
    data = path.read_bytes()
    if path.suffix != ".csv":
        return Encoded(data)
    text = _text(data)
    try:
        return Encoded(text.encode(encoding))
    except UnicodeEncodeError:
        missing = tuple(dict.fromkeys(c for c in text if not _has(encoding, c)))
        table = str.maketrans(dict.fromkeys(missing, _SUBSTITUTE))
        return Encoded(text.translate(table).encode(encoding), missing)


def available(folder: Path) -> tuple[Path, ...]:
    """The files of a plan that can be taken away, those most asked for first."""
    named = [folder / name for name in FILES]
    inputs = folder / "inputs"
    # The settings are kept among the inputs.
    named.append(inputs / "plan.toml")
    return tuple(path for path in named if path.is_file())


def archive(paths: tuple[Path, ...], encoding: Encoding) -> bytes:
    """All files in one ZIP, with dates fixed so that the same plan gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for path in paths:
            entry = zipfile.ZipInfo(path.name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, encode(path, encoding).data)
    return stream.getvalue()


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp932")


def _has(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
