"""The search's clock: when it began, when it must end, and whether somebody asked it to stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Protocol, TypeVar

POLL_SECONDS = 0.1
Result = TypeVar("Result")


class Event(Protocol):
    """Something that can be set, as `threading.Event`."""

    def is_set(self) -> bool:
        """Whether it has been set."""
        ...


Stop = Event | Callable[[], bool]


class Clock:
    """Seconds since the start, a deadline and a stop signal, asked in one place."""

    def __init__(self, seconds: float, stop: Stop | None) -> None:
        self._started = time.monotonic()
        self.seconds = seconds
        self._stop = stop
        self.stopped = False  # the user asked for the end

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    @property
    def left(self) -> float:
        """Seconds until the deadline, at least 0."""
        return max(0.0, self.seconds - self.elapsed)

    def asked(self) -> bool:
        """Whether the user asked for the end."""
        if not self.stopped and self._stop is not None:
            self.stopped = self._stop() if callable(self._stop) else self._stop.is_set()
        return self.stopped

    def over(self) -> bool:
        """Whether time is up or the user asked for the end."""
        return self.asked() or self.left <= 0

    def await_(self, future: Future[Result]) -> Result | None:
        """The future's result, or None when the search must end before it comes."""
        while not self.over():
            if wait([future], timeout=min(POLL_SECONDS, self.left)).done:
                return future.result()
        return None
