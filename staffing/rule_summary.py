"""The rules a roster was made under and the requests put to it, as `summary.json` and the screens show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from staffing.labour.pack import RulePack
from staffing.roster.check import PARTS, CheckReport, Violation, check_rule
from staffing.roster.checks.case import Case
from staffing.roster.checks.wishes import answered
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Roster
from staffing.roster.rules import Rule, rules_of

_COMMON = {field.name for field in fields(Rule)}


def rules_in_force(problem: RosterProblem, roster: Roster, report: CheckReport) -> list[dict[str, Any]]:
    """Every rule that binds somebody, as the independent checker judges it.

    Args:
        problem: what was to be solved.
        roster: the roster.
        report: the checker's, of the same roster.

    Returns:
        For each `rule` (its name), `kind` ("hard" or "soft"), `source` ("law", "duty" (an effort duty), "plan" (its
        `[[rules]]`) or "standard" (contracts, staff list, one shift a day)), `article`, `settings` (its own figures,
        as in `plan.toml`), `people` (how many it names; None: everybody), `unit` and `weight` (price of one unit,
        soft rules), `broken` (findings) and `cost` (what these cost, smallest currency unit).
    """
    return [
        _row(rule, problem, _found(rule, problem, roster, report))
        for rule in rules_of(problem)
        if rule.kind != "off" and rule.people != frozenset() and _is_given(rule, problem.pack)
    ]


def requests(problem: RosterProblem, roster: Roster) -> list[dict[str, Any]]:
    """Every request with its outcome: `agent_id`, `name`, `date`, `wants`, `shift`, `granted`, `weight`, `cost`."""
    names = {agent.agent_id: agent.name for agent in problem.agents}
    return [
        {
            "agent_id": request.agent_id,
            "name": names[request.agent_id],
            "date": str(request.day),
            "wants": request.wants,
            "shift": request.shift,
            "granted": answer.granted,
            "weight": request.weight,
            "cost": answer.cost,
        }
        for answer in answered(Case.of(roster, problem))
        for request in (problem.requests[answer.place],)
    ]


def _row(rule: Rule, problem: RosterProblem, found: tuple[Violation, ...]) -> dict[str, Any]:
    return {
        "rule": rule.name,
        "kind": rule.kind,
        "source": _source(rule, problem),
        "article": rule.article(problem.pack),
        "settings": dict(_settings(rule)),
        "people": None if rule.people is None else len(rule.people),
        "unit": rule.unit,
        "weight": rule.weight,
        "broken": len(found),
        "cost": sum(violation.cost for violation in found),
    }


def _found(rule: Rule, problem: RosterProblem, roster: Roster, report: CheckReport) -> tuple[Violation, ...]:
    """What is against this very rule; looked for only where the whole check found something of its kind."""
    names = PARTS.get(rule.name, (rule.name,))
    if not any(violation.rule in names for violation in report.violations):
        return ()
    return check_rule(rule, roster, problem)


def _source(rule: Rule, problem: RosterProblem) -> str:
    if rule.is_law(problem.pack):
        return "law"
    if rule.figure:
        return "duty"
    return "plan" if any(rule is other for other in problem.rules) else "standard"


def _settings(rule: Rule) -> Iterator[tuple[str, int | float | str]]:
    for field in fields(rule):
        value = getattr(rule, field.name)
        if field.name not in _COMMON and isinstance(value, int | float | str):
            yield field.name, value


def _is_given(rule: Rule, pack: RulePack) -> bool:
    """Whether the pack has the figure that a rule of the law stands on."""
    if not rule.figure:
        return True
    value: Any = pack
    for name in rule.figure.split("."):
        value = getattr(value, name, None)
    if rule.figure.startswith("minor_"):  # the pack says whether they may
        return value is False
    if rule.figure.startswith("agreement."):
        return pack.overtime_allowed
    if rule.figure == "min_days_off_week":
        return bool(value or pack.min_days_off_four_weeks)
    return value not in (None, ())
