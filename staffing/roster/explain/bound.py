"""What a bound says, in words: how much cheaper any other lawful roster could be."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.notes import Note
from staffing.roster.engines import relax
from staffing.roster.explain.standing import Standing
from staffing.roster.windows import Windows

WEEK_SECONDS = 20.0  # for the relaxation of one week


@dataclass(frozen=True)
class Proof:
    """A roster's cost and a proven lower bound on every lawful roster's, in the currency's smallest unit."""

    objective: int
    bound: int

    @property
    def excess(self) -> int:
        """The most that another roster could save."""
        return max(0, self.objective - self.bound)

    @property
    def wording(self) -> Note:
        """What is proven."""
        values = {"objective": f"{self.objective:,}", "bound": f"{self.bound:,}"}
        if not self.excess:
            return Note.of("this roster costs {objective}, and it is proven that none costs less", **values)
        if self.bound <= 0:
            return Note.of(
                "this roster costs {objective}; how much cheaper another could be is not known", **values
            )
        return Note.of(
            "this roster costs {objective}, and it is proven that none costs less than {bound}: at most {excess}"
            " ({share} %) could be saved",
            **values,
            excess=f"{self.excess:,}",
            share=f"{100 * self.excess / self.objective:.2f}",
        )


def proof_of(standing: Standing) -> Proof:
    """The sum of what each week costs at least by itself, shifts taken in parts: a bound found within seconds."""
    model = standing.model
    windows = Windows(model)
    units = windows.prices.constant
    for week in range(len(model.weeks)):
        found = relax(windows.alone(week), WEEK_SECONDS)
        units += max(windows.least(week), windows.least(week) if found is None else found.bound)
    return Proof(standing.objective, min(standing.objective, model.money.amount(max(0, units))))
