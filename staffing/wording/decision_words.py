"""Words for what a decision's files hold as codes: causes of lost calls, measures, reasons, and paths of figures."""

from __future__ import annotations

import re

from staffing.wording.language import Language
from staffing.wording.words import OPTIONS, mark, phrase

CAUSES = {
    "agents": mark("Too few agents"),
    "handling_time": mark("Long handling time"),
    "lines": mark("Every line in use"),
    "patience": mark("Callers' patience"),
    "rest": mark("Lost even then"),
    "unexplained": mark("Not explained by the model"),
}
MEASURES = {
    "Training": mark("Training"),
    "Talk and wrap-up time made visible": mark("Talk and wrap-up time made visible"),
    "FAQ": mark("FAQ"),
    "Chatbot": mark("Chatbot"),
    "IVR": mark("IVR"),
    "Visual IVR": mark("Visual IVR"),
    "Call-back": mark("Call-back"),
    "Overflow to a vendor": mark("Overflow to a vendor"),
    "One more agent all day": mark("One more agent all day"),
    "Part-time agents at the gaps": mark("Part-time agents at the gaps"),
    "Better roster": mark("Better roster"),
    "Two more lines": mark("Two more lines"),
    "Expected wait announced": mark("Expected wait announced"),
    "Lost callers told when to call": mark("Lost callers told when to call"),
}
REASONS = {
    "price": mark("The costs meet"),
    "step": mark("One of the two buys more or less from here on"),
    "capacity": mark("The one before no longer reaches the target"),
    "minimum": mark("The next takes no smaller volume"),
}
# Parts of a path that hold figures of their own.
PARTS = {
    "case": mark("Desk"),
    "horizon": mark("Months ahead"),
    "in_house": mark("In-house"),
    "hidden": mark("hidden costs"),
    "terms": mark("terms"),
    "hours": mark("hours tier"),
    "overage": mark("further calls"),
    "sizes": mark("bundle size"),
    "tiers": mark("price tier"),
    "learning": mark("month of learning"),
    "on_premise": mark("telephone system on the premises"),
    "vendors": mark("vendor"),
    "targets": mark("target"),
}
FIGURES = {
    "abandonment": mark("abandon rate"),
    "after_seconds": mark("seconds until calls overflow"),
    "agents_per_supervisor": mark("agents per supervisor"),
    "aht_factor": mark("factor on handling time"),
    "aht_seconds": mark("handling time in seconds"),
    "asa": mark("mean speed of answer in seconds"),
    "attrition_month": mark("attrition a month"),
    "base_fee_first_line": mark("base fee a month, first line"),
    "base_fee_support": mark("base fee a month, support"),
    "booth_month": mark("booth a month"),
    "booth_month_hours": mark("hours of a booth a month"),
    "call_extra": mark("extra cost of a call"),
    "call_minutes": mark("minutes of a call"),
    "calls": mark("calls a month"),
    "capex": mark("purchase"),
    "capex_seat": mark("purchase per seat"),
    "channel_month": mark("channel a month"),
    "disruption_minutes": mark("minutes a call takes in all"),
    "escalation_seconds": mark("seconds of an escalated call"),
    "escalation_share": mark("share of calls escalated"),
    "escalation_wage_hour": mark("hourly wage for escalated calls"),
    "exit_fee": mark("exit fee"),
    "extra_channel_month": mark("further channel a month"),
    "factor": mark("factor on the price"),
    "floor_month": mark("least cost of a desk a month"),
    "from_calls": mark("first call of the tier"),
    "growth": mark("growth a year"),
    "hire": mark("recruiting per person"),
    "hour": mark("price of an hour"),
    "hours_head_month": mark("hours of a person a month"),
    "included_calls": mark("included calls a month"),
    "included_channels": mark("included channels"),
    "lead_months": mark("lead time in months"),
    "liaison_hours_month": mark("liaison hours a month"),
    "liaison_month": mark("liaison a month"),
    "liaison_wage_hour": mark("hourly wage for liaison"),
    "licence_month": mark("licence per seat a month"),
    "life_months": mark("months of use"),
    "maintenance_month": mark("maintenance a month"),
    "management_month": mark("management fee a month"),
    "manual": mark("manual"),
    "max_channels": mark("most channels"),
    "max_people": mark("most people"),
    "min_block_hours": mark("shortest block in hours"),
    "min_hours_month": mark("least hours a month"),
    "minimum_calls": mark("least calls a month"),
    "minimum_months": mark("minimum term in months"),
    "month": mark("price of a month"),
    "month_fee": mark("fee a month"),
    "months": mark("months"),
    "notice_months": mark("notice in months"),
    "occupancy": mark("occupancy"),
    "own_block_hours": mark("shortest block of own people in hours"),
    "own_least": mark("least own people"),
    "patience_seconds": mark("patience in seconds"),
    "pbx_horizon_months": mark("months over which telephone systems are compared"),
    "pbx_month": mark("telephone system a month"),
    "pbx_seat_month": mark("telephone system per seat a month"),
    "pc_lease_months": mark("months of a PC lease"),
    "pc_month": mark("PC lease per seat a month"),
    "place_month": mark("workplace a month"),
    "premium_hour": mark("premium per hour"),
    "price": mark("price of a call"),
    "rate": mark("discount rate"),
    "rate_hour": mark("price of an hour"),
    "repeat_share": mark("share of callers who call again"),
    "seat_hour": mark("seat an hour"),
    "seat_month": mark("seat a month"),
    "service_level": mark("service level"),
    "setup": mark("setup fee"),
    "setup_fee": mark("setup fee"),
    "severance": mark("severance per person"),
    "share": mark("share of the calls"),
    "shrinkage": mark("shrinkage"),
    "social_insurance": mark("social insurance, share of wages"),
    "space_month": mark("space per seat a month"),
    "supervisor_month": mark("supervisor a month"),
    "supervisor_wage_hour": mark("hourly wage of a supervisor"),
    "threshold": mark("threshold in seconds"),
    "to_calls": mark("last call of the tier"),
    "training": mark("training"),
    "training_hours": mark("hours of training"),
    "wage_hour": mark("hourly wage"),
    "wage_month": mark("wage a month"),
    "waiting_places": mark("waiting places"),
    **PARTS,
}
_STEP = re.compile(r"(?P<name>[A-Za-z_]+)(?:\[(?P<key>[^\]]+)\]|\.(?P<number>\d+))?(?:\.|$)")


