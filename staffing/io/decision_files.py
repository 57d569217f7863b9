"""The names of a decision's files: the answer, the tables, the memo in each language."""

from __future__ import annotations

from staffing.wording.language import CODES

ANSWER = "decision.json"
TABLES = (
    "options.csv",
    "bills.csv",
    "months.csv",
    "mix.csv",
    "break_even.csv",
    "crossings.csv",
    "break_even_curve.csv",
    "measures.csv",
    "waterfall.csv",
    "measures_order.csv",
    "measure_sets.csv",
    "sensitivity.csv",
    "sensitivity_best.csv",
    "thresholds.csv",
)
MEMO = "memo"
MEMOS = tuple(f"{MEMO}-{code}.{kind}" for kind in ("html", "xlsx") for code in CODES)
