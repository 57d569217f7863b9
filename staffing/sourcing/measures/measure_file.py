"""Read a catalogue of measures; every fault found is named by file, key, value and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from staffing.errors import ConfigError
from staffing.samples import catalogue_file
from staffing.sourcing.measures.effects import Effect
from staffing.sourcing.measures.measure import Catalogue
from staffing.sourcing.part_reader import PartReader, UnusableError, parse, read_text

_DEFAULT = "measures.toml"


def default_measures_text() -> str:
    """The measures of the catalogue that comes with the package, to be copied and edited."""
    return catalogue_file(_DEFAULT).read_text(encoding="utf-8")


def load_measures(path: Path | str | None = None) -> Catalogue:
    """Read a file of measures, or the catalogue's.

    Raises:
        ConfigError: with every fault found, each naming its key, the value and what is allowed.
    """
    name = _DEFAULT if path is None else Path(path).name
    raw = parse(name, default_measures_text() if path is None else read_text(Path(path)))
    reader = _Reader()
    try:
        catalogue = reader.part(Catalogue, raw, file=name)
    except UnusableError:
        catalogue = None
    if catalogue is None or reader.faults:
        raise ConfigError(name, reader.faults)
    return catalogue


class _Reader(PartReader):
    """Reads effects too: figures that may have a low and a high."""

    def value(self, hint: Any, raw: object, key: str) -> object:
        """A value of the type that a field asks for."""
        return self._effect(raw, key) if hint is Effect else super().value(hint, raw, key)

    def _effect(self, raw: object, key: str) -> Effect:
        ends: dict[str, float | None] = {"low": None, "high": None}
        if isinstance(raw, Mapping):
            for name in ends:
                if name in raw:
                    ends[name] = self._figure(raw[name], f"{key}.{name}").value
            raw = {name: value for name, value in raw.items() if name not in ends}
        figure = self._figure(raw, key)
        return Effect(figure.value, figure.label, figure.where, **ends)
