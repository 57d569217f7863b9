"""Read a tariff file; every fault found is named by file, key, value and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from staffing.errors import ConfigError
from staffing.samples import catalogue_file
from staffing.sourcing.part_reader import PartReader, UnusableError, parse, read_text
from staffing.sourcing.tariffs import KINDS, Offered, Tariffs

_DEFAULT = "tariffs.toml"


def default_tariffs_text() -> str:
    """The tariff file of the catalogue that comes with the package, to be copied and edited."""
    return catalogue_file(_DEFAULT).read_text(encoding="utf-8")


def load_tariffs(path: Path | str | None = None) -> Tariffs:
    """Read a tariff file, or the catalogue's.

    Raises:
        ConfigError: with every fault found, each naming its key, the value and what is allowed.
    """
    name = _DEFAULT if path is None else Path(path).name
    raw = parse(name, default_tariffs_text() if path is None else read_text(Path(path)))
    return tariffs_from(raw, name)


def tariffs_from(raw: Mapping[str, Any], name: str = "tariffs") -> Tariffs:
    """Tariffs from the tables of a file, as TOML gives them; `name` is what messages call them.

    Raises:
        ConfigError: as `load_tariffs`.
    """
    reader = PartReader()
    try:
        return _tariffs(reader, raw, name)
    except UnusableError:
        raise ConfigError(name, reader.faults) from None


def _tariffs(reader: PartReader, raw: Mapping[str, Any], name: str) -> Tariffs:
    """The whole file; refused when any part of it is."""
    known = ("currency", "in_house", *KINDS, "requirements", "lost_calls")
    reader.unknown(raw, known, "")
    of_offers = PartReader()
    offers: list[Offered] = []
    for key, kind in KINDS.items():
        with suppress(UnusableError):
            offers += of_offers.parts(kind, raw.get(key, []), key)
    top = {key: value for key, value in raw.items() if key in known and key not in KINDS}
    try:
        tariffs = reader.part(Tariffs, top, "", offers=tuple(offers), file=name)
    finally:
        reader.faults += of_offers.faults
    if reader.faults:
        raise UnusableError
    return tariffs
