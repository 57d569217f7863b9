"""What callers hand in, checked: every fault is a ValueError that names the argument."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats


def as_floats(
    name: str, value: npt.ArrayLike, *, infinite: bool = False, positive: bool = False, below: float = np.inf
) -> Floats:
    """`value` as an array of floats >= 0.

    Args:
        name: the argument's name, for the message.
        value: a number or anything numpy makes an array of.
        infinite: whether infinity is allowed.
        positive: whether 0 is forbidden.
        below: every element must be less than this, if it is finite.

    Raises:
        ValueError: for text, nan, negative numbers and what the switches forbid.
    """
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must be numeric, found {value!r}") from error
    good = array > 0 if positive else array >= 0
    if not infinite:
        good &= np.isfinite(array)
    if np.isfinite(below):
        good &= array < below
    if not good.all():
        bounds = "greater than 0" if positive else "0 or greater"
        bounds += f" and less than {below:g}" if np.isfinite(below) else ""
        _refuse(name, array, good, bounds + ("" if infinite else ", finite"))
    return array


def whole(name: str, value: npt.ArrayLike, *, infinite: bool = False) -> Floats:
    """`value` as an array of whole numbers >= 0, held as floats.

    Raises:
        ValueError: for text, nan, negative numbers and fractions.
    """
    array = as_floats(name, value, infinite=infinite)
    good = np.floor(array) == array
    if not good.all():
        _refuse(name, array, good, "whole numbers")
    return array


def broadcast(**arrays: Floats) -> tuple[Floats, ...]:
    """The arrays in one common shape.

    Raises:
        ValueError: naming every argument and its shape when they do not fit.
    """
    try:
        return np.broadcast_arrays(*arrays.values())
    except ValueError as error:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items() if array.ndim)
        raise ValueError(f"arguments do not broadcast: {shapes}") from error


def _refuse(name: str, array: Floats, good: npt.NDArray[np.bool_], allowed: str) -> None:
    place = tuple(int(axis[0]) for axis in np.nonzero(~good)) if array.ndim else ()
    where = f" at index {place if len(place) > 1 else place[0]}" if place else ""
    raise ValueError(f"{name} must be {allowed}; found {array[place]:g}{where}")
