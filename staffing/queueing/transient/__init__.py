"""The queue through time: calls and agents that change from interval to interval, with the backlog they leave."""

from staffing.queueing.transient.performance import Closing, Leaving, transient_performance
from staffing.queueing.transient.result import TransientPerformance

__all__ = ["Closing", "Leaving", "TransientPerformance", "transient_performance"]
