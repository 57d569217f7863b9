"""Words for the rules of a roster and where they come from."""

from __future__ import annotations

from staffing.wording.words import mark

RULES = {
    "law_day": mark("Hours a day"),
    "law_week": mark("Hours a week and a month"),
    "mean_week": mark("Mean hours over several weeks"),
    "break_length": mark("Breaks"),
    "days_off": mark("Days off"),
    "weekly_rest": mark("Rest once a week"),
    "rest": mark("Rest between shifts"),
    "overlap": mark("No two shifts at once"),
    "one_shift_a_day": mark("One shift a day"),
    "consecutive_days": mark("Days on end by law"),
    "minor_night": mark("No night work under 18"),
    "minor_overtime": mark("No overtime under 18"),
    "overtime_month": mark("Overtime of the agreement"),
    "contract_shifts": mark("Shifts of the contract"),
    "contract_max_shifts": mark("Shifts a week of the contract"),
    "contract_hours": mark("Hours a week of the contract"),
    "leave": mark("Leave"),
    "availability": mark("Availability"),
    "fixed_day": mark("Settled days"),
    "seats": mark("Seats of the selection of shifts"),
    "allowed_starts": mark("Allowed starts"),
    "stable_starts": mark("Stable starts"),
    "apart": mark("People kept apart"),
    "together": mark("People kept together"),
    "consecutive_days_least": mark("Least days on end"),
    "consecutive_days_most": mark("Most days on end"),
    "consecutive_days_off_least": mark("Least days off on end"),
    "days_off_after_nights": mark("Days off after nights"),
    "days_off_in_window": mark("Days off within a number of days"),
    "even_share": mark("Fair shares"),
    "forbidden_succession": mark("Shifts that must not follow one another"),
    "hours_in_period": mark("Hours within a period"),
    "hours_in_window": mark("Hours within a number of days"),
    "leave_allowance": mark("Days off granted at once"),
    "minimum_on_duty": mark("People on duty at least"),
    "nights_on_end_most": mark("Most nights on end"),
    "shifts_in_period": mark("Shifts within a period"),
    "weekends_most": mark("Most weekends worked"),
    "weekends_on_end_most": mark("Most weekends on end"),
    "whole_weekends": mark("Whole weekends"),
}
RULE_SOURCES = {
    "law": mark("statute"),
    "duty": mark("effort duty"),
    "plan": mark("your plan"),
    "standard": mark("contracts and staff list"),
}
# Articles that a rule pack words as sentences.
ARTICLES = (mark("effort duty on the interval between shifts"),)
