"""Put files in a folder: every file is made first, then put in place, so a failure leaves the old files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from staffing.errors import StaffingError


def put(made: Mapping[str, bytes], folder: Path, stale: Iterable[str] = ()) -> tuple[Path, ...]:
    """Write all files beside their places, move them there in order, and take out those named `stale`.

    Args:
        made: contents by file name; names may have one folder before them.
        folder: made if missing; other files in it are left alone.
        stale: names of files of an earlier run.

    Raises:
        StaffingError: the folder cannot be written.
    """
    try:
        return _put(made, folder, stale)
    except OSError as error:
        place = error.filename or folder
        raise StaffingError(f"{place}: cannot be written: {error.strerror or error}") from error


def _put(made: Mapping[str, bytes], folder: Path, stale: Iterable[str]) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as making:
        for name, content in made.items():
            path = Path(making) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            (folder / name).parent.mkdir(exist_ok=True)
        placed = tuple((Path(making) / name).replace(folder / name) for name in made)
    for name in stale:
        (folder / name).unlink(missing_ok=True)
    return placed
