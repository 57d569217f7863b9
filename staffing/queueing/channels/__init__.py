"""Channels beside plain calls: chat, deferred work, blending of it into idle time, call-backs, reliefs together."""

from staffing.queueing.channels.blend_required import BlendRequirement, required_blended_agents
from staffing.queueing.channels.blending import BlendPerformance, blend_performance
from staffing.queueing.channels.callback import CallbackPerformance, callback_performance
from staffing.queueing.channels.callback_day import (
    CallbackDay,
    CallbackEffort,
    callback_day,
    callback_effort,
    required_callback_agents,
)
from staffing.queueing.channels.chat import ChatPerformance, chat_performance, required_chat_agents
from staffing.queueing.channels.deadlines import DeferredRequirement, required_deferred_agents
from staffing.queueing.channels.deferred import DeferredOutcome, deferred_work
from staffing.queueing.channels.idle import idle_agents
from staffing.queueing.channels.relief import ReliefPerformance, relief_performance

__all__ = [
    "BlendPerformance",
    "BlendRequirement",
    "CallbackDay",
    "CallbackEffort",
    "CallbackPerformance",
    "ChatPerformance",
    "DeferredOutcome",
    "DeferredRequirement",
    "ReliefPerformance",
    "blend_performance",
    "callback_day",
    "callback_effort",
    "callback_performance",
    "chat_performance",
    "deferred_work",
    "idle_agents",
    "relief_performance",
    "required_blended_agents",
    "required_callback_agents",
    "required_chat_agents",
    "required_deferred_agents",
]
