"""What the same service costs in-house and outsourced."""

from staffing.sourcing.compare import compare
from staffing.sourcing.comparison import Comparison, OptionService
from staffing.sourcing.crossover import Crossover, crossover
from staffing.sourcing.figures import Figure
from staffing.sourcing.hours import HoursTier
from staffing.sourcing.in_house import InHouseFacts
from staffing.sourcing.tariff_file import default_tariffs_text, load_tariffs
from staffing.sourcing.tariffs import InHouse, PerBooth, PerCall, Tariffs, VolumeTier

__all__ = [
    "Comparison",
    "Crossover",
    "Figure",
    "HoursTier",
    "InHouse",
    "InHouseFacts",
    "OptionService",
    "PerBooth",
    "PerCall",
    "Tariffs",
    "VolumeTier",
    "compare",
    "crossover",
    "default_tariffs_text",
    "load_tariffs",
]
