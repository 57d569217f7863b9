"""What the same service costs in-house and outsourced."""

from staffing.sourcing.case import Case
from staffing.sourcing.compare import compare
from staffing.sourcing.comparison import Comparison, OptionService, Size
from staffing.sourcing.crossover import Crossover, crossover
from staffing.sourcing.figures import Figure
from staffing.sourcing.hours import HoursTier
from staffing.sourcing.lines import CostLine
from staffing.sourcing.quotes import Context, InHouseFacts, Quote, quote
from staffing.sourcing.tariff_file import default_tariffs_text, load_tariffs
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
    PerBooth,
    PerCall,
    Requirements,
    Tariffs,
    Terms,
    VolumeTier,
)

__all__ = [
    "Abilities",
    "Bundle",
    "BundleSize",
    "Case",
    "Comparison",
    "Consignment",
    "ConsignmentVendor",
    "Context",
    "CostLine",
    "Crossover",
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
    "PerBooth",
    "PerCall",
    "Quote",
    "Requirements",
    "Size",
    "Tariffs",
    "Terms",
    "VolumeTier",
    "compare",
    "crossover",
    "default_tariffs_text",
    "load_tariffs",
    "quote",
]
