"""Calls that the own group cannot take go to a vendor: exact figures, and the numbers that targets need."""

from staffing.queueing.overflow.performance import OverflowPerformance, overflow_performance
from staffing.queueing.overflow.pool import pool_performance
from staffing.queueing.overflow.required import required_own_agents, required_vendor_agents
from staffing.queueing.overflow.stream import OverflowStream, overflow_stream, peaked_loss

__all__ = [
    "OverflowPerformance",
    "OverflowStream",
    "overflow_performance",
    "overflow_stream",
    "peaked_loss",
    "pool_performance",
    "required_own_agents",
    "required_vendor_agents",
]
