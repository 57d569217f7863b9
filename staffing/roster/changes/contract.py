"""Changes of contracts, for everybody who has them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

from staffing.notes import Note
from staffing.roster.problem import Contract, RosterProblem

Term = Literal["min_hours_week", "max_hours_week", "max_shifts_week"]


@dataclass(frozen=True)
class ContractTerm:
    """Another figure in a contract, for everybody who has it."""

    contract: str
    term: Term
    value: float

    @property
    def key(self) -> Hashable:
        """The contract and the term."""
        return ContractTerm, self.contract, self.term

    @property
    def wording(self) -> Note:
        """Lower the least, raise the most."""
        value = f"{self.value:g}"
        if self.term == "min_hours_week":
            return Note.of(
                "lower min_hours_week of contract '{contract}' to {value}",
                contract=self.contract,
                value=value,
            )
        if self.term == "max_hours_week":
            return Note.of(
                "raise max_hours_week of contract '{contract}' to {value}",
                contract=self.contract,
                value=value,
            )
        return Note.of(
            "raise max_shifts_week of contract '{contract}' to {value}", contract=self.contract, value=value
        )

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The contract with the new figure."""
        value = int(self.value) if self.term == "max_shifts_week" else self.value
        figures: dict[str, Any] = {self.term: value}
        contracts = tuple(
            replace(contract, **figures) if contract.name == self.contract else contract
            for contract in problem.contracts
        )
        return replace(problem, contracts=contracts)

    def with_(self, other: Self) -> Self:
        """The lower minimum or the higher maximum."""
        further = min if self.term == "min_hours_week" else max
        return replace(self, value=further(self.value, other.value))


@dataclass(frozen=True)
class ContractShift:
    """One more shift template in a contract, for everybody who has it."""

    contract: str
    template: str

    @property
    def key(self) -> Hashable:
        """The contract and the template."""
        return self

    @property
    def wording(self) -> Note:
        """Add the template."""
        return Note.of(
            "add shift {shift} to contract '{contract}'", shift=self.template, contract=self.contract
        )

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The contract with the template."""

        def changed(contract: Contract) -> Contract:
            if contract.name != self.contract or self.template in contract.shifts:
                return contract
            return replace(contract, shifts=(*contract.shifts, self.template))

        return replace(problem, contracts=tuple(changed(contract) for contract in problem.contracts))

    def with_(self, other: Self) -> Self:
        """The same."""
        return self
