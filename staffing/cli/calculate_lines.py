"""The calculator's answer as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, inf, isfinite

from staffing.calculator import SHARE_WITHIN, Answer, Limits, Question


def answer_lines(question: Question, found: Answer) -> Iterator[str]:
    """What was asked, what is needed, the numbers of agents around it, and how far things may go."""
    yield (
        f"{question.calls:g} calls of {question.aht_seconds:g} s in {question.interval_seconds / 60:g} minutes: "
        f"{found.load:.2f} Erlang, {_model(question)}"
    )
    yield from _needed(question, found)
    if question.shrinkage:
        yield f"{found.agents} on contacts are {found.gross} with shrinkage"
    yield ""
    yield from _table(question, found)
    yield ""
    yield from _legend(question, found)
    if found.limits is not None:
        yield ""
        yield from _limits(found.limits, found)


def _model(question: Question) -> str:
    parts = [
        "nobody gives up (Erlang C)" if question.patience_seconds == inf else "callers give up (Erlang A)"
    ]
    if question.concurrency > 1:
        parts = [f"chat, {question.concurrency} at once"]
    if isfinite(question.lines):
        parts.append(f"{question.lines:g} lines")
    if question.redial:
        parts.append(f"{question.redial:.0%} of the lost call again")
    return ", ".join(parts)


def _needed(question: Question, found: Answer) -> Iterator[str]:
    if found.unreachable is not None:
        yield f"Target out of reach: {found.unreachable}"
    elif found.needed is not None:
        part = found.needed_fractional
        counted = "" if part is None else f" ({part:.2f} if fractions counted)"
        yield f"Needed: {found.needed} agents on contacts{counted}"
    endless = question.patience_seconds == inf and question.lines == inf and question.concurrency == 1
    if endless and found.agents <= found.load and question.calls:
        yield f"{found.agents} agents are overloaded, the queue grows without end: at least {floor(found.load) + 1}"


def _table(question: Question, found: Answer) -> Iterator[str]:
    limited, patient, chat = (
        isfinite(question.lines),
        question.patience_seconds == inf,
        question.concurrency > 1,
    )
    yield (
        f"{'agents':>8} {'in time':>8} {'gave up':>8} "
        + (f"{'blocked':>8} " if limited else "")
        + f"{'ASA':>8} "
        + ("" if chat else f"{'wait':>8} ")
        + f"{'busy':>7} {'queue':>7} {'more':>7}"
    )
    for row in found.rows:
        lost = f"{'-' if patient else format(row.abandonment, '.1%'):>8}"
        yield (
            f"{'>' if row.agents == found.agents else ' '}{row.agents:7d} {row.service_level:8.1%} {lost} "
            + (f"{row.blocking:8.1%} " if limited else "")
            + f"{_seconds(row.asa_seconds):>8} "
            + ("" if chat else f"{_seconds(row.wait_seconds):>8} ")
            + f"{row.occupancy:7.1%} {_figure(row.queue_length, '.2f'):>7} {row.answered_more:7.2f}"
        )


def _legend(question: Question, found: Answer) -> Iterator[str]:
    wanted = question.targets
    of = {
        "offered": "of all calls",
        "answered": "of the answered",
        "virtual": "had nobody given up",
        "excluding_short": "of all but those who gave up within it",
    }
    yield f"in time: within {wanted.threshold:g} s, {of[wanted.definition]}; ASA: mean wait of the answered"
    if question.concurrency == 1:
        yield f"wait: what {SHARE_WITHIN:.0%} of the callers wait at most; queue: callers waiting on average"
    yield "more: calls answered that one agent fewer would not answer"
    if question.redial:
        yield f"shares are of {found.attempts:.1f} attempts to call, redials included, with {found.agents} agents"


def _limits(limits: Limits, found: Answer) -> Iterator[str]:
    still = "still hold at" if found.row.meets else "are missed; they would hold at"
    yield f"With {found.agents} agents the targets {still}"
    yield f"  calls     up to {_figure(limits.calls, '.1f')} in the interval"
    yield f"  AHT       up to {_figure(limits.aht_seconds, '.1f')} s"
    if limits.patience_seconds is not None and isfinite(limits.patience_seconds):
        yield f"  patience  down to {limits.patience_seconds:.1f} s"


def _seconds(value: float) -> str:
    return _figure(value, ".1f") + (" s" if isfinite(value) else "")


def _figure(value: float, form: str) -> str:
    return format(value, form) if isfinite(value) else ("no end" if value == inf else "-")
