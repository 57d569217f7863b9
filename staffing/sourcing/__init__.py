"""What the same service costs in-house and outsourced."""

from staffing.sourcing.breakeven import BreakEven, break_even
from staffing.sourcing.case import Case
from staffing.sourcing.compare import compare
from staffing.sourcing.comparison import Comparison, OptionService, Size
from staffing.sourcing.figures import Figure
from staffing.sourcing.horizon import DemandShape, Projection, project
from staffing.sourcing.hours import HoursTier
from staffing.sourcing.lines import CostLine
from staffing.sourcing.quotes import Context, InHouseFacts, Quote, quote
from staffing.sourcing.tariff_file import default_tariffs_text, load_tariffs, tariffs_from
from staffing.sourcing.tariffs import (
    Abilities,
    Bundle,
    BundleSize,
    Consignment,
    ConsignmentVendor,
    Flat,
    Hidden,
    Hourly,
    InHouse,
    LearningMonth,
    LostCalls,
    Offer,
    Offered,
    OnPremise,
    OtherDuties,
    Overflow,
    Peak,
    PeakTime,
    PerBooth,
    PerCall,
    Requirements,
    Tariffs,
    Terms,
    VolumeTier,
)

__all__ = [
    "Abilities",
    "BreakEven",
    "Bundle",
    "BundleSize",
    "Case",
    "Comparison",
    "Consignment",
    "ConsignmentVendor",
    "Context",
    "CostLine",
    "DemandShape",
    "Figure",
    "Flat",
    "Hidden",
    "Hourly",
    "HoursTier",
    "InHouse",
    "InHouseFacts",
    "LearningMonth",
    "LostCalls",
    "Offer",
    "Offered",
    "OnPremise",
    "OptionService",
    "OtherDuties",
    "Overflow",
    "Peak",
    "PeakTime",
    "PerBooth",
    "PerCall",
    "Projection",
    "Quote",
    "Requirements",
    "Size",
    "Tariffs",
    "Terms",
    "VolumeTier",
    "break_even",
    "compare",
    "default_tariffs_text",
    "load_tariffs",
    "project",
    "quote",
    "tariffs_from",
]
