"""From a program's x to named duties: breaks spread out, then handed to the people of each shift.

The program counts how many people of a shift rest, or attend an activity, at each start. Before they are handed out,
single breaks are moved to where fewer others rest, as long as no more people are missing: the objective never gets
worse. With service targets, whose cost is known only when all breaks stand, all moves are taken back when it does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from staffing.roster.attending import Attending
from staffing.roster.floor import Floor
from staffing.roster.program import Ints
from staffing.roster.roster import Duty, Roster
from staffing.roster.variables import Group, RosterModel

_ROUNDS = 20  # of moving single breaks; a handful is enough, the limit only keeps the loop finite


def complete(model: RosterModel, x: Ints, *, keep_breaks: bool = False) -> Ints:
    """A copy of `x` in which counts, breaks and missing people follow from its work columns.

    Breaks are put where they hurt least, one by one; with `keep_breaks`, those of `x` are kept where they are
    and only moved apart.
    """
    x = x.copy()
    floors = floors_of(model, model.money.minute_price if model.service.worth else 1)
    attending = Attending(model, x)
    for group in model.groups:
        x[group.count] = x[group.members].sum()
        floors[group.queue].enter(group.placement, int(x[group.count]))
    staffed = [group for group in model.groups if group.breaks and x[group.count]]
    for group in model.groups:
        if group.breaks and not (keep_breaks and _in_order(x, group)):
            x[list(group.breaks)] = 0
            for _ in range(int(x[group.count])):
                open_ = attending.open(group.placement) if group.placement.activities else None
                places = floors[group.queue].best_breaks(group.placement, open_)
                attending.take(group.placement, places)
                for place in places:
                    _move(x, floors, group, place, 1)
        else:
            for place, column in enumerate(group.breaks):
                floors[group.queue].rest(group.placement, place, int(x[column]))
    if model.lending.loans or model.service.rows:
        # the floors know no loans, and a target's curve only by a guess: breaks moved apart may be worse
        apart, placed = x.copy(), _counted(model, x, floors)
        _spread(apart, floors, staffed)
        apart = _counted(model, apart, floors)
        return apart if model.program.value(apart) <= model.program.value(placed) else placed
    _spread(x, floors, staffed)
    return _counted(model, x, floors)


def floors_of(model: RosterModel, price: int) -> dict[str, Floor]:
    """An empty floor for each queue; `price` is that of an agent-minute missing."""
    return {
        queue: Floor(stretches, price, model.service.worth.get(queue))
        for queue, stretches in model.stretches.items()
    }


def hand_out(model: RosterModel, x: Ints) -> Roster:
    """The named roster of a complete `x`, sorted by business date, start and agent.

    On each shift the people take its breaks in turn, earliest first; who comes first moves on with the days.
    """
    zone = model.problem.horizon.zone
    duties: list[Duty] = []
    for group in model.groups:
        columns = group.members[x[group.members] > 0]
        people = [model.problem.agents[agent].agent_id for agent in model.owners[columns]]
        begins = [_begins(x, group, number) for number in range(len(group.placement.pauses))]
        turn = group.placement.day.toordinal() % len(people) if people else 0
        for i, agent_id in enumerate(people[turn:] + people[:turn]):
            duties.append(group.placement.duty(agent_id, zone, *(own[i] for own in begins)))
    return Roster(tuple(sorted(duties, key=lambda duty: (duty.business_date, duty.start, duty.agent_id))))


def _begins(x: Ints, group: Group, number: int) -> list[int]:
    """The starts of one of a shift's breaks, one a person, ascending."""
    columns = group.breaks[group.placement.slices[number]]
    begins = group.placement.pauses[number].begins
    return [begin for begin, column in zip(begins, columns, strict=True) for _ in range(int(x[column]))]


def _in_order(x: Ints, group: Group) -> bool:
    """Whether everybody has every break, and the n-th to take one is ready when the n-th of the next begins."""
    placement, people = group.placement, int(x[group.count])
    begins = [_begins(x, group, number) for number in range(len(placement.pauses))]
    if any(len(own) != people for own in begins):
        return False
    return all(
        first + pause.minutes + gap <= second
        for pause, gap, before, after in zip(
            placement.pauses, placement.gaps, begins, begins[1:], strict=False
        )
        for first, second in zip(before, after, strict=True)
    )


def _counted(model: RosterModel, x: Ints, floors: Mapping[str, Floor]) -> Ints:
    """`x` with the people missing, and all that follows from it."""
    if model.lending.loans:
        model.lending.fill(model, x)
    else:
        for queue, columns in model.missing.items():
            x[columns] = floors[queue].missing
    model.derived.fill(model.program, x, model.limits)
    return x


def _spread(x: Ints, floors: Mapping[str, Floor], groups: list[Group]) -> None:
    """Move single breaks while that lessens missing minutes or, at no cost, minutes rested together."""
    by_day: defaultdict[tuple[str, object], list[Group]] = defaultdict(list)
    for group in groups:
        by_day[group.queue, group.placement.day].append(group)
    for day in by_day.values():
        for _ in range(_ROUNDS):
            if not sum(_move_one(x, floors, group) for group in day):
                break


def _move_one(x: Ints, floors: Mapping[str, Floor], group: Group) -> bool:
    """Try each taken break of a group at its best place; says whether one moved. Activities stay where they are."""
    floor, moved = floors[group.queue], False
    for pause, own in zip(group.placement.pauses, group.placement.slices, strict=True):
        if pause.activity:
            continue
        for place in range(own.start, own.stop):
            if not x[group.breaks[place]]:
                continue
            _move(x, floors, group, place, -1)
            best = floor.best_break(group.placement, own)
            if floor.harm(group.placement, best) >= floor.harm(group.placement, place):
                best = place
            _move(x, floors, group, best, 1)
            if best != place and not _in_order(x, group):
                _move(x, floors, group, best, -1)
                _move(x, floors, group, place, 1)
                best = place
            moved = moved or best != place
    return moved


def _move(x: Ints, floors: Mapping[str, Floor], group: Group, place: int, people: int) -> None:
    x[group.breaks[place]] += people
    floors[group.queue].rest(group.placement, place, people)
