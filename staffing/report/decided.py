"""A decision's files: tables, the answer as JSON, and the memo in the languages asked for, put in place together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from staffing.decision import Decision
from staffing.io.decision_files import ANSWER, MEMO, MEMOS, TABLES
from staffing.io.decision_summary import summarise_decision
from staffing.io.decision_tables import decision_tables
from staffing.io.export import Encoding, to_csv, to_json
from staffing.io.placing import put
from staffing.report.memo.document import memo_document
from staffing.report.memo.of_decision import memo_of_decision
from staffing.report.write import report_files
from staffing.wording.language import CODES

FILES = (*TABLES, *MEMOS, ANSWER)  # all that a decision may write


def write_decision(
    decision: Decision,
    folder: Path | str,
    *,
    encoding: Encoding = "utf-8",
    languages: Iterable[str] = CODES,
) -> tuple[Path, ...]:
    """Write a decision's files; returns them in place.

    Files of an earlier decision that this one did not make are taken out; others in the folder are left alone.

    Args:
        decision: to be written.
        folder: made if missing.
        encoding: of the CSV files.
        languages: of the memo: "ja", "en", both or none.

    Raises:
        StaffingError: the folder cannot be written, or a character does not exist in the encoding.
    """
    folder = Path(folder)
    made = {name: to_csv(frame, encoding) for name, frame in decision_tables(decision).items()}
    memo = memo_of_decision(decision)
    made |= report_files(lambda lang: memo_document(memo, lang), MEMO, dict.fromkeys(languages))
    made[ANSWER] = to_json(summarise_decision(decision))  # last: who sees the answer finds the tables
    known = (folder / ANSWER).is_file()  # without it files of these names are somebody's own
    return put(made, folder, [name for name in FILES if known and name not in made])
