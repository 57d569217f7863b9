"""Tariffs: what each way of staffing a desk charges for, one module a kind.

Prices are in the currency's smallest unit (yen; cents) without tax. Each figure carries its label.
"""

from staffing.sourcing.tariffs.book import Tariffs
from staffing.sourcing.tariffs.bundle import Bundle, BundleSize
from staffing.sourcing.tariffs.by_channel import ByChannel, VolumeTier
from staffing.sourcing.tariffs.by_hour import ByHour
from staffing.sourcing.tariffs.consignment import Consignment, ConsignmentVendor
from staffing.sourcing.tariffs.flat import Flat
from staffing.sourcing.tariffs.hourly import Hourly
from staffing.sourcing.tariffs.in_house import InHouse, LearningMonth, OnPremise
from staffing.sourcing.tariffs.kinds import KINDS, Offer
from staffing.sourcing.tariffs.lost_calls import LostCalls
from staffing.sourcing.tariffs.offered import IN_HOUSE, Offered
from staffing.sourcing.tariffs.other_duties import OtherDuties
from staffing.sourcing.tariffs.overflow import Overflow
from staffing.sourcing.tariffs.peak import Peak, PeakTime
from staffing.sourcing.tariffs.per_booth import PerBooth
from staffing.sourcing.tariffs.per_call import PerCall
from staffing.sourcing.tariffs.requirements import Requirements
from staffing.sourcing.tariffs.terms import Abilities, Hidden, Terms

__all__ = [
    "IN_HOUSE",
    "KINDS",
    "Abilities",
    "Bundle",
    "BundleSize",
    "ByChannel",
    "ByHour",
    "Consignment",
    "ConsignmentVendor",
    "Flat",
    "Hidden",
    "Hourly",
    "InHouse",
    "LearningMonth",
    "LostCalls",
    "Offer",
    "Offered",
    "OnPremise",
    "OtherDuties",
    "Overflow",
    "Peak",
    "PeakTime",
    "PerBooth",
    "PerCall",
    "Requirements",
    "Tariffs",
    "Terms",
    "VolumeTier",
]
