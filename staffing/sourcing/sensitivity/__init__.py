"""Sensitivity: what each input does to the costs, and at which value another option becomes the best."""

from staffing.sourcing.sensitivity.inputs import Input, every_input, value_at, with_value
from staffing.sourcing.sensitivity.situation import Monthly, Situation, monthly_costs, present_values
from staffing.sourcing.sensitivity.threshold import Threshold, thresholds
from staffing.sourcing.sensitivity.tornado import Tornado, tornado, two_way

__all__ = [
    "Input",
    "Monthly",
    "Situation",
    "Threshold",
    "Tornado",
    "every_input",
    "monthly_costs",
    "present_values",
    "thresholds",
    "tornado",
    "two_way",
    "value_at",
    "with_value",
]
