"""A decision memo: one page on which way to staff a desk, and an appendix that every figure leads to."""

from staffing.report.memo.document import memo_document
from staffing.report.memo.memo import (
    Assumption,
    Bill,
    BreakEven,
    DecisionMemo,
    Measure,
    Mix,
    MixPart,
    Option,
    RunnerUp,
    Sensitivity,
)
from staffing.report.memo.of_decision import memo_of_decision
from staffing.report.memo.of_plan import memo_of_comparison, memo_of_plan

__all__ = [
    "Assumption",
    "Bill",
    "BreakEven",
    "DecisionMemo",
    "Measure",
    "Mix",
    "MixPart",
    "Option",
    "RunnerUp",
    "Sensitivity",
    "memo_document",
    "memo_of_comparison",
    "memo_of_decision",
    "memo_of_plan",
]
