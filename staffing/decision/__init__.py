"""Which way to staff a desk: the options, the best mix, break-even, measures and what the answer hangs on."""

from staffing.decision.decide import decide
from staffing.decision.decision import Decision, Mixed
from staffing.decision.question import Question

__all__ = ["Decision", "Mixed", "Question", "decide"]
