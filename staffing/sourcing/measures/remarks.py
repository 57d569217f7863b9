"""What a reader of a study should know: assumptions, what shows nothing and why, whose figures they are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from staffing.notes import Note
from staffing.sourcing.measures.best_set import BestSet
from staffing.sourcing.measures.effect_of import Judge
from staffing.sourcing.measures.placing import Placing


def remarks(
    judge: Judge, table: pd.DataFrame, kept: tuple[str, ...], best: BestSet, placed: Placing
) -> Iterator[Note]:
    """The notes of a study: its ranking, the measures combined, the best set, the hours placed best."""
    desk, catalogue = judge.desk, judge.catalogue
    yield Note.of(
        "Every month is taken as the mean month of the records or the plan, {months} months in all, with the agents "
        "really there; wages that could be saved with fewer calls are not counted",
        months=f"{desk.months:.2f}",
    )
    yield Note.of(
        "Effects are worked out together by the queueing formulas, half-hour by half-hour, each in its steady state"
    )
    if desk.lost is not None:
        seen, expected = float(desk.lost.sum()), float(judge.before.lost * desk.months)
        yield Note.of(
            "Calls avoided are counted from the {expected} lost calls that the model expects; {seen} were seen",
            expected=f"{expected:,.0f}",
            seen=f"{seen:,.0f}",
        )
    yield Note.of(
        "The same agent-hours, moved freely within each week, would lose at least {bound} of the {lost} calls a "
        "month; a roster cannot do more",
        bound=f"{placed.lost_month:,.0f}",
        lost=f"{judge.before.lost:,.0f}",
    )
    if desk.redial == 0:
        yield Note.of(
            "No lost caller is taken to call again; measures against redials therefore show nothing"
        )
    if np.isinf(desk.lines).all():
        yield Note.of("The lines are taken as unlimited; more of them therefore show nothing")
    idle = table.loc[~np.isfinite(table["cost_per_call"]), "measure"]
    if len(idle):
        yield Note.of("Avoid no lost call at this desk: {measures}", measures=", ".join(idle))
    left_out = [name for name in table["measure"] if name not in kept and name not in set(idle)]
    if left_out:
        yield Note.of(
            "Not combined with others, since dearer a call: {measures}", measures=", ".join(left_out)
        )
    examples = sum(figure.label == "example" for name in kept for figure in catalogue[name].figures)
    if examples:
        yield Note.of(
            "{count} figures of these measures are market examples: put your own into a copy of the catalogue",
            count=examples,
        )
    if any(catalogue[name].call_back is not None for name in best.names):
        yield Note.of(
            "Call-backs are made in agents' idle time, and who makes one is not there for calls meanwhile"
        )
