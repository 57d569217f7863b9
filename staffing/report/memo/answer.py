"""The first page of a decision memo in sentences: what is cheapest, by how much, what would tip it, what to do."""

from __future__ import annotations

from collections.abc import Iterator

from staffing.report.memo.memo import BreakEven, DecisionMemo
from staffing.report.memo.of_decision import NO_OPTION
from staffing.report.memo.tables import said
from staffing.wording.decision_words import figure_text
from staffing.wording.language import Language
from staffing.wording.words import OPTIONS, phrase, source_phrase

MOST_INPUTS, MOST_ITEMS = 2, 3  # named in a sentence


def answer(memo: DecisionMemo, lang: Language) -> Iterator[str]:
    """The sentences of the first page, in reading order."""
    yield lang.sentence(memo.question)
    yield recommendation(memo, lang)
    tips = [*_volumes(memo, lang), *_inputs(memo, lang), *_mixes(memo, lang)]
    if tips:
        yield lang.tr("What would tip it: {what}", what=lang.joined(*tips))
    steps = [*_order(memo, lang), *_quotes(memo, lang)]
    if steps:
        yield lang.tr("What to do next: {what}", what=lang.joined(*steps))
    yield target_sentence(memo, lang)
    yield from _lost_calls(memo, lang)


def recommended_name(memo: DecisionMemo, lang: Language) -> str:
    """What is recommended, in words."""
    return lang.tr("the best mix") if memo.recommended == "mix" else phrase(lang, OPTIONS, memo.recommended)


def recommendation(memo: DecisionMemo, lang: Language) -> str:
    """What is recommended, what it costs, and how much more the next one would."""
    tr = lang.tr
    if memo.total is None:
        return tr("No option reaches the target; the table says by how much each misses it.")
    name = recommended_name(memo, lang)
    text = tr("Recommended: {option}, {cost}.", option=name, cost=lang.money(memo.total, memo.currency))
    others = [o for o in memo.ranked if o.meets_target and o.name != memo.recommended]
    if not others:
        return text
    following = others[0]
    best = memo.total if memo.chosen is None else memo.price(memo.chosen)
    more = tr(
        "Next at the same target: {option}, {more} more.",
        option=phrase(lang, OPTIONS, following.name),
        more=lang.money(memo.price(following) - best, memo.currency),
    )
    return lang.joined(text, more)


def target_sentence(memo: DecisionMemo, lang: Language) -> str:
    """The target that every option was sized to, with its formulas."""
    tr, targets = lang.tr, memo.targets
    parts = []
    if targets.abandonment is not None:
        share = lang.percent(targets.abandonment)
        parts.append(tr("(abandoned + blocked) / offered at most {share}", share=share))
    if targets.service_level is not None:
        parts.append(
            tr(
                "{share} of the calls offered answered within {seconds} s",
                share=lang.percent(targets.service_level, 0),
                seconds=f"{targets.threshold:g}",
            )
        )
    if targets.asa is not None:
        parts.append(tr("mean wait of the answered at most {seconds} s", seconds=f"{targets.asa:g}"))
    if not parts:
        return tr("No service target was set.")
    return tr("Target for every option: {targets}.", targets=tr("; ").join(parts))


def _volumes(memo: DecisionMemo, lang: Language) -> Iterator[str]:
    """Between which volumes the recommended option stays the cheapest, and which ones come before and after."""
    now = memo.calls / len(memo.months)
    below, above = _around(memo, now)
    if below is None and above is None:
        return
    named_now = {"option": recommended_name(memo, lang), "now": lang.number(now)}
    if below is not None:
        named_now |= {"low": lang.number(below.calls), "below": phrase(lang, OPTIONS, below.below)}
    if above is not None:
        named_now |= {"high": lang.number(above.calls - 1), "above": phrase(lang, OPTIONS, above.above)}
    if above is None:
        text = lang.tr(
            "{option} stays the cheapest from {low} calls a month on ({now} expected); below it is {below}.",
            **named_now,
        )
    elif below is None:
        text = lang.tr(
            "{option} stays the cheapest up to {high} calls a month ({now} expected); above it is {above}.",
            **named_now,
        )
    else:
        text = lang.tr(
            "{option} stays the cheapest from {low} to {high} calls a month ({now} expected); below it is {below}, "
            "above it {above}.",
            **named_now,
        )
    yield text


