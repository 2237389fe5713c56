"""Rules of Python code, each dropped or widened in turn, in memory.

A mutant is a function of the program with one place of its syntax tree changed: a test of an
``if`` that always or never holds, a part of a condition left out, a bound moved to its other side,
a filter's argument gone. ``applied`` swaps the function's code, so that whoever holds the
function meets the mutant, and puts it back. No file is touched.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any, Protocol, cast

import pytest

Edit = tuple[str, ast.AST]  # what is done, and what stands there afterwards

_OTHER_SIDE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
# Calls whose arguments are conditions.
_FILTERS = {"filter", "exclude", "Q", "_releases", "get"}


@dataclass(frozen=True)
class Mutant:
    """One change of one function. ``what`` is the text that was changed, ``done`` how."""

    function: FunctionType
    name: str
    done: str
    what: str
    code: CodeType
    about: Any = None

    def __str__(self) -> str:
        return f"{self.name}: {self.done} `{self.what}`"

    def apply(self, patch: pytest.MonkeyPatch) -> None:
        """Swap the function's code."""
        patch.setattr(self.function, "__code__", self.code)


class Change(Protocol):
    """A mutation of whatever kind: what it changes."""

    def apply(self, patch: pytest.MonkeyPatch) -> None: ...


@contextlib.contextmanager
def applied(change: Change) -> Iterator[None]:
    """The program with the change, as long as the ``with`` lasts."""
    with pytest.MonkeyPatch.context() as patch:
        change.apply(patch)
        yield


def mutants_of(function: Callable[..., Any] | property) -> Iterator[Mutant]:
    """Every change of the function, in the order of its text."""
    inner = cast(FunctionType, function.fget if isinstance(function, property) else function)
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(inner))).body
    assert isinstance(tree, ast.FunctionDef)
    tree.decorator_list = []
    tree.returns = None
    for argument in (*tree.args.args, *tree.args.kwonlyargs):
        argument.annotation = None
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    name = f"{inner.__module__}.{inner.__qualname__}"
    seen: dict[tuple[str, str], int] = {}
    nodes = [node for node in ast.walk(tree) if hasattr(node, "lineno")]
    for index, node in sorted(enumerate(nodes), key=lambda pair: _place(pair[1])):
        for done, changed in _changes(node):
            what = " ".join(ast.unparse(node).split())
            what = what if len(what) <= 90 else f"{what[:87]}…"
            # The same text twice in a function: the second is told from the first.
            again = seen[done, what] = seen.get((done, what), 0) + 1
            code = _compiled(tree, index, changed, inner)
            yield Mutant(inner, name, done, what + (f" ({again})" if again > 1 else ""), code)


