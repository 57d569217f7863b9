"""Handling time per weekday and slot, weighted by volume and steadied where few calls stand behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.forecast.recent import Floats


@dataclass(frozen=True)
class HandlingTime:
    """One queue's AHT in seconds: `week` (7 weekdays, slots), the queue's `overall`, and the shrinkage constant.

    `calls_for_half` is the K below: a slot with K answered calls lies half-way between its own AHT and `overall`;
    infinite when the slots differ by no more than chance.
    """

    week: Floats
    overall: float
    calls_for_half: float


def handling_time(answered: Floats, handle_seconds: Floats) -> HandlingTime | None:
    """AHT of each weekday and slot, drawn towards the queue's overall AHT (credibility of Bühlmann and Straub, 1970).

    With n answered calls of mean x in a slot, overall mean m = total handling time / total answered:

        AHT = (n x + K m) / (n + K),    K = s2 / a

    s2, the variance of one call within a slot, is estimated from the days' means around their slot's mean, a, the
    variance between slots, from the slots' means around m, both weighted by calls; a <= 0 gives m throughout.

    Args:
        answered: calls per recorded day, shape (7, slots, days), NaN where not recorded.
        handle_seconds: total handling time, same shape.

    Returns:
        None when there is no answered call or no handling time at all.
    """
    n, total = np.nan_to_num(answered), np.nan_to_num(handle_seconds)
    if n.sum() <= 0 or total.sum() <= 0:
        return None
    overall = float(total.sum() / n.sum())
    slot_n, slot_total = n.sum(axis=-1), total.sum(axis=-1)
    constant = _constant(n, total, slot_n, slot_total, overall)
    if not np.isfinite(constant):
        return HandlingTime(np.full(slot_n.shape, overall), overall, constant)
    weight = slot_n + constant
    week = np.divide(
        slot_total + constant * overall, weight, out=np.full(slot_n.shape, overall), where=weight > 0
    )
    return HandlingTime(week, overall, constant)


def _constant(n: Floats, total: Floats, slot_n: Floats, slot_total: Floats, overall: float) -> float:
    """K = s2 / a; infinite where one of the two cannot be told from chance."""
    mean = np.divide(total, n, out=np.zeros_like(n), where=n > 0)
    slot_mean = np.divide(slot_total, slot_n, out=np.full(slot_n.shape, overall), where=slot_n > 0)
    freedom = float((n > 0).sum() - (slot_n > 0).sum())
    between_n = float(slot_n.sum() - (slot_n**2).sum() / slot_n.sum())
    if freedom <= 0 or between_n <= 0:
        return float("inf")
    within = float((n * (mean - slot_mean[..., None]) ** 2).sum() / freedom)
    slots = float((slot_n > 0).sum())
    between = (float((slot_n * (slot_mean - overall) ** 2).sum()) - (slots - 1) * within) / between_n
    return within / between if between > 0 else float("inf")
