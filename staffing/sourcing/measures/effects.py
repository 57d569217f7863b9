"""What a measure changes: figures with a low and a high, grouped by what they act on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Annotated, Literal

from staffing.errors import SettingFault
from staffing.sourcing.figures import Allowed, Checked, Figure, allowed_figures

Level = Literal["low", "expected", "high"]


@dataclass(frozen=True)
class Effect(Figure):
    """A figure of what a measure does.

    `low` is the figure should the measure turn out weak, `high` should it turn out strong; where less is better (a
    share of callers who give up) `low` is the larger number. Left out, both are `value`.
    """

    low: float | None = None
    high: float | None = None

    def at(self, level: Level) -> float:
        """The figure at a level."""
        other = {"low": self.low, "expected": self.value, "high": self.high}[level]
        return self.value if other is None else other


@dataclass(frozen=True, kw_only=True)
class EffectPart(Checked):
    """A group of effects, each checked at its value, its low and its high."""

    def faults(self) -> Iterator[SettingFault]:
        """Every number that cannot be used; `value` must lie between `low` and `high`."""
        yield from super().faults()
        for name, allowed in allowed_figures(type(self)).items():
            effect = getattr(self, name)
            for end in ("low", "high"):
                number = getattr(effect, end)
                if number is not None and not allowed.accepts(number):
                    yield SettingFault(f"{name}.{end}", f"{number:.10g}", str(allowed))
            ends = (effect.at("low"), effect.at("high"))
            if not min(ends) <= effect.value <= max(ends):
                yield SettingFault(
                    f"{name}.value",
                    f"{effect.value:.10g}",
                    f"must lie between {ends[0]:.10g} and {ends[1]:.10g}",
                )


ShareOf = Annotated[Effect, Allowed(most=1)]
Change = Annotated[Effect, Allowed(least=-1, above=True, most=10)]
Saving = Annotated[Effect, Allowed(least=-10, most=0.99)]
Amount = Annotated[Effect, Allowed()]
Seconds = Annotated[Effect, Allowed()]
Whole = Annotated[Effect, Allowed(whole=True)]
NOTHING, ALL, NEVER = Effect(0.0), Effect(1.0), Effect(inf)


@dataclass(frozen=True, kw_only=True)
class SelfService(EffectPart):
    """What callers meet before the queue (IVR, visual IVR, chatbot, FAQ); shares of calls.

    Of the calls, `reach` meet it; `opt_out` of those go on to the queue at once; of the others `contained` are
    helped and never reach an agent, `gives_up` leave without help and are lost, the rest go on to the queue.
    """

    reach: ShareOf = ALL
    opt_out: ShareOf = NOTHING
    contained: ShareOf = NOTHING
    gives_up: ShareOf = NOTHING
    seconds: Seconds = NOTHING
    """That a call spends in it; it holds a line meanwhile."""
    patience_used: ShareOf = NOTHING
    """Share of those seconds by which who goes on to the queue is less patient there."""

    def faults(self) -> Iterator[SettingFault]:
        """Who is helped does not give up."""
        others = tuple(super().faults())
        yield from others
        if others:
            return
        for level in ("low", "expected", "high"):
            both = self.contained.at(level) + self.gives_up.at(level)
            if both > 1 + 1e-12:
                yield SettingFault("contained", f"{both:.10g} with gives_up", "must be at most 1 together")
                return


@dataclass(frozen=True, kw_only=True)
class Work(EffectPart):
    """What changes for the calls that agents take, and for those who wait for them; shares."""

    aht_saved: Saving = NOTHING
    """Of the handling time; negative where calls get longer (only the hard ones are left)."""
    patience_gained: Change = NOTHING
    """Of the mean patience; negative where callers get impatient."""
    redials_avoided: ShareOf = NOTHING
    """Of the calls that lost callers make again."""


@dataclass(frozen=True, kw_only=True)
class Capacity(EffectPart):
    """Agents and lines."""

    agents_added: Amount = NOTHING
    """On contacts, in every open interval."""
    shortfall_filled: ShareOf = NOTHING
    """Of the agents missing in each interval to the number that reaches the target."""
    hours_moved: ShareOf = NOTHING
    """Of the agent-hours beyond what the target needs, moved within the week to where agents are missing."""
    lines_added: Whole = NOTHING


@dataclass(frozen=True, kw_only=True)
class CallBack(EffectPart):
    """Call-backs for who would wait long; see `staffing.queueing.channels`."""

    offer_wait_seconds: Seconds = Effect(60.0)
    """An expected wait above this brings the offer."""
    accepted: ShareOf = NOTHING
    reached: ShareOf = ALL
    """Of those who are called back; the others are lost."""
    seconds: Annotated[Effect, Allowed(above=True)] = Effect(300.0)
    """Of an agent's time that a call-back takes, vain attempts included."""
    promise_seconds: Seconds = Effect(7200.0)
    """Open time within which the call is made; one made later is lost."""


@dataclass(frozen=True, kw_only=True)
class Vendor(EffectPart):
    """Calls that a vendor takes when callers wait: so many (`waiting_places`), or so long (`after_seconds`)."""

    waiting_places: Annotated[Effect, Allowed(whole=True, endless=True)] = NEVER
    """Callers waiting in the own queue before a further one is passed on at once."""
    after_seconds: Annotated[Effect, Allowed(endless=True)] = NEVER
    """Of waiting in the own queue, after which a caller is passed on; see `staffing.queueing.overflow`."""
    agents: Annotated[Effect, Allowed(whole=True, endless=True)] = NEVER
    """Of the vendor, for these calls; while all are busy callers go on waiting. Only with `after_seconds`."""
    answered: ShareOf = ALL
    """Of the calls passed on; the others are lost."""

    @property
    def timed(self) -> bool:
        """Whether a caller's wait decides, not the length of the queue."""
        return self.after_seconds.value < inf

    def faults(self) -> Iterator[SettingFault]:
        """One of the two limits is given, at every level."""
        yield from super().faults()
        limits = ("waiting_places", "after_seconds")
        given = [name for name in limits if getattr(self, name).value < inf]
        if len(given) != 1:
            yield SettingFault(" and ".join(limits), str(len(given)), "one of them must be given")
        for name in given:
            if any(getattr(self, name).at(level) == inf for level in ("low", "high")):
                yield SettingFault(name, "inf", "must be finite at low and high, too")
        if not self.timed and self.agents.value < inf:
            yield SettingFault("agents", f"{self.agents.value:g}", "is for a vendor with after_seconds only")


Part = SelfService | Work | Capacity | CallBack | Vendor
