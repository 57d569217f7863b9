"""The course of events: one heap of what is to come, and one method for each kind of event.

At the same moment things happen in this order: agents go, agents come, calls end, calls overflow, callers give up,
redials come, first attempts come. So a caller is served who would have given up in the same moment.
"""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from math import inf, nan

from staffing.simulation.crew import Crew
from staffing.simulation.draws import Attempts
from staffing.simulation.duty import Duty
from staffing.simulation.recording import CallLog, Ledger, Outcome
from staffing.simulation.routing import Routing
from staffing.simulation.scenario import Scenario
from staffing.simulation.vendor import Vendor

DUTY, FINISH, OVERFLOW, ABANDON, REDIAL = range(5)

WAITING, ANSWERED, ABANDONED, BLOCKED, OVERFLOWED = (
    int(each)
    for each in (Outcome.WAITING, Outcome.ANSWERED, Outcome.ABANDONED, Outcome.BLOCKED, Outcome.OVERFLOWED)
)


def play(scenario: Scenario, duty: Duty, attempts: Attempts) -> CallLog:
    """What becomes of these attempts to call."""
    return _Run(scenario, duty, attempts).play()


class _Run:
    """One replication under way. Calls, agents, groups and types go by number."""

    def __init__(self, scenario: Scenario, duty: Duty, attempts: Attempts) -> None:
        self.attempts, self.end = attempts, scenario.seconds
        self.log = Ledger(attempts)
        self.call_type: list[int] = attempts.call_type.tolist()
        self.handling: list[float] = attempts.handling.tolist()
        self.patience: list[float] = attempts.patience.tolist()
        self.delay: list[float] = attempts.delay.tolist()
        self.following: list[int] = attempts.following.tolist()
        self.crew = Crew(scenario, duty)
        self.routing = Routing(scenario, self.call_type, self.log.arrival, self.crew.idle)
        self.queued_at = self.log.arrival.copy()
        self.gives_up_at = [inf] * len(self.call_type)
        self.over = bytearray(len(self.call_type))

        self.lines, self.in_use = scenario.lines, 0
        self.lines_of = [each.lines for each in scenario.call_types]
        self.in_use_of = [0] * len(scenario.call_types)
        self._set_vendor(scenario)
        self.heap: list[tuple[float, int, int]] = [
            (change.time, DUTY, place) for place, change in enumerate(self.crew.changes)
        ]

    def _set_vendor(self, scenario: Scenario) -> None:
        vendor = scenario.vendor or Vendor(agents=0, after=inf, when_full=False)
        takes = [vendor.call_types is None or each.name in vendor.call_types for each in scenario.call_types]
        self.vendor_group = len(scenario.groups)
        self.vendor_free = vendor.agents
        self.vendor_factor = vendor.handling_factor
        self.vendor_after = [vendor.after if taken else inf for taken in takes]
        self.vendor_when_full = [vendor.when_full and taken for taken in takes]
        self.overdue: deque[int] = deque()
        """Calls that have waited long enough for a vendor who was busy; some have left since."""

    def play(self) -> CallLog:
        """Every event up to the end, in order."""
        heap, arrival = self.heap, self.log.arrival
        handlers = (self.change_duty, self.finish, self.overflow, self.abandon, self.arrive)
        coming, first = 0, self.attempts.first
        upcoming = arrival[0] if first else inf
        end = self.end
        while True:
            if heap and heap[0][0] <= upcoming:
                now, kind, number = heappop(heap)
                if now >= end:
                    break
                handlers[kind](now, number)
            elif upcoming < end:
                self.arrive(upcoming, coming)
                coming += 1
                upcoming = arrival[coming] if coming < first else inf
            else:
                break
        return self.close()

    def close(self) -> CallLog:
        """The log, with those who are in the queue or working late at the end."""
        for queue in self.routing.queues:
            for call in queue:
                if self.routing.waiting[call]:
                    self.log.waited[call] += self.end - self.queued_at[call]
        self.crew.close(self.end)
        return self.log.close(self.attempts, self.crew.overtime, self.vendor_group, self.end)

    # Calls

    def arrive(self, now: float, call: int) -> None:
        """An attempt to call: it is blocked, taken at once, overflows or waits."""
        self.log.arrival[call] = self.queued_at[call] = now
        kind = self.call_type[call]
        if self.in_use >= self.lines or self.in_use_of[kind] >= self.lines_of[kind]:
            if self.vendor_when_full[kind] and self.vendor_free:
                self.hand_over(now, call)
            else:
                self.log.outcome[call] = BLOCKED
                self.lose(now, call)
            return
        self.in_use += 1
        self.in_use_of[kind] += 1
        agent = self.routing.agent_for(kind)
        if agent >= 0:
            self.begin(now, call, agent)
        elif self.vendor_after[kind] == 0 and self.vendor_free:
            self.release(call)
            self.hand_over(now, call)
        else:
            self.routing.join(call)
            self.wait(now, call, self.patience[call])

    def wait(self, now: float, call: int, patience: float) -> None:
        """A caller begins to wait."""
        self.log.outcome[call] = WAITING
        self.queued_at[call] = now
        if patience < inf:
            self.gives_up_at[call] = now + patience
            heappush(self.heap, (now + patience, ABANDON, call))
        after = self.vendor_after[self.call_type[call]]
        if after < inf:
            heappush(self.heap, (now + after, OVERFLOW, call))

    def begin(self, now: float, call: int, agent: int) -> None:
        """An agent takes a call."""
        log, group = self.log, self.crew.group_of[agent]
        ends = now + self.handling[call] * self.routing.factor[group][self.call_type[call]]
        log.outcome[call] = ANSWERED
        log.waited[call] += now - self.queued_at[call]
        log.start[call], log.end[call] = now, ends
        log.group[call], log.agent[call] = group, agent
        self.crew.serving[agent] = call
        heappush(self.heap, (ends, FINISH, call))

    def finish(self, now: float, call: int) -> None:
        """A call ends: the agent leaves, takes the next one or is free."""
        if self.over[call] or self.log.end[call] != now:
            return  # it was given back meanwhile
        self.over[call] = 1
        agent = self.log.agent[call]
        if agent < 0:
            self.vendor_done(now)
            return
        self.release(call)
        if self.crew.done(now, agent):
            self.make_free(now, agent)

    def abandon(self, now: float, call: int) -> None:
        """A caller gives up, unless answered before."""
        if self.routing.waiting[call] and self.gives_up_at[call] == now:
            self.leave_queue(now, call)
            self.log.outcome[call] = ABANDONED
            self.lose(now, call)

    def leave_queue(self, now: float, call: int) -> None:
        """A call leaves the queue, not by an own agent."""
        self.routing.waiting[call] = 0
        self.log.waited[call] += now - self.queued_at[call]
        self.release(call)

    def release(self, call: int) -> None:
        """A line is free again."""
        self.in_use -= 1
        self.in_use_of[self.call_type[call]] -= 1

    def lose(self, now: float, call: int) -> None:
        """Whoever was lost may call again."""
        again = self.following[call]
        if again >= 0:
            heappush(self.heap, (now + self.delay[again], REDIAL, again))

    # The vendor

    def overflow(self, now: float, call: int) -> None:
        """A caller has waited long enough for the vendor."""
        if self.routing.waiting[call]:
            if self.vendor_free:
                self.leave_queue(now, call)
                self.hand_over(now, call)
            else:
                self.overdue.append(call)

    def hand_over(self, now: float, call: int) -> None:
        """The vendor takes a call."""
        log = self.log
        log.outcome[call] = OVERFLOWED
        log.start[call] = now
        log.end[call] = now + self.handling[call] * self.vendor_factor
        log.group[call], log.agent[call] = self.vendor_group, -1
        self.vendor_free -= 1
        heappush(self.heap, (log.end[call], FINISH, call))

    def vendor_done(self, now: float) -> None:
        """The vendor has someone free, who takes the first of those who have waited long enough."""
        self.vendor_free += 1
        while self.overdue:
            call = self.overdue.popleft()
            if self.routing.waiting[call]:
                self.leave_queue(now, call)
                self.hand_over(now, call)
                return

    # Agents

    def make_free(self, now: float, agent: int) -> None:
        """An agent takes the next call, if one waits."""
        group = self.crew.group_of[agent]
        call = self.routing.call_for(group)
        if call >= 0:
            self.begin(now, call, agent)
        else:
            self.crew.idle[group].append(agent)

    def change_duty(self, now: float, number: int) -> None:
        """An agent comes or goes."""
        change = self.crew.changes[number]
        if change.comes:
            if self.crew.come(now, change.agent):
                self.make_free(now, change.agent)
        elif self.crew.go(now, change.agent, self.log.end):
            self.give_back(now, change.agent)

    def give_back(self, now: float, agent: int) -> None:
        """An agent leaves, and someone else has to finish the call: at once if anyone is free."""
        log, call, group = self.log, self.crew.serving[agent], self.crew.group_of[agent]
        kind = self.call_type[call]
        self.crew.serving[agent] = -1
        log.cut.append((log.start[call], now, group))
        self.handling[call] = (log.end[call] - now) / self.routing.factor[group][kind]
        log.start[call] = log.end[call] = nan
        log.group[call] = log.agent[call] = -1
        self.queued_at[call] = now
        other = self.routing.agent_for(kind)
        if other >= 0:
            self.begin(now, call, other)
        else:
            self.routing.rejoin(call)
            self.wait(now, call, max(self.patience[call] - log.waited[call], 0.0))
