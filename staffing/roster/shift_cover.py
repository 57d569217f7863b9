"""Cover by shift: people on a shift of a day against those wanted on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


def add_shift_demand(model: RosterModel) -> None:
    """For every shift wanted: people on it + too few - too many = people wanted."""
    days = {day: index for index, day in enumerate(model.days)}
    on_shift: dict[tuple[int, str], list[int]] = {}
    for group in model.groups:
        day = days[group.placement.day]
        for code in {group.placement.template, group.placement.shift.code}:
            on_shift.setdefault((day, code), []).append(group.count)
    scale = model.money.scale
    for demand in model.problem.shift_demand:
        if demand.day not in days:
            continue
        day = days[demand.day]
        counts = on_shift.get((day, demand.shift), [])
        few = model.column(demand.people, demand.under_price * scale, day=day)
        many = model.column(len(model.problem.agents), demand.over_price * scale, day=day)
        row = model.row(
            [*counts, few, many], [1] * (len(counts) + 1) + [-1], low=demand.people, high=demand.people
        )
        model.derived.add_balance(few, many, row)
