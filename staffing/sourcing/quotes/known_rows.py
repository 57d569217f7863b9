"""Figures of calls that overflow, each combination of calls and agents worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
import numpy.typing as npt

from staffing.queueing import OverflowPerformance, overflow_performance
from staffing.sourcing.case import Case
from staffing.sourcing.rates import Floats

_NAMES = tuple(entry.name for entry in fields(OverflowPerformance))


@dataclass(frozen=True)
class Rule:
    """When calls go to the vendor, and how long it handles them over the calls' AHT."""

    after_seconds: float
    aht_factor: float


@dataclass
class KnownRows:
    """`overflow_performance` at one interval, patience, threshold and rule; it remembers every row it was asked for.

    A case repeats its intervals, and so do the candidates that are billed for it.
    """

    interval_seconds: float
    patience_seconds: float
    threshold_seconds: float
    rule: Rule
    _places: dict[bytes, int] = field(default_factory=dict, repr=False)
    _found: dict[str, Floats] = field(default_factory=lambda: dict.fromkeys(_NAMES, np.zeros(0)), repr=False)

    def of(
        self, calls: npt.ArrayLike, aht: npt.ArrayLike, own: npt.ArrayLike, vendor: npt.ArrayLike
    ) -> OverflowPerformance:
        """The figures of so many calls an interval, own and vendor's agents; arguments broadcast."""
        parts = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in (calls, aht, own, vendor)))
        rows = np.ascontiguousarray(np.stack(parts, axis=-1).reshape(-1, len(parts)))
        keys = rows.view(f"V{rows.shape[1] * rows.itemsize}").ravel().tolist()
        fresh = [key for key in dict.fromkeys(keys) if key not in self._places]
        if fresh:
            self._work_out(fresh, rows.shape[1])
        at = np.array([self._places[key] for key in keys], dtype=np.intp)
        return OverflowPerformance(**{name: self._found[name][at].reshape(parts[0].shape) for name in _NAMES})

    def _work_out(self, fresh: list[bytes], width: int) -> None:
        calls, aht, own, vendor = np.frombuffer(b"".join(fresh), dtype=np.float64).reshape(-1, width).T
        found = overflow_performance(
            calls,
            aht,
            own,
            vendor,
            after=self.rule.after_seconds,
            interval=self.interval_seconds,
            patience=self.patience_seconds,
            threshold=self.threshold_seconds,
            handling_factor=self.rule.aht_factor,
        )
        for name in _NAMES:
            self._found[name] = np.concatenate([self._found[name], getattr(found, name)])
        self._places.update({key: len(self._places) + number for number, key in enumerate(fresh)})


def known_rows(case: Case, rule: Rule) -> KnownRows:
    """Those of a case, kept with it: offers whose prices move find them again."""
    key = ("overflow rows", rule)
    if key not in case.shared:
        case.shared[key] = KnownRows(
            case.interval_seconds, case.patience_seconds, case.targets.threshold, rule
        )
    found: KnownRows = case.shared[key]
    return found
