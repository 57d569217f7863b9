"""The kinds of tariff: the table of a tariff file each stands in, and the type it is read into.

A further kind is a dataclass derived from `Offered`, a line here, and a line in `quotes/make.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from staffing.sourcing.tariffs.bundle import Bundle
from staffing.sourcing.tariffs.consignment import Consignment
from staffing.sourcing.tariffs.flat import Flat
from staffing.sourcing.tariffs.hourly import Hourly
from staffing.sourcing.tariffs.in_house import InHouse
from staffing.sourcing.tariffs.offered import Offered
from staffing.sourcing.tariffs.other_duties import OtherDuties
from staffing.sourcing.tariffs.overflow import Overflow
from staffing.sourcing.tariffs.peak import Peak
from staffing.sourcing.tariffs.per_booth import PerBooth
from staffing.sourcing.tariffs.per_call import PerCall

Offer: TypeAlias = (
    InHouse | OtherDuties | PerCall | Bundle | Flat | PerBooth | Hourly | Consignment | Overflow | Peak
)

# Options are listed in this order, in-house first.
KINDS: Mapping[str, type[Offered]] = {
    "other_duties": OtherDuties,
    "per_call": PerCall,
    "bundle": Bundle,
    "flat": Flat,
    "per_booth": PerBooth,
    "hourly": Hourly,
    "consignment": Consignment,
    "overflow": Overflow,
    "peak": Peak,
}