def _place(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _compiled(tree: ast.FunctionDef, index: int, changed: ast.AST, function: FunctionType) -> CodeType:
    """The function's code with the node of that number replaced."""
    mutant = copy.deepcopy(tree)
    old = [node for node in ast.walk(mutant) if hasattr(node, "lineno")][index]
    _Replace(old, changed).visit(mutant)
    module = ast.fix_missing_locations(ast.Module([mutant], []))
    space = dict(function.__globals__)
    exec(compile(module, inspect.getfile(function), "exec", dont_inherit=True, flags=_FUTURE), space)  # noqa: S102
    return cast(CodeType, space[tree.name].__code__)


_FUTURE = __import__("__future__").annotations.compiler_flag


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if node is self.old else super().visit(node)


# --- What can be changed ------------------------------------------------------------------------


def _changes(node: ast.AST) -> Iterator[Edit]:
    for kind, changes in _CHANGES.items():
        if isinstance(node, kind):
            yield from changes(node)


def _if(node: ast.If) -> Iterator[Edit]:
    for value in (False, True):
        always = "always" if value else "never"
        yield f"{always}: if", ast.If(ast.Constant(value), node.body, node.orelse)


def _if_expression(node: ast.IfExp) -> Iterator[Edit]:
    yield "always the first of", node.body
    yield "always the last of", node.orelse


def _either_or(node: ast.BoolOp) -> Iterator[Edit]:
    for out in node.values:
        rest = [value for value in node.values if value is not out]
        yield f"without {ast.unparse(out)} in", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _comparison(node: ast.Compare) -> Iterator[Edit]:
    for place, operator in enumerate(node.ops):
        other = _OTHER_SIDE.get(type(operator))
        if other:
            operators = [other() if n == place else op for n, op in enumerate(node.ops)]
            yield "the bound's other side in", ast.Compare(node.left, operators, node.comparators)
    if len(node.ops) == 2:
        (left, middle), (first, last) = (node.left, node.comparators[0]), node.ops
        yield "without the first bound of", ast.Compare(middle, [last], [node.comparators[1]])
        yield "without the last bound of", ast.Compare(left, [first], [middle])


def _both_sides(node: ast.BinOp) -> Iterator[Edit]:
    """Conditions and sets: ``a & b``, ``a | b``; of sets ``a - b``."""
    if isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield f"without {ast.unparse(node.right)} in", node.left
        yield f"without {ast.unparse(node.left)} in", node.right
    if isinstance(node.op, ast.Sub) and isinstance(node.right, ast.Set):
        yield "nothing taken from", node.left


def _not(node: ast.UnaryOp) -> Iterator[Edit]:
    """``~in_array(…)``: no condition."""
    if isinstance(node.op, ast.Invert):
        nothing = ast.parse("Q(pk__isnull=False)", mode="eval").body
        yield "no condition instead of", nothing


def _added(node: ast.AugAssign) -> Iterator[Edit]:
    yield "without", ast.Pass()


def _filter(node: ast.Call) -> Iterator[Edit]:
    named = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if named not in _FILTERS:
        return
    first = 1 if named == "_releases" else 0
    for out in node.args[first:]:
        if not isinstance(out, ast.Starred):
            rest = [argument for argument in node.args if argument is not out]
            yield f"without {ast.unparse(out)} in", ast.Call(node.func, rest, node.keywords)
    for gone in node.keywords:
        if gone.arg is not None:
            rest_of = [keyword for keyword in node.keywords if keyword is not gone]
            yield f"without {gone.arg} in", ast.Call(node.func, node.args, rest_of)


def _members(node: ast.Set | ast.Tuple) -> Iterator[Edit]:
    """Sets, and tuples of texts: each member left out."""
    texts = all(isinstance(member, ast.Constant) and isinstance(member.value, str) for member in node.elts)
    if isinstance(node, ast.Tuple) and not texts:
        return
    for out in node.elts if len(node.elts) > 1 else ():
        rest = [member for member in node.elts if member is not out]
        yield f"without {ast.unparse(out)} in", type(node)(elts=rest, **_context(node))


def _context(node: ast.AST) -> dict[str, Any]:
    return {"ctx": ast.Load()} if isinstance(node, ast.Tuple) else {}


def _keyword(node: ast.keyword) -> Iterator[Edit]:
    """``kinds=("full",)``: what a unit keeps after consent ended counts too."""
    if node.arg == "kinds" and ast.unparse(node.value) == "('full',)":
        yield "own notes are enough in", ast.keyword("kinds", ast.parse("('full', 'own')", mode="eval").body)


def _comprehension(node: ast.GeneratorExp | ast.ListComp | ast.SetComp) -> Iterator[Edit]:
    for place, generator in enumerate(node.generators):
        for out in generator.ifs:
            changed = copy.deepcopy(node)
            changed.generators[place].ifs.pop(generator.ifs.index(out))
            yield f"without {ast.unparse(out)} in", changed


_CHANGES: dict[Any, Callable[[Any], Iterator[Edit]]] = {
    ast.If: _if,
    ast.IfExp: _if_expression,
    ast.BoolOp: _either_or,
    ast.Compare: _comparison,
    ast.BinOp: _both_sides,
    ast.UnaryOp: _not,
    ast.AugAssign: _added,
    ast.Call: _filter,
    (ast.Set, ast.Tuple): _members,
    ast.keyword: _keyword,
    (ast.GeneratorExp, ast.ListComp, ast.SetComp): _comprehension,
}
