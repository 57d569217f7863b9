"""What wishes and changes cost: requests denied, and days that differ from the roster people already know."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from staffing.roster.placements import Placement
from staffing.roster.wishes import Published, Request

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


def add_wishes(model: RosterModel) -> None:
    """Price every request and every change of a published day.

    A wish to work costs its weight unless x takes it; a wish for another shift costs it when x takes this one. What
    is due when nothing is worked is a constant of the day.
    """
    people = {agent.agent_id: index for index, agent in enumerate(model.problem.agents)}
    days = {day: index for index, day in enumerate(model.days)}
    for request in model.problem.requests:
        if request.agent_id in people and request.day in days and not is_leave_wish(request):
            _price(model, request, people[request.agent_id], days[request.day])
    if model.problem.published is not None:
        _price_changes(model, model.problem.published, people, days)


def is_leave_wish(request: Request) -> bool:
    """Whether a request asks for the whole day off; such a one has a column that says it is denied."""
    return request.wants == "off" and request.shift is None


def _price(model: RosterModel, request: Request, agent: int, day: int) -> None:
    options = model.options(agent, day)
    concerned = [
        column
        for column, placement in zip(options.columns.tolist(), options.placements, strict=True)
        if request.concerns(placement.template, placement.shift.code)
    ]
    if request.wants == "off":
        model.charge(concerned, request.weight)
    else:
        model.charge(concerned, -request.weight)
        model.constant(request.weight, day)


def _price_changes(
    model: RosterModel, published: Published, people: dict[str, int], days: dict[date, int]
) -> None:
    for agent_id, published_day, code in published.days:
        if agent_id not in people or published_day not in days:
            continue
        agent, day, price = people[agent_id], days[published_day], published.price(published_day)
        options = model.options(agent, day)
        if code is None:
            model.charge(options.columns, price)
            continue
        model.constant(price, day)
        kept = [
            column
            for column, placement in zip(options.columns.tolist(), options.placements, strict=True)
            if _is(placement, code)
        ]
        model.charge(kept, -price)


def _is(placement: Placement, code: str) -> bool:
    return placement.shift.code == code
