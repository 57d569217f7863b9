"""A contact centre played call by call: what the formulas of `staffing.queueing` leave out.

Skills, priorities, patience and handling of any distribution, shifts and breaks, limited lines, redials and overflow
to a vendor. Times are in seconds from the scenario's start. Nothing here knows dates, files or tables.
"""

from staffing.simulation.agents import AgentGroup, Shift, Skill
from staffing.simulation.call_type import CallType
from staffing.simulation.distributions import (
    Deterministic,
    Distribution,
    Empirical,
    Exponential,
    InOrder,
    LogNormal,
    Never,
    Weibull,
)
from staffing.simulation.estimate import Estimate
from staffing.simulation.recording import CallLog, Outcome
from staffing.simulation.result import Figures, SimulationResult
from staffing.simulation.scenario import Scenario
from staffing.simulation.simulate import call_log, simulate
from staffing.simulation.vendor import Vendor

__all__ = [
    "AgentGroup",
    "CallLog",
    "CallType",
    "Deterministic",
    "Distribution",
    "Empirical",
    "Estimate",
    "Exponential",
    "Figures",
    "InOrder",
    "LogNormal",
    "Never",
    "Outcome",
    "Scenario",
    "Shift",
    "SimulationResult",
    "Skill",
    "Vendor",
    "Weibull",
    "call_log",
    "simulate",
]
