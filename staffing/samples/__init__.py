"""The bundled desks and the catalogue: in the repository's `data/`, in an installed package beside this file."""

from __future__ import annotations

import shutil
from pathlib import Path

SAMPLES = {
    "anonymous-bank": "a bank's call centre, 1999: real calls, 17 hours a day",
    "small-desk": "300 calls a month from a monthly total and a profile",
}


def sample_folder(name: str) -> Path:
    """Where a sample's files lie.

    Raises:
        KeyError: when there is no such sample.
    """
    if name not in SAMPLES:
        raise KeyError(name)
    return _folder(name)


def catalogue_file(name: str) -> Path:
    """Where a file of the catalogue lies: examples of tariffs and measures, to be copied and edited."""
    return _folder("catalogue") / name


def _folder(name: str) -> Path:
    installed = Path(__file__).parent / name
    return installed if installed.is_dir() else Path(__file__).parents[2] / "data" / name


def copy_sample(name: str, folder: Path) -> tuple[Path, ...]:
    """Copy a sample's files into a folder, made if missing; returns the copies."""
    source = sample_folder(name)
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in source.iterdir() if path.is_file())
    return tuple(Path(shutil.copyfile(path, folder / path.name)) for path in files)
