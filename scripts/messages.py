"""Find the texts that the package shows to users, by reading its source.

Collected are the texts of `tr(...)`, `mark(...)` and `Note.of(...)`, the descriptions of settings, and what the
package's errors say. Where such a call is given a name, the name is followed: to what is assigned to it, to the
arguments of the calls of the function it is a parameter of, to what a function of that name returns. An f-string
becomes a template whose gaps are `{a}`, `{b}`, ...; the dashboard finds the template again from the finished sentence
(`staffing/wording/templates.py`).
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from string import Formatter, ascii_lowercase

# Which arguments of a call hold text for users, by position and by keyword.
CALLS: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "tr": ((0,), ()),
    "mark": ((0,), ()),
    "faults.mark": ((2, 3), ("found", "expected")),
    "Note.of": ((0,), ("text",)),
    "Note": ((0,), ("text",)),
    "Fault": ((0, 1), ("found", "expected")),
    "SettingFault": ((1, 2), ("value", "allowed")),
    "Reader": ((1,), ("allowed",)),
    "StaffingError": ((0,), ()),
    "InfeasibleError": ((0,), ()),
    "ValueError": ((0,), ()),
    "Field": ((), ("description",)),
    "CostLine": ((1, 3), ("item", "unit")),
    "CostLine.of": ((1, 3), ("item", "unit")),
    "Item": ((1, 2), ("item", "unit")),  # of the bill of a mix
}
RETURNED: tuple[str, ...] = ()  # functions whose results are shown
LITERAL = ("tr", "mark")  # their texts stand in the call; a name given to `tr` was marked elsewhere
# A ValueError is meant for users only where it is raised on their settings.
SETTINGS = ("horizon.py", "shifts/template.py", "roster/problem.py", "config/", "io/columns.py", "forecast/")
# These speak to the people at the command line, in English.
ENGLISH_ONLY = ("cli/", "batch.py", "__main__.py")
_DEPTH = 6
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Message:
    """A text to translate and the file that holds it."""

    text: str
    file: str


@dataclass(frozen=True)
class Place:
    """An expression and the functions around it, innermost last; `module` is the file's name in the package."""

    node: ast.expr
    module: str
    around: tuple[Function, ...]


