"""How much of a change each cause brought: Shapley's values, which add up exactly.

With n causes, a cause's share is the mean, over every order in which the causes may have come about, of what the
figure changes when this cause is added to those before it (L. S. Shapley, "A value for n-person games", 1953):
sum over the sets S without the cause of |S|! (n - |S| - 1)! / n! x (value(S with it) - value(S)). No order is
preferred, and the shares add up to value(all) - value(none).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import factorial


def shapley(value: Callable[[frozenset[str]], float], causes: Sequence[str]) -> dict[str, float]:
    """Each cause's share of `value(all) - value(none)`, in the order given; 2^n evaluations.

    Args:
        value: the figure with the causes of the set as they are now, and the others as they were.
        causes: their names, few.
    """
    count = len(causes)
    known = {
        frozenset(chosen): value(frozenset(chosen))
        for size in range(count + 1)
        for chosen in combinations(causes, size)
    }
    shares = dict.fromkeys(causes, 0.0)
    for chosen, figure in known.items():
        for cause in causes:
            if cause not in chosen:
                weight = factorial(len(chosen)) * factorial(count - len(chosen) - 1) / factorial(count)
                shares[cause] += weight * (known[chosen | {cause}] - figure)
    return shares
