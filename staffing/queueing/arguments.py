"""What callers hand in, checked: every fault is a ValueError that names the argument."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from staffing.queueing.arrays import Floats


def as_floats(
    name: str,
    value: npt.ArrayLike,
    *,
    infinite: bool = False,
    positive: bool = False,
    below: float = np.inf,
    at_most: float = np.inf,
) -> Floats:
    """`value` as an array of floats >= 0.

    Args:
        name: the argument's name, for the message.
        value: a number or anything numpy makes an array of.
        infinite: whether infinity is allowed.
        positive: whether 0 is forbidden.
        below: every element must be less than this, if it is finite.
        at_most: every element must be this or less, if it is finite.

    Raises:
        ValueError: for text, masked elements, nan, negative numbers and what the switches forbid.
    """
    array = _numbers(name, value)
    good = array > 0 if positive else array >= 0
    if not infinite:
        good &= np.isfinite(array)
    bounds = "greater than 0" if positive else "0 or greater"
    if np.isfinite(below):
        good &= array < below
        bounds += f" and less than {below:g}"
    if np.isfinite(at_most):
        good &= array <= at_most
        bounds += f" and at most {at_most:g}"
    if not good.all():
        _refuse(name, array, good, bounds + ("" if infinite else ", finite"))
    return array


def share(name: str, value: object, *, none: bool = False, full: bool = False) -> float:
    """`value`, one number, as a share between 0 and 1; `none` and `full` say whether 0 and 1 are allowed too.

    Raises:
        ValueError: for anything else.
    """
    least, most = "0 or above" if none else "above 0", "at most 1" if full else "below 1"
    wanted = f"{name} must be a share {least} and {most}, such as 0.8 for 80 %"
    found = number(name, value, wanted)
    if not (0 < found < 1 or (none and found == 0) or (full and found == 1)):
        raise ValueError(f"{wanted}; found {value}")
    return found


def number(name: str, value: object, wanted: str = "") -> float:
    """`value`, one number of any size or nan, as a float.

    Raises:
        ValueError: for text, arrays and what else is no number, saying what is `wanted`.
    """
    try:
        return float(one(name, _numbers(name, value)))
    except ValueError as error:
        raise ValueError(f"{wanted or f'{name} must be one number'}; found {value!r}") from error


def one(name: str, array: Floats) -> Floats:
    """The array, which has no dimension.

    Raises:
        ValueError: for arrays with one or more.
    """
    if array.ndim:
        raise ValueError(f"{name} must be one number; found shape {array.shape}")
    return array


def _numbers(name: str, value: object) -> Floats:
    """`value` as floats; text, which numpy would read, and masked elements are refused."""
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        raise ValueError(f"{name} must be numeric, found masked elements")
    try:
        plain = np.asarray(value)
        text = plain.dtype.kind in "UST"
        if plain.dtype.kind == "O":
            text = any(isinstance(each, str | bytes) for each in plain.flat)
        array = plain if text else np.asarray(plain, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name} must be numeric, found {value!r}") from error
    if text:
        raise ValueError(f"{name} must be numeric, found {value!r}")
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
