"""A report's files: one HTML page and one workbook a language, put in place together."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from staffing.errors import StaffingError
from staffing.report.document import Document
from staffing.report.html import page
from staffing.report.xlsx import workbook
from staffing.wording.language import Language, language


def write_report(
    make: Callable[[Language], Document],
    folder: Path | str,
    stem: str,
    languages: Iterable[str] = ("ja", "en"),
) -> tuple[Path, ...]:
    """Write `{stem}-{language}.html` and `.xlsx` for each language; all are made before the first is put in place.

    Args:
        make: the report in a language, such as `lambda lang: month_document(report, lang)`.
        folder: made if missing; files of the same names are replaced, others left alone.
        stem: the beginning of the files' names.
        languages: "ja", "en" or both.

    Raises:
        StaffingError: the folder cannot be written.
    """
    made: dict[str, bytes] = {}
    for code in languages:
        lang = language(code)
        document = make(lang)
        made[f"{stem}-{code}.html"] = page(document, lang).encode()
        made[f"{stem}-{code}.xlsx"] = workbook(document, lang)
    try:
        return _put(made, Path(folder))
    except OSError as error:
        place = error.filename or folder
        raise StaffingError(f"{place}: cannot be written: {error.strerror or error}") from error


def _put(made: dict[str, bytes], folder: Path) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as making:
        for name, content in made.items():
            (Path(making) / name).write_bytes(content)
        return tuple((Path(making) / name).replace(folder / name) for name in made)
