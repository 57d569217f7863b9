"""The prices of a source, by path, and the source with one of them changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from staffing.sourcing.figures import Figure, allowed_figures
from staffing.sourcing.mix.bill import cost
from staffing.sourcing.mix.plan import MixPlan
from staffing.sourcing.mix.problem import MixProblem
from staffing.sourcing.mix.sources import Contract, Source


def prices(source: Contract) -> Iterator[tuple[str, Figure]]:
    """Every figure with its path, such as `seat_month.weekday day` or `tiers.0`."""
    for field in fields(source):
        value = getattr(source, field.name)
        if isinstance(value, Figure):
            yield field.name, value
        elif field.name == "tiers":
            yield from ((f"tiers.{number}", tier.price) for number, tier in enumerate(value))
        elif isinstance(value, dict) and all(isinstance(figure, Figure) for figure in value.values()):
            yield from ((f"{field.name}.{name}", figure) for name, figure in value.items())


def repriced(source: Source, path: str, value: float) -> Source:
    """The source with the figure at `path` at another value."""
    name, _, key = path.partition(".")
    held = getattr(source, name)
    changed: dict[str, Any] = {}
    if name == "tiers":
        number = int(key)
        tier = replace(held[number], price=replace(held[number].price, value=value))
        changed[name] = (*held[:number], tier, *held[number + 1 :])
    elif key:
        changed[name] = {**held, key: replace(held[key], value=value)}
    else:
        changed[name] = replace(held, value=value)
    return replace(source, **changed)


def cost_at(problem: MixProblem, plan: MixPlan, source: str, path: str, value: float) -> float:
    """What a plan costs with one price changed, its decisions as they are."""
    changed = tuple(repriced(x, path, value) if x.name == source else x for x in problem.sources)
    return cost(problem.with_sources(changed), plan)


def most_of(source: Contract, path: str) -> float:
    """The largest value a figure may take."""
    allowed = allowed_figures(type(source)).get(path)
    return allowed.most if allowed is not None else float("inf")
