"""A report's files: one HTML page and one workbook a language, put in place together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from staffing.io.placing import put
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
    return put(report_files(make, stem, languages), Path(folder))


def report_files(
    make: Callable[[Language], Document], stem: str, languages: Iterable[str]
) -> dict[str, bytes]:
    """The contents of the files of a report, by name."""
    made: dict[str, bytes] = {}
    for code in languages:
        lang = language(code)
        document = make(lang)
        made[f"{stem}-{code}.html"] = page(document, lang).encode()
        made[f"{stem}-{code}.xlsx"] = workbook(document, lang)
    return made