def _around(memo: DecisionMemo, now: float) -> tuple[BreakEven | None, BreakEven | None]:
    """The crossings on either side of a volume, as far as the recommended option is the cheapest between them."""
    ranked = sorted(memo.break_even, key=lambda row: row.calls)
    below = next((row for row in reversed(ranked) if row.calls <= now), None)
    above = next((row for row in ranked if row.calls > now), None)
    between = {row.above for row in (below,) if row} | {row.below for row in (above,) if row}
    if between != {memo.recommended}:
        return None, None
    return (
        None if below is None or below.below == NO_OPTION else below,
        None if above is None or above.above == NO_OPTION else above,
    )


def _inputs(memo: DecisionMemo, lang: Language) -> Iterator[str]:
    """The strongest inputs at whose ends another option is the cheapest."""
    ends = [
        (row, value, best)
        for row in sorted(memo.sensitivity, key=lambda row: -row.swing)
        for value, best in ((row.low, row.best_low), (row.high, row.best_high))
        if best not in (memo.recommended, NO_OPTION)
    ]
    if memo.recommended in (None, "mix"):
        return
    for row, value, best in ends[:MOST_INPUTS]:
        yield lang.tr(
            'With "{input}" at {value}, {option} would be the cheapest.',
            input=figure_text(lang, row.name, within=memo.recommended),
            value=value,
            option=phrase(lang, OPTIONS, best),
        )


def _mixes(memo: DecisionMemo, lang: Language) -> Iterator[str]:
    """Where a mix is recommended, the change at which the next one would win."""
    if memo.recommended == "mix" and memo.mix is not None and memo.mix.runners_up:
        following = memo.mix.runners_up[0]
        name = " + ".join(source_phrase(lang, source) for source in following.name.split(" + "))
        yield lang.tr("{mix} would win if {what}.", mix=name, what=said(following.tips_at, lang))


def _order(memo: DecisionMemo, lang: Language) -> Iterator[str]:
    """When what is recommended must be ordered."""
    if memo.chosen is not None and memo.chosen.order_month:
        yield lang.tr(
            "Order by {order}, so that it takes calls from {start} on.",
            order=memo.chosen.order_month,
            start=memo.months[0],
        )


def _quotes(memo: DecisionMemo, lang: Language) -> Iterator[str]:
    """How much of the cost rests on market examples, and on which lines most."""
    bill = [line for line in memo.bills if line.option == memo.recommended]
    if not bill:
        return
    amounts: dict[str, int] = {}
    for line in bill:
        if line.label == "example":
            amounts[line.item] = amounts.get(line.item, 0) + line.amount
    total = sum(line.amount for line in bill)
    items = sorted((item for item in amounts if amounts[item] > 0), key=lambda item: -amounts[item])
    if not items or total <= 0:
        yield lang.tr("None of its prices is a market example.")
        return
    yield lang.tr(
        "Put quotes in the place of market examples, which make {share} of its cost: {items}.",
        share=lang.percent(sum(amounts[item] for item in items) / total, 0),
        items=lang.tr(", ").join(lang.sentence(item) for item in items[:MOST_ITEMS]),
    )


def _lost_calls(memo: DecisionMemo, lang: Language) -> Iterator[str]:
    """Whether what lost calls are worth decides, too."""
    if memo.lost and memo.lost_calls_counted:
        yield lang.tr("Options are ranked with what their lost calls are worth; costs do not hold it.")
    elif memo.lost:
        yield lang.tr("What lost calls are worth is shown, and not counted.")
