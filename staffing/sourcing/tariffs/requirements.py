"""What a vendor must be able to do to be considered at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from staffing.errors import SettingFault
from staffing.notes import Note
from staffing.sourcing.figures import Checked
from staffing.sourcing.tariffs.terms import Abilities, names_faults


@dataclass(frozen=True, kw_only=True)
class Requirements(Checked):
    """Hard filters: an offer that fails one is shown with what stands in its way, and is never the cheapest."""

    certifications: tuple[str, ...] = ()  # such as "P-mark", "ISMS"; all of them
    scope_covers_department: bool = False
    home_working_allowed: bool = True
    all_hours: bool = False  # every open interval with calls must be covered
    contact_types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def faults(self) -> Iterator[SettingFault]:
        """Empty or repeated names, a scope of no certificate."""
        yield from super().faults()
        for name in ("certifications", "contact_types", "languages"):
            yield from names_faults(name, getattr(self, name))
        if self.scope_covers_department and not self.certifications:
            allowed = "needs certifications: name the certificate whose scope is meant"
            yield SettingFault("scope_covers_department", "true", allowed)

    def obstacles(self, stated: Abilities, hours_missed: float) -> Iterator[Note]:
        """One note for each requirement that an offer fails; `hours_missed` are calls outside its hours."""
        for name in self.certifications:
            if name not in stated.certifications:
                yield Note.of("The offer states no certification {name}", name=name)
        if self.scope_covers_department and not stated.scope_covers_department:
            yield Note.of("The certificate's scope does not cover the department that takes the calls")
        if stated.home_working and not self.home_working_allowed:
            yield Note.of("The vendor's people also work from home, which the desk does not allow")
        if self.all_hours and hours_missed > 0:
            text = "The hours offered do not cover all opening hours: {calls} calls fall outside"
            yield Note.of(text, calls=f"{hours_missed:.0f}")
        for name in self.contact_types:
            if name not in stated.contact_types:
                yield Note.of("The offer does not take contacts of the type {name}", name=name)
        for name in self.languages:
            if name not in stated.languages:
                yield Note.of("The offer does not serve the language {name}", name=name)