def figure_text(lang: Language, path: str, owner: str | None = None, within: str | None = None) -> str:
    """What the figure at a dotted path is called, such as `per_call[1].overage[2].price`.

    Args:
        lang: the reader's language.
        path: as in `staffing.sourcing.sensitivity`, or as in the mix's prices (`tiers.0`, `seat_month.night`).
        owner: the option that the figure belongs to; it takes the place of the path's first step where that names a
            kind of tariff, and stands before a path that begins with a figure.
        within: the option that is spoken of, which need not be named.
    """
    tr = lang.tr
    steps = [*_STEP.finditer(path)]
    if "".join(step[0] for step in steps) == path:
        words = [_word(lang, step) for step in steps]
    else:  # the name of a class of hours follows
        head, _, rest = path.partition(".")
        inner = tr(FIGURES[head]) if head in FIGURES else head
        words = [tr("{figure} ({part})", figure=inner, part=lang.sentence(rest))]
    if owner:
        if steps and steps[0]["key"] is not None and len(words) > 1:
            words.pop(0)
        if owner != within:
            words.insert(0, phrase(lang, OPTIONS, owner))
    text = words.pop()
    while words:
        text = tr("{part}: {figure}", part=words.pop(), figure=text)
    return text


def _word(lang: Language, step: re.Match[str]) -> str:
    name = step["name"]
    text = phrase(lang, FIGURES, name) if name in FIGURES else phrase(lang, OPTIONS, name.replace("_", " "))
    if step["number"] is not None:  # counted from 0 there, by readers from 1
        return lang.tr("{part} {number}", part=text, number=int(step["number"]) + 1)
    return text if step["key"] is None else lang.tr("{part} {number}", part=text, number=step["key"])
