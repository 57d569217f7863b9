"""The answer of a decision as the dictionary that `decision.json` holds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from staffing.decision import Decision, Mixed
from staffing.notes import Note
from staffing.sourcing.mix import RunnerUp
from staffing.summary import versions

TIPS = 3  # prices told for each mix nearly as cheap


def summarise_decision(decision: Decision) -> dict[str, Any]:
    """What was decided, from what; JSON types only, None where not known or not worked out.

    Shares are 0-1, money is in the currency's smallest unit, sums of the mix over the months.
    """
    question, study = decision.question, decision.measures
    targets = question.case.targets
    return {
        "title": question.config.plan.name,
        "period": {"start": str(question.case.start), "end": str(question.case.end)},
        "currency": decision.comparison.currency,
        "target": {
            "abandonment": targets.abandonment,
            "service_level": targets.service_level,
            "threshold_seconds": targets.threshold,
            "asa_seconds": targets.asa,
        },
        "calls": round(question.case.total_calls, 3),
        "calls_a_month": round(question.calls_a_month, 3),
        "months": list(question.volumes.months),
        "lost_calls_counted": decision.comparison.lost_calls_counted,
        "recommended": decision.best_option,
        "recommends_mix": decision.recommends_mix,
        "mix_saves": decision.mix_saves,
        "mix": _mix(decision),
        "runners_up": [] if decision.mix is None else [_runner_up(x) for x in decision.mix.runners_up],
        "break_even": None
        if decision.break_even is None
        else [vars(band) for band in decision.break_even.bands],
        "notes": _notes(notes_of(decision)),
        "best_set": None if study is None else list(study.best.names),
        "order": None if study is None else list(study.order.names),
        "digests": {name: sha256(content).hexdigest() for name, content in question.plan.inputs.items()},
        "versions": versions(),
    }


def notes_of(decision: Decision) -> tuple[Note, ...]:
    """What to know of each part, in the order of the parts; every sentence once."""
    found: list[Note] = []
    if decision.projection is not None:
        found += decision.projection.notes
    if decision.mix is not None:
        found += decision.mix.notes
    if decision.break_even is not None:
        found += decision.break_even.notes
    if decision.measures is not None:
        found += decision.measures.notes
    return tuple(dict.fromkeys(found))


def _mix(decision: Decision) -> dict[str, Any] | None:
    mix = decision.mix
    if mix is None:
        return None if not decision.no_mix else _no_mix(decision.no_mix)
    return {
        "total": mix.total,
        "bound": mix.bound,
        "gap": _number(mix.gap),
        "sizing_error": _number(mix.result.sizing_error),
        "seconds": _number(mix.result.seconds, 1),
        "status": mix.result.status,
        "contracts": list(mix.result.plan.contracts),
        "sources": _sources(mix),
        "reason": "",
    }


def _no_mix(reason: str) -> dict[str, Any]:
    unknown = dict.fromkeys(("total", "bound", "gap", "sizing_error", "seconds", "status"))
    return unknown | {"contracts": [], "sources": [], "reason": reason}


def _sources(mix: Mixed) -> list[dict[str, Any]]:
    return [
        {
            "source": str(row["source"]),
            "calls": round(float(row["calls"]), 3),
            "share": _number(float(row["share"])),
            "months": int(row["months"]),
            "bought": _note(row["bought"]),
            "amount": int(row["amount"]),
        }
        for row in mix.table.to_dict("records")
    ]


def _runner_up(runner: RunnerUp) -> dict[str, Any]:
    tips = [vars(tip) for tip in runner.tips[:TIPS]]
    return {
        "contracts": list(runner.result.plan.contracts),
        "instead": list(runner.instead),
        "without": list(runner.without),
        "extra": round(runner.extra),
        "tips": [tip | {"now": _number(tip["now"], 4), "then": _number(tip["then"], 4)} for tip in tips],
    }


def _notes(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [_note(note) for note in notes]


def _note(note: Note) -> dict[str, Any]:
    return {"text": note.text, "values": dict(note.values)}


def _number(value: float, digits: int = 6) -> float | None:
    """A finite rounded number, or None: JSON knows neither nan nor infinity."""
    return round(float(value), digits) if math.isfinite(value) else None
