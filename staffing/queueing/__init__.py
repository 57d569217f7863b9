"""Call-centre queueing: arrays in, arrays out.

Exact stationary figures of Erlang B, C, A and X queues, with or without a limit of lines, and the agents that
targets need. Times are in seconds; arguments broadcast like numpy. Nothing here knows dates, files or tables.
"""

from staffing.queueing.erlang import erlang_b, erlang_c
from staffing.queueing.patience import PatienceEstimate, estimate_patience
from staffing.queueing.performance import Performance, performance
from staffing.queueing.required import required_agents
from staffing.queueing.targets import Targets

__all__ = [
    "PatienceEstimate",
    "Performance",
    "Targets",
    "erlang_b",
    "erlang_c",
    "estimate_patience",
    "performance",
    "required_agents",
]
