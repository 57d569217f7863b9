"""Words that stand in a plan's files as codes, and the phrases a reader sees for them.

`mark` makes a phrase known to `scripts/translations.py`; what a file holds beyond these words is shown as it is.
"""

from __future__ import annotations

from staffing.wording.language import Language


def mark(text: str) -> str:
    """The text itself; says that it will be translated when it is shown."""
    return text


STATUS = {
    "optimal": mark("Proven cheapest"),
    "feasible": mark("Good, not proven cheapest"),
    "stopped": mark("Stopped by hand, best roster kept"),
    "infeasible": mark("No roster can exist"),
}
STAGES = {
    "demand": mark("Reading the history"),
    "forecast": mark("Forecast"),
    "requirement": mark("Agents needed"),
    "roster": mark("Roster"),
    "costs": mark("Costs"),
    "check": mark("Check"),
    "export": mark("Writing the files"),
    "done": mark("Done"),
}
METHODS = {
    "median": mark("Median of the last same weekdays, slot by slot"),
    "mean": mark("Mean of the last same weekdays, slot by slot"),
    "profile": mark("Monthly total spread over a weekly profile"),
}
MODELS = {
    "erlang-a": mark("Erlang A (callers may give up)"),
    "erlang-c": mark("Erlang C (callers wait without end)"),
}
ENGINES = {"staffing": mark("own engine"), "pyworkforce": mark("pyworkforce")}
OPTIONS = {
    "in-house": mark("In-house"),
    "in house": mark("In-house"),
    "in_house": mark("In-house"),
    "per call": mark("Outsourced, per call"),
    "per_call": mark("Outsourced, per call"),
    "per booth": mark("Outsourced, per booth"),
    "per_booth": mark("Outsourced, per booth"),
    "per call, support": mark("Outsourced, per call, support"),
    "per call, busy tone": mark("Outsourced, per call, busy tone"),
    "per booth, dedicated site": mark("Outsourced, per booth, dedicated site"),
    "bundle": mark("Outsourced, bundle of calls"),
    "bundle, large": mark("Outsourced, large bundle of calls"),
    "flat, 300 calls": mark("Outsourced, flat price for 300 calls"),
    "flat, 1,000 calls": mark("Outsourced, flat price for 1,000 calls"),
    "hourly": mark("Outsourced, hourly"),
    "hourly, from home": mark("Outsourced, hourly, from home"),
    "consignment": mark("In-house consignment"),
    "consignment, two vendors": mark("In-house consignment, two vendors"),
    "overflow, per call": mark("In-house, overflow outsourced per call"),
    "overflow, hourly": mark("In-house, overflow outsourced hourly"),
    "lunch hours, per call": mark("In-house, lunch hours outsourced per call"),
    "season, per booth": mark("In-house, season outsourced per booth"),
    "other duties, 2 people": mark("Staff with other duties, 2 people"),
    "other duties, 5 people": mark("Staff with other duties, 5 people"),
}
SOURCES = {
    "source": mark("published by vendors"),
    "law": mark("statute"),
    "example": mark("market example"),
    "plan": mark("your plan"),
}
FORMULAS = {
    "(abandoned + blocked) / offered": mark("(abandoned + blocked) / offered"),
    "abandoned / offered": mark("abandoned / offered"),
}
COLUMNS = {
    "queue": mark("Queue"),
    "interval_start": mark("Interval"),
    "required_net": mark("Required, net"),
    "scheduled_net": mark("Scheduled, net"),
    "required_gross": mark("Required, gross"),
    "on_floor": mark("On the floor, gross"),
    "on_break": mark("On break"),
    "abandonment": mark("Abandon rate"),
    "service_level": mark("Service level"),
    "occupancy": mark("Occupancy"),
    "calls": mark("Forecast calls"),
}
SAMPLES = {
    "anonymous-bank": mark("a bank's call centre, 1999, with its records"),
    "small-desk": mark("a small desk of 300 calls a month, without records"),
}
# Units, hours and vendors that the default tariffs use, and an item of a growing desk.
TARIFFS = (
    mark("once"),
    mark("month"),
    mark(" ({a} of {b} days)"),
    mark("weekdays 9-18"),
    mark("every day 5-22"),
    mark("24/365"),
    mark("training for growth"),
    mark("vendor A"),
    mark("vendor B"),
)
# What pydantic says of a setting that does not fit.
SETTINGS = (
    mark("should be greater than {a}"),
    mark("should be greater than or equal to {a}"),
    mark("should be less than {a}"),
    mark("should be less than or equal to {a}"),
    mark("should be a valid number, unable to parse string as a number"),
    mark("should be a valid integer, unable to parse string as an integer"),
    mark("should be a valid integer"),
    mark("should be a valid integer, got a number with a fractional part"),
    mark("should be a valid number"),
    mark("should be a valid string"),
    mark("should be a valid date or datetime, {a}"),
    mark("should be a valid date in the format YYYY-MM-DD, {a}"),
    mark("should be a finite number"),
    mark("should be {a} or {b}"),
    mark("should be {a}"),
    mark("String should have at least {a} character"),
    mark("String should have at most {a} characters"),
    mark("String should match pattern {a}"),
)


def phrase(lang: Language, words: dict[str, str], code: object) -> str:
    """The phrase for a code, or the code itself where there is none."""
    text = str(code)
    return lang.tr(words[text]) if text in words else lang.sentence(text)


def source_phrase(lang: Language, source: str) -> str:
    """The phrase for a source of a mix: an option, or one of its sizes such as "bundle, 300 calls"."""
    option, comma, size = source.rpartition(", ")
    if source not in OPTIONS and comma and option in OPTIONS:
        return f"{phrase(lang, OPTIONS, option)}, {lang.sentence(size)}"
    return phrase(lang, OPTIONS, source)
