"""Call-centre queueing: arrays in, arrays out.

Exact stationary figures of Erlang B, C, A and X queues, with or without a limit of lines; the agents that targets
need, also under uncertain demand; the questions asked backwards; queues through time; patience from records; calls
that overflow to a vendor. Times are in seconds; arguments broadcast like numpy. Nothing here knows dates, files or
tables.

Chat, deferred work, blending and call-backs are in `staffing.queueing.channels`, queues that share agents in
`staffing.queueing.skills`.
"""

from staffing.queueing.overflow import (
    OverflowPerformance,
    OverflowStream,
    overflow_performance,
    overflow_stream,
    peaked_loss,
    pool_performance,
    required_own_agents,
    required_vendor_agents,
)
from staffing.queueing.patience.calibrate import Calibration, calibrate
from staffing.queueing.patience.records import RecordedPatience, estimate_patience_records
from staffing.queueing.patience.survival import SurvivalCurve, kaplan_meier
from staffing.queueing.patience.totals import PatienceEstimate, estimate_patience
from staffing.queueing.sizing.fractional import required_agents_fractional
from staffing.queueing.sizing.inverse import longest_aht, most_calls, shortest_patience
from staffing.queueing.sizing.required import required_agents
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.sizing.trunks import required_lines
from staffing.queueing.stationary.erlang import erlang_b, erlang_c
from staffing.queueing.stationary.marginal import Change, MarginalAgent, marginal_agent
from staffing.queueing.stationary.percentiles import wait_percentile, wait_tail
from staffing.queueing.stationary.performance import Performance, performance
from staffing.queueing.transient import TransientPerformance, transient_performance
from staffing.queueing.uncertain.cheapest import (
    CheapestAgents,
    cheapest_agents,
    newsvendor_share,
    shortage_cost,
)
from staffing.queueing.uncertain.expected import expected_performance
from staffing.queueing.uncertain.rate import (
    chance_of_meeting,
    count_quantile,
    demand_quantile,
    rate_cv,
    required_agents_uncertain,
)

__all__ = [
    "Calibration",
    "Change",
    "CheapestAgents",
    "MarginalAgent",
    "OverflowPerformance",
    "OverflowStream",
    "PatienceEstimate",
    "Performance",
    "RecordedPatience",
    "SurvivalCurve",
    "Targets",
    "TransientPerformance",
    "calibrate",
    "chance_of_meeting",
    "cheapest_agents",
    "count_quantile",
    "demand_quantile",
    "erlang_b",
    "erlang_c",
    "estimate_patience",
    "estimate_patience_records",
    "expected_performance",
    "kaplan_meier",
    "longest_aht",
    "marginal_agent",
    "most_calls",
    "newsvendor_share",
    "overflow_performance",
    "overflow_stream",
    "peaked_loss",
    "performance",
    "pool_performance",
    "rate_cv",
    "required_agents",
    "required_agents_fractional",
    "required_agents_uncertain",
    "required_lines",
    "required_own_agents",
    "required_vendor_agents",
    "shortage_cost",
    "shortest_patience",
    "transient_performance",
    "wait_percentile",
    "wait_tail",
]
