"""Service targets in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from staffing.wording.language import Language

USUAL_THRESHOLD = 20  # seconds, where a file names none


def targets_text(targets: Mapping[str, Any], lang: Language) -> str:
    """The targets that are set, as `summary.json` and `decision.json` hold them; empty without any."""
    tr = lang.tr
    parts = []
    if targets.get("abandonment") is not None:
        parts.append(tr("abandon rate at most {share}", share=lang.percent(targets["abandonment"])))
    if targets.get("service_level") is not None:
        threshold = targets.get("threshold_seconds")
        parts.append(
            tr(
                "at least {share} answered within {seconds} s",
                share=lang.percent(targets["service_level"]),
                seconds=lang.number(USUAL_THRESHOLD if threshold is None else threshold),
            )
        )
    if targets.get("asa_seconds") is not None:
        parts.append(
            tr("mean speed of answer at most {seconds} s", seconds=lang.number(targets["asa_seconds"]))
        )
    if targets.get("occupancy") is not None:
        parts.append(tr("occupancy at most {share}", share=lang.percent(targets["occupancy"])))
    return tr(", ").join(parts)
