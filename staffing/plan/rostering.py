"""From the requirement to a checked roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from staffing import config as settings
from staffing.config import PlanConfig
from staffing.coverage import cover
from staffing.errors import InfeasibleError
from staffing.horizon import WEEKDAYS, Horizon
from staffing.io.carried import read_carried
from staffing.io.staff import read_agents
from staffing.io.wishes import read_fixed, read_requests
from staffing.labour.pack import load_pack
from staffing.labour.wages import pay_roster
from staffing.notes import Note
from staffing.period_service import period_service
from staffing.plan.result import Rostered
from staffing.plan.telling import SHARES, tell
from staffing.progress import Progress, ProgressEvent
from staffing.requirement import Requirement
from staffing.roster.check import check
from staffing.roster.problem import Agent, Contract, Prices, RosterProblem
from staffing.roster.roster import Roster, RosterResult
from staffing.roster.service import ServiceTarget
from staffing.roster.solve import solve
from staffing.service_target import floor_requirement, service_targets
from staffing.shifts.selection import Seats, select_shifts_pyworkforce

Stop = Callable[[], bool]


def build_roster(
    config: PlanConfig, horizon: Horizon, requirement: Requirement, progress: Progress, stop: Stop | None
) -> Rostered:
    """Build the roster, pay it, count its cover, and judge it with code of its own."""
    floor = floor_of(config, requirement)
    problem = problem_from(config, horizon, floor)
    tell(progress, "roster", "Rostering {agents} agents", agents=len(problem.agents))
    result = search_roster(config, problem, progress, stop)
    require_found(result)
    tell(progress, "check", "Checking the roster")
    coverage = cover(result.roster, problem, floor)
    return Rostered(
        problem=problem,
        result=result,
        pay=pay_roster(result.roster, problem),
        coverage=coverage,
        report=check(result.roster, problem),
        selection=_selection(config, problem, progress),
        service=period_service(coverage, floor, problem),
    )


def require_found(result: RosterResult) -> None:
    """Go on only with a roster.

    Raises:
        InfeasibleError: none can exist, or none was found in time; says why.
    """
    if not result.found:
        told = "no roster can exist:\n" if result.status == "infeasible" else ""
        raise InfeasibleError(told + "\n".join(map(str, result.obstacles)))


def _selection(config: PlanConfig, problem: RosterProblem, progress: Progress) -> Seats | None:
    """What pyworkforce's shift selection makes of the same demand; it knows no people and no contracts."""
    if config.requirement.engine != "pyworkforce":
        return None
    tell(progress, "check", "Selecting shifts with pyworkforce")
    return select_shifts_pyworkforce(problem)


def floor_of(config: PlanConfig, requirement: Requirement) -> Requirement:
    """What is required of every interval: all, or where the targets are for longer periods only the floor."""
    if config.targets.period == "interval":
        return requirement
    return floor_requirement(requirement, settings.interval_floor(config))


def problem_from(config: PlanConfig, horizon: Horizon, floor: Requirement) -> RosterProblem:
    """The people, contracts and rules of the settings, the people that every interval needs, and targets beside."""
    contracts, families = settings.contracts(config), settings.shift_families(config)
    agents = _agents(config, horizon, contracts, sorted({str(name) for name in floor.frame["queue"]}))
    ids = [agent.agent_id for agent in agents]
    codes = [code for name, shifts in families for code in (name, *(shift.code for shift in shifts))]
    requests, fixed = config.staff.requests, config.staff.fixed
    return RosterProblem(
        horizon=horizon,
        demand=floor.frame[["queue", "interval_start", "business_date", "slot", "agents_gross"]],
        agents=agents,
        contracts=contracts,
        shifts=families,
        pack=load_pack(config.labour.pack).choosing(*config.labour.options),
        prices=Prices(shortage_per_hour=config.roster.shortage_price_per_hour),
        week_start=WEEKDAYS.index(config.labour.week_start),
        rules=settings.rules_from(config, agents),
        requests=() if requests is None else read_requests(config.beside(requests), ids, codes),
        fixed=() if fixed is None else read_fixed(config.beside(fixed), ids, codes),
        shift_demand=settings.shift_demand(config, horizon),
        service=service_of(config, floor, agents),
        activities=settings.activities_from(config, horizon, agents),
    )


def service_of(config: PlanConfig, floor: Requirement, agents: Sequence[Agent]) -> tuple[ServiceTarget, ...]:
    """The targets over days, weeks or months; none where every interval meets them."""
    table = config.targets
    if table.period == "interval":
        return ()
    return service_targets(
        floor,
        table.period,
        Counter(agent.queue for agent in agents),
        shortage_price_per_hour=config.roster.shortage_price_per_hour,
        price_per_call=table.missed_call_price,
        week_start=WEEKDAYS.index(config.labour.week_start),
    )


def _agents(
    config: PlanConfig, horizon: Horizon, contracts: Sequence[Contract], queues: Sequence[str]
) -> tuple[Agent, ...]:
    """The staff list, and what its people bring from before the plan's first day."""
    agents = read_agents(
        config.beside(config.staff.file), contracts=[contract.name for contract in contracts], queues=queues
    )
    if config.staff.carried is None:
        return agents
    ids = [agent.agent_id for agent in agents]
    carried = read_carried(config.beside(config.staff.carried), ids, horizon.zone)
    return tuple(replace(agent, carried=carried.get(agent.agent_id)) for agent in agents)


def search_roster(
    config: PlanConfig,
    problem: RosterProblem,
    progress: Progress,
    stop: Stop | None,
    *,
    hint: Roster | None = None,
) -> RosterResult:
    """Solve within the settings' time and gap, from a roster to start with where there is one."""
    limit = config.roster.seconds
    first, last = SHARES["roster"], SHARES["check"]

    def better(seconds: float, objective: int, bound: int) -> None:
        share = first + (last - first) * min(1.0, seconds / limit)
        found = Note.of("A better roster was found")
        progress(ProgressEvent("roster", share, found, objective, bound, seconds))

    return solve(
        problem,
        seconds=limit,
        gap=config.roster.gap,
        seed=config.plan.seed,
        progress=better,
        stop=stop,
        hint=hint,
    )