@dataclass
class Package:
    """The package's source, indexed by what names stand for."""

    root: Path
    calls: dict[str, list[tuple[ast.Call, str, tuple[Function, ...]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    functions: dict[str, list[tuple[Function, str, tuple[Function, ...]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    assigned: dict[tuple[str, str], list[Place]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for path in sorted(self.root.rglob("*.py")):
            module = path.relative_to(self.root).as_posix()
            self._index(ast.parse(path.read_text(encoding="utf-8")), module, ())

    def _index(self, node: ast.AST, module: str, around: tuple[Function, ...]) -> None:
        if isinstance(node, ast.Call):
            self.calls[call_name(node.func)].append((node, module, around))
        elif isinstance(node, Function):
            self.functions[node.name].append((node, module, around))
            around = (*around, node)
        elif isinstance(node, ast.Assign):
            for target in (target for target in node.targets if isinstance(target, ast.Name)):
                self.assigned[module, target.id].append(Place(node.value, module, around))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            self.assigned[module, node.target.id].append(Place(node.value, module, around))
        elif isinstance(node, ast.For | ast.comprehension):
            for target in (part for part in ast.walk(node.target) if isinstance(part, ast.Name)):
                self.assigned[module, target.id].append(Place(node.iter, module, around))
        elif isinstance(node, ast.NamedExpr):
            self.assigned[module, node.target.id].append(Place(node.value, module, around))
        for child in ast.iter_child_nodes(node):
            self._index(child, module, around)

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """Every message of the package, by file and line."""
        places: list[tuple[str, int, str]] = []
        for name, (positions, keywords) in CALLS.items():
            for call, module, around in self.calls[name]:
                if module.startswith(ENGLISH_ONLY) and name not in ("Note.of", "Note"):
                    continue
                if name == "ValueError" and not module.startswith(SETTINGS):
                    continue
                for argument in _arguments(call, positions, keywords):
                    found = self._shown(name, Place(argument, module, around))
                    places += ((module, call.lineno, text) for text in found)
        for name in RETURNED:
            for function, module, around in self.functions[name]:
                texts = self._returned(function, module, around, _DEPTH)
                places += ((module, function.lineno, text) for text in texts)
        messages: dict[str, Message] = {}
        for module, _, text in sorted(places):
            messages.setdefault(text, Message(text, f"{self.root.name}/{module}"))
        return tuple(messages.values())

    def _shown(self, name: str, place: Place) -> Iterator[str]:
        """The messages that one argument of a call of this name may be."""
        if name not in LITERAL:
            yield from filter(_says_something, self.texts(place))
        elif isinstance(place.node, ast.Constant):
            yield str(place.node.value)

    def texts(self, place: Place, depth: int = _DEPTH) -> Iterator[str]:
        """The texts an expression may stand for, as far as the source tells."""
        node = place.node
        if depth == 0:
            return
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from self._template(node, place, depth)
        elif isinstance(node, ast.Name):
            yield from self._named(node.id, place, depth)
        elif isinstance(node, ast.Call) and call_name(node.func) in ("tuple", "list", "sorted"):
            for argument in node.args:
                yield from self.texts(Place(argument, place.module, place.around), depth)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for function, module, around in self.functions[node.func.id]:
                yield from self._returned(function, module, around, depth)
        else:
            for part in _parts(node):
                yield from self.texts(Place(part, place.module, place.around), depth)

    def _template(self, node: ast.JoinedStr, place: Place, depth: int) -> Iterator[str]:
        """The f-string with lettered gaps; texts that its gaps choose between are messages too."""
        letters = iter(ascii_lowercase)
        parts: list[str] = []
        for value in node.values:
            if isinstance(value, ast.Constant):
                parts.append(str(value.value).replace("{", "{{").replace("}", "}}"))
            else:
                parts.append("{" + next(letters) + "}")
        yield "".join(parts)
        for value in node.values:
            if isinstance(value, ast.FormattedValue) and isinstance(
                value.value, ast.IfExp | ast.Name | ast.Call
            ):
                inner = self.texts(Place(value.value, place.module, place.around), depth - 1)
                yield from (text for text in inner if " " in text)  # single words are mostly names of columns

    def _named(self, name: str, place: Place, depth: int) -> Iterator[str]:
        for assigned in self.assigned[place.module, name]:
            if not assigned.around or assigned.around[-1] in place.around:
                yield from self.texts(assigned, depth - 1)
        for function, module, around in self.functions[name]:
            if module == place.module:
                yield from self._returned(function, module, around, depth)
        for function in reversed(place.around):
            names = [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
            if name in names:
                yield from self._given(function, name, depth)
                break

    def _given(self, function: Function, name: str, depth: int) -> Iterator[str]:
        """What the package's calls give for a parameter, and its default."""
        ordered = [argument.arg for argument in function.args.args]
        position = (ordered.index(name),) if name in ordered else ()
        for call, module, around in self.calls[function.name]:
            for argument in _arguments(call, position, (name,)):
                yield from self.texts(Place(argument, module, around), depth - 1)

    def _returned(
        self, function: Function, module: str, around: tuple[Function, ...], depth: int
    ) -> Iterator[str]:
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and node.value is not None:
                yield from self.texts(Place(node.value, module, (*around, function)), depth - 1)


def call_name(function: ast.expr) -> str:
    """How `CALLS` names a call: its last name, with the owner where that tells calls apart."""
    if isinstance(function, ast.Name):
        return function.id
    if not isinstance(function, ast.Attribute):
        return ""
    owner = function.value.id if isinstance(function.value, ast.Name) else ""
    full = f"{owner}.{function.attr}"
    return full if full in CALLS else function.attr


def gaps(text: str) -> frozenset[str]:
    """The names of the gaps of a message."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _arguments(call: ast.Call, positions: tuple[int, ...], keywords: tuple[str, ...]) -> Iterator[ast.expr]:
    for position in positions:
        if position < len(call.args) and not any(
            isinstance(a, ast.Starred) for a in call.args[: position + 1]
        ):
            yield call.args[position]
    for keyword in call.keywords:
        if keyword.arg in keywords:
            yield keyword.value


def _parts(node: ast.expr) -> tuple[ast.expr, ...]:
    """The expressions whose text a compound expression may show."""
    if isinstance(node, ast.IfExp):
        return (node.body, node.orelse)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return (node.left, node.right)
    if isinstance(node, ast.BoolOp):
        return tuple(node.values)
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return (node.elt,)
    if isinstance(node, ast.Lambda):
        return (node.body,)
    if isinstance(node, ast.Tuple | ast.List):
        return tuple(node.elts)
    if isinstance(node, ast.Dict):
        return tuple(node.values)
    return ()


def _says_something(text: str) -> bool:
    try:
        literals = [literal for literal, *_ in Formatter().parse(text)]
    except ValueError:  # not a template: a lone brace
        return False
    return sum(character.isalpha() for literal in literals for character in literal) >= 3
