"""Rules on when people rest: meals that begin in time, paid rest, breaks that everybody takes at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from staffing.notes import Note
from staffing.roster.checks.case import Case, breach, hours
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import Segment, Stint, instant, overlap


def meals(case: Case) -> Iterator[Violation]:
    """Long work has the meals of the pack, each unpaid, long enough, and begun in time.

    The time until a meal counts work only: an earlier meal does not use it up.
    """
    laws, article = case.problem.pack.meals, case.problem.pack.article("meals")
    for stint in case.stints:
        due = [law for law in laws if stint.work_minutes > law.over_minutes]
        for number, law in enumerate(due, start=1):
            lengths = sorted(
                rest for rest in stint.breaks if stint.inside(rest) and rest[1] - rest[0] >= law.meal_minutes
            )
            if len(lengths) < number:
                yield breach(
                    stint,
                    "meal_break",
                    article,
                    str(len(lengths)),
                    str(number),
                    Note.of(
                        "{work} hours of work need {needed} meals of at least {minutes} minutes, there are {found}",
                        work=hours(stint.work_minutes),
                        needed=number,
                        minutes=law.meal_minutes,
                        found=len(lengths),
                    ),
                )
                break
            worked = _work_before(stint, lengths[number - 1][0])
            if worked > law.begin_within_minutes:
                yield breach(
                    stint,
                    "meal_break",
                    article,
                    hours(worked),
                    hours(law.begin_within_minutes),
                    Note.of(
                        "meal {number} begins after {found} hours of work, {allowed} are the latest",
                        number=number,
                        found=hours(worked),
                        allowed=hours(law.begin_within_minutes),
                    ),
                )


def rest_periods(case: Case) -> Iterator[Violation]:
    """Work has the paid rests of the pack, each long enough and within the work; a remark where the pack is soft."""
    pack = case.problem.pack
    law = pack.rest_periods
    if law is None:
        return
    for stint in case.stints:
        work = stint.work_minutes
        needed = -(-(work - law.per_minutes // 2) // law.per_minutes) if work >= law.from_minutes else 0
        taken = sum(
            1
            for start, end in stint.duty.paid_breaks
            if _inside_work(stint, (instant(start), instant(end)), law.rest_minutes)
        )
        if taken < needed:
            yield breach(
                stint,
                "rest_period",
                pack.article("rest_periods.rest_minutes"),
                str(taken),
                str(needed),
                Note.of(
                    "{work} hours of work allow {needed} paid rests of {minutes} minutes, the roster has {found}",
                    work=hours(work),
                    needed=needed,
                    minutes=law.rest_minutes,
                    found=taken,
                ),
                "soft" if "rest_periods.rest_minutes" in pack.soft else "hard",
            )


def breaks_at_once(case: Case) -> Iterator[Violation]:
    """Where breaks must be taken all at once, nobody works while another rests: a remark for each duty that does."""
    if "breaks_at_once" not in case.problem.pack.chosen:
        return
    days: defaultdict[date, list[Stint]] = defaultdict(list)
    for stint in case.stints:
        days[stint.day].append(stint)
    for stint in case.stints:
        others = [other for other in days[stint.day] if other.agent_id != stint.agent_id]
        alone = [
            rest
            for rest in stint.breaks
            if any(overlap(rest, work) for other in others for work in other.work)
        ]
        if alone:
            yield breach(
                stint,
                "breaks_at_once",
                case.problem.pack.article("breaks_at_once"),
                str(len(alone)),
                "0",
                Note.of("others work during {number} of the breaks of this duty", number=len(alone)),
                "soft",
            )


def _work_before(stint: Stint, minute: int) -> int:
    """Minutes of work before an instant."""
    return sum(max(0, min(end, minute) - start) for start, end in stint.work)


def _inside_work(stint: Stint, rest: Segment, least: int) -> bool:
    """Whether a paid rest is long enough and lies within one stretch of work."""
    return rest[1] - rest[0] >= least and any(
        start <= rest[0] and rest[1] <= end for start, end in stint.work
    )
