"""The summary a plan ends with on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def summary_lines(summary: dict[str, Any]) -> Iterator[str]:
    """About ten lines: what was planned, from what, with whom, at what cost, how well."""
    horizon = summary["horizon"]
    yield f"{summary['name']}, {horizon['start']} to {horizon['end']} ({horizon['open_intervals']} open intervals)"
    if summary["history"]:
        yield _history(summary["history"])
    yield from _forecast(summary["forecast"])
    if summary["requirement"]:
        yield _requirement(summary["requirement"])
    if summary["roster"]:
        yield from _roster(summary)
    if summary["costs"]:
        yield from _costs(summary)
    if summary["check"]:
        count = len(summary["check"]["violations"])
        yield f"check       {'passed' if summary['check']['passed'] else 'FAILED'}, {count} remarks"


def _share(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.1%}"


def _seconds(value: float | None, otherwise: str = "unknown") -> str:
    return otherwise if value is None else f"{value:,} s"


def _abandoned(share: float | None, summary: dict[str, Any]) -> str:
    if summary["requirement"]["model"] == "erlang-c":
        return "nobody abandons in Erlang C"
    return f"{_share(share)} abandoned"


def _answered(share: float | None, threshold_seconds: float) -> str:
    return "service level unknown" if share is None else f"{share:.1%} answered in {threshold_seconds:g} s"


def _history(history: dict[str, Any]) -> str:
    return (
        f"history     {history['offered']:,} calls on {history['days']} days, "
        f"AHT {_seconds(history['aht_seconds'])}, {_share(history['abandonment'])} abandoned, "
        f"{_answered(history['service_level'], history['threshold_seconds'])}"
    )


def _forecast(forecast: dict[str, Any]) -> Iterator[str]:
    aht = _seconds(forecast["aht_seconds"])
    yield f"forecast    {forecast['calls']:,.0f} calls, AHT {aht} ({forecast['method']})"
    tested = forecast["backtest"]
    if tested:
        yield (
            f"            error on the last {tested['days']} days held back: {_share(tested['wape'])} "
            f"(seasonal naive {_share(tested['seasonal_naive_wape'])}, floor {_share(tested['floor_wape'])})"
        )


def _requirement(requirement: dict[str, Any]) -> str:
    return (
        f"requirement up to {requirement['peak_net']} agents net, {requirement['peak_gross']} gross; "
        f"{requirement['agent_hours_net']:,.0f} agent-hours net, {requirement['agent_hours_gross']:,.0f} gross"
    )


def _roster(summary: dict[str, Any]) -> Iterator[str]:
    roster, currency = summary["roster"], summary["currency"]
    cover, expected = roster["coverage"], roster["expected"]
    threshold = summary["requirement"]["targets"]["threshold_seconds"]
    if roster["selection"]:
        yield _selection(roster["selection"])
    yield (
        f"roster      {roster['status']}, gap {_share(roster['gap'])} after {_seconds(roster['seconds'])}: "
        f"{roster['duties']} shifts for {roster['agents']} agents, {roster['paid_hours']:,.0f} paid hours, "
        f"wages {roster['wages']:,} {currency}"
    )
    yield (
        f"coverage    {_share(cover['short_share'])} of open intervals short ({cover['short_intervals']}), "
        f"{cover['short_agent_hours']:,.1f} agent-hours missing, at most {round(cover['worst_gap'], 1):g} at once"
    )
    yield (
        f"expected    {_abandoned(expected['abandonment'], summary)}, "
        f"{_answered(expected['service_level'], threshold)}, "
        f"mean wait {_seconds(expected['mean_wait_seconds'], 'without end (overload)')}, "
        f"occupancy {_share(expected['occupancy'])}"
    )
    if roster["service"]:
        yield _service(roster["service"], summary)
    held = roster["activities"]
    if held:
        yield (
            f"activities  {sum(one['attending'] for one in held)} of {sum(one['asked'] for one in held)} attendances "
            f"placed, {sum(one['agent_hours'] for one in held):,.1f} agent-hours off the floor"
        )


def _service(service: dict[str, Any], summary: dict[str, Any]) -> str:
    """How many days, weeks or months meet their targets, and the one that does worst."""
    targets = {name: value for name, value in service["targets"].items() if value is not None}
    rows = service["periods"]
    met = sum(
        all(
            row[name] <= value if name == "abandonment" else row[name] >= value
            for name, value in targets.items()
        )
        for row in rows
    )
    threshold = summary["requirement"]["targets"]["threshold_seconds"]
    worst = {
        "abandonment": _abandoned(max(row["abandonment"] for row in rows), summary),
        "service_level": _answered(min(row["service_level"] for row in rows), threshold),
    }
    return (
        f"targets     by {service['period']}: met in {met} of {len(rows)}, at worst "
        f"{', '.join(worst[name] for name in targets)}; required of an interval is only its floor"
    )


def _selection(selection: dict[str, Any]) -> str:
    return (
        f"pyworkforce selects {selection['seats']:,} unnamed shifts, {selection['paid_hours']:,.0f} hours, "
        "without contracts, rest or days off"
    )


def _costs(summary: dict[str, Any]) -> Iterator[str]:
    costs, currency = summary["costs"], summary["currency"]
    widest = max((len(option["option"]) for option in costs["options"]), default=0)
    for option in costs["options"]:
        met = "meets the target" if option["meets_target"] else "MISSES the target"
        yield (
            f"cost        {option['option']:<{max(widest, 12)}} {option['total']:>12,} {currency}, "
            f"{_abandoned(option['abandonment'], summary)}: {met}"
        )
    yield f"cheapest    {costs['cheapest'] or 'no option meets the target'}"
