"""Queues that share agents: what callers get, how many agents of which skills, and whom to train for what.

No agent is counted twice: numbers are of groups, each with the queues its agents serve. Arrays in, arrays out, queues
on the last axis; how it is computed, and how far it may be off, is in docs/multi-skill.md.
"""

from staffing.queueing.skills.bounds import SkillBounds, skill_bounds
from staffing.queueing.skills.estimate import SkillPerformance, skill_performance
from staffing.queueing.skills.required import SkillRequirement, required_skills
from staffing.queueing.skills.training import CrossTraining, TrainingStep, cross_training

__all__ = [
    "CrossTraining",
    "SkillBounds",
    "SkillPerformance",
    "SkillRequirement",
    "TrainingStep",
    "cross_training",
    "required_skills",
    "skill_bounds",
    "skill_performance",
]
