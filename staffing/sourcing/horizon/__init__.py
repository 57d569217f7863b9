"""Every option over a horizon of months: cash flow, present value, commitments and uncertainty."""

from staffing.sourcing.horizon.cashflow import CashFlow
from staffing.sourcing.horizon.commitments import Commitment, CommitmentPath, cheapest_path
from staffing.sourcing.horizon.project import project
from staffing.sourcing.horizon.projection import Projection
from staffing.sourcing.horizon.risk import Outcome, Risk
from staffing.sourcing.horizon.scenarios import Uncertainty
from staffing.sourcing.horizon.shape import DemandShape
from staffing.sourcing.horizon.tax import NO_TAX, Tax, load_tax
from staffing.sourcing.horizon.volumes import Season, VolumeFit, Volumes, fit_volumes

__all__ = [
    "NO_TAX",
    "CashFlow",
    "Commitment",
    "CommitmentPath",
    "DemandShape",
    "Outcome",
    "Projection",
    "Risk",
    "Season",
    "Tax",
    "Uncertainty",
    "VolumeFit",
    "Volumes",
    "cheapest_path",
    "fit_volumes",
    "load_tax",
    "project",
]
