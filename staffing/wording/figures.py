"""Words for the figures of a tariff file and of a mix, by the name of their field; keys of translations."""

from __future__ import annotations

import re

from staffing.wording.words import mark

# A name with its table before it stands for that table only.
FIGURES = {
    "aht_factor": mark("handling time beside one's own"),
    "learning.aht_factor": mark("handling time of new people"),
    "agents_per_supervisor": mark("agents to a supervisor"),
    "after_seconds": mark("wait before a call overflows, s"),
    "attrition_month": mark("share who leave in a month"),
    "base_fee_first_line": mark("base fee a month, first line"),
    "base_fee_support": mark("base fee a month, support"),
    "base_fee_month": mark("base fee a month"),
    "booth_month": mark("booth a month"),
    "booth_month_hours": mark("hours of a booth-month"),
    "call_extra": mark("extra cost of a call"),
    "call_minutes": mark("minutes of a call"),
    "calls": mark("calls a month"),
    "sizes.calls": mark("calls of a bundle"),
    "capex": mark("telephone system, once"),
    "capex_seat": mark("telephone system, once a seat"),
    "channel_month": mark("extra channel a month"),
    "churn_once": mark("share who leave after one bad experience"),
    "churn_twice": mark("share who leave after two"),
    "disruption_minutes": mark("minutes that a call disrupts"),
    "escalation_seconds": mark("seconds of an escalated call"),
    "escalation_share": mark("share of calls escalated"),
    "escalation_wage_hour": mark("wage of those who take escalated calls"),
    "exit_fee": mark("exit fee"),
    "extra_channel_month": mark("extra channel a month"),
    "factor": mark("price factor of the hours"),
    "floor_month": mark("least cost of a desk a month"),
    "from_calls": mark("calls from which a price holds"),
    "hire": mark("recruiting a person"),
    "hour": mark("hour"),
    "hours_head_month": mark("hours of a person a month"),
    "included_calls": mark("calls included"),
    "included_channels": mark("channels included"),
    "lead_months": mark("months until it begins"),
    "liaison_hours_month": mark("hours of liaison a month"),
    "liaison_month": mark("liaison a month"),
    "liaison_wage_hour": mark("wage of the liaison"),
    "licence_month": mark("licences a seat and month"),
    "life_months": mark("months the telephone system lasts"),
    "maintenance_month": mark("maintenance a month"),
    "management_month": mark("management fee a month"),
    "manual": mark("manual, once"),
    "max_channels": mark("most channels"),
    "max_people": mark("most people at once"),
    "min_block_hours": mark("hours of a block at least"),
    "min_hours_month": mark("hours a month at least"),
    "minimum_calls": mark("calls a month at least"),
    "minimum_months": mark("months at least"),
    "month": mark("price a month"),
    "month_fee": mark("fee a month"),
    "notice_months": mark("months of notice"),
    "overage": mark("call beyond those included"),
    "overage.price": mark("call beyond those included"),
    "own_block_hours": mark("hours of an own block"),
    "own_least": mark("own people at least"),
    "pbx_horizon_months": mark("months over which telephone systems are compared"),
    "pbx_month": mark("cloud telephone system a month"),
    "pbx_seat_month": mark("cloud telephone system a seat and month"),
    "pc_lease_months": mark("months of a PC lease"),
    "pc_month": mark("PC lease a seat and month"),
    "place_month": mark("workplace a month"),
    "premium_hour": mark("premium an hour"),
    "rate_hour": mark("hour"),
    "repeat_share": mark("share of calls that come again"),
    "seat_hour": mark("seat an hour"),
    "seat_month": mark("seat a month"),
    "setup": mark("setup fee"),
    "setup_fee": mark("setup fee"),
    "severance": mark("severance a person"),
    "share": mark("share of the calls"),
    "social_insurance": mark("employer's social insurance, share of wages"),
    "space_month": mark("space a seat and month"),
    "supervisor_month": mark("supervisor a month"),
    "supervisor_wage_hour": mark("supervisor's wage an hour"),
    "tiers": mark("price of a call"),
    "to_calls": mark("calls up to which a price holds"),
    "training": mark("training, once"),
    "training_hours": mark("hours of training"),
    "wage_hour": mark("wage an hour"),
    "wage_month": mark("wage a month"),
    "waiting_places": mark("places to wait"),
}
DESK = {
    "calls": mark("calls a month"),
    "aht_seconds": mark("AHT, s"),
    "patience_seconds": mark("callers' patience, s"),
    "shrinkage": mark("shrinkage"),
}
_STEP = re.compile(r"^(?P<name>\w+?)(?:\[(?P<number>\d+)\])?$")


def figure_words(path: str) -> str:
    """Words for a figure by its path inside an offer, such as `overage[2].price` or `tiers.0`.

    A number above 1 stands behind the words in brackets; a path without words comes back as it is.
    """
    names, numbers = [], []
    for step in path.split("."):
        match = _STEP.match(step)
        if match is None:
            return path
        if step.isdigit():  # a mix counts from 0
            numbers.append(int(step) + 1)
            continue
        names.append(match["name"])
        if match["number"]:
            numbers.append(int(match["number"]))
    words = FIGURES.get(".".join(names[-2:])) or FIGURES.get(names[-1])
    if words is None:
        return path
    later = [number for number in numbers if number > 1]
    return f"{words} ({later[-1]})" if later else words
