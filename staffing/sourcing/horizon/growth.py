"""People hired because one's own desk grows, beyond those who replace leavers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from staffing.sourcing.lines import CostLine
from staffing.sourcing.tariffs import InHouse


def growth_lines(tariff: InHouse, heads: Sequence[int], months: Sequence[str]) -> Iterator[CostLine]:
    """Recruiting and training whenever more heads are needed than in any month before.

    A month that needs fewer than an earlier one dismisses nobody: its people work fewer hours, and are there when the
    next peak comes.

    Args:
        tariff: what hiring and training cost.
        heads: people needed by month; those of the first month are there, or hired by its own lines.
        months: their names.
    """
    training = tariff.training_hours.value
    for month, (before, after) in zip(months[1:], pairwise(accumulate(heads, max)), strict=True):
        if after > before:
            hired = after - before
            yield CostLine.of(month, "recruiting for growth", hired, "hire", tariff.hire)
            if training:
                insured = 1 + tariff.social_insurance.value
                note = f"with employer's social insurance of {tariff.social_insurance.value:g}"
                hours, item = hired * training, "training for growth"
                yield CostLine.of(month, item, hours, "paid hour", tariff.wage_hour, insured, note)
