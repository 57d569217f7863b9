"""Why calls are lost, and what each measure costs for each lost call that it avoids."""

from staffing.sourcing.measures.best_set import BestSet, best_set
from staffing.sourcing.measures.desk import Desk
from staffing.sourcing.measures.desks import desk_of_case, desk_of_history, lines_of_blocked
from staffing.sourcing.measures.diagnosis import Diagnosis, diagnose
from staffing.sourcing.measures.effect_of import Judge, State
from staffing.sourcing.measures.effects import CallBack, Capacity, Effect, SelfService, Vendor, Work
from staffing.sourcing.measures.joint import Joint, joint
from staffing.sourcing.measures.measure import Catalogue, Costs, Measure
from staffing.sourcing.measures.measure_file import default_measures_text, load_measures
from staffing.sourcing.measures.order import Order, Step, best_order
from staffing.sourcing.measures.placing import Placing, best_placing
from staffing.sourcing.measures.study import MeasureStudy, best_measures, study_measures
from staffing.sourcing.measures.worth import worth_of_lost_call

__all__ = [
    "BestSet",
    "CallBack",
    "Capacity",
    "Catalogue",
    "Costs",
    "Desk",
    "Diagnosis",
    "Effect",
    "Joint",
    "Judge",
    "Measure",
    "MeasureStudy",
    "Order",
    "Placing",
    "SelfService",
    "State",
    "Step",
    "Vendor",
    "Work",
    "best_measures",
    "best_order",
    "best_placing",
    "best_set",
    "default_measures_text",
    "desk_of_case",
    "desk_of_history",
    "diagnose",
    "joint",
    "lines_of_blocked",
    "load_measures",
    "study_measures",
    "worth_of_lost_call",
]
