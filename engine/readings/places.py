"""Where each line is figured, so that no branch that a return does not take costs it anything.

Three steps, each a reading of the lines that changes no amount. What is known beforehand (the law of a status, the
options) is put in, and what then is constant is figured once and for all; a line that merely repeats another one
becomes another name of it. Next, from the last line to the first, each line goes to the innermost block that holds
all its uses: a line that only one branch of a choice takes is figured in that branch, and a line that nobody takes is
left out. In a branch the flag that led there is known, so that `when` of the same flag falls away. Last, sums of
rounded amounts keep the dust of binary fractions until a product, a comparison or a result needs them without it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ..lines import MILLIONTH, Line
from ..nodes import CHOICES, SUMS, Column, Constant, Leaf, Node, Op, Operation, is_settled

Evaluate = Callable[[Op, Sequence[Any]], Any]
Names = dict[Leaf, Node]  # a leaf -> what stands for it

NEVER_FIGURED: Final = frozenset({Op.TOTAL, Op.PICK, Op.BRACKET_TAX})
IN_TURN: Final = frozenset({Op.ALL_OF, Op.ANY_OF})  # Python may stop at the first: nothing inside is figured before


@dataclass(eq=False)
class Block:
    """Lines that are figured together: the function itself, or one branch of a choice in it."""

    above: Block | None = None
    known: Mapping[Leaf, bool] = field(default_factory=dict)  # flags that led here
    lines: list[tuple[Line, Tree]] = field(default_factory=list)  # in order of calculation
    depth: int = 0

    def branch(self, test: Node, *, holds: bool) -> Block:
        """One branch of a choice in this block."""
        known = {**self.known, test: holds} if isinstance(test, Leaf) else self.known
        return Block(self, known, depth=self.depth + 1)


@dataclass(frozen=True, eq=False)
class Step:
    """An operation on what is written already."""

    op: Op
    arguments: tuple[Tree, ...]
    is_sum: bool = False  # a rounding that only takes binary dust away


@dataclass(frozen=True, eq=False)
class Choice:
    """A `when` with the lines that only one of its branches takes."""

    test: Tree
    branches: tuple[tuple[Block, Tree], tuple[Block, Tree]]  # where the test holds, where it does not


Tree = Constant | Leaf | Column | Step | Choice


def common(first: Block, second: Block) -> Block:
    """The innermost block around two."""
    while first is not second:
        if first.depth < second.depth:
            first, second = second, first
        assert first.above
        first = first.above
    return first


def simpler(lines: Sequence[Line], names: Names, evaluate: Evaluate | None) -> list[tuple[Line, Node]]:
    """Each line with its expression after what is known is put in; `names` learns the lines that need no figuring."""
    kept = []
    for line in lines:
        assert line.expression is not None
        node = _simpler(line.expression, names, evaluate)
        if isinstance(node, Constant | Leaf) and not line.in_table:
            names[line.leaf] = node
        else:
            kept.append((line, node))
    return kept


def _simpler(node: Node, names: Names, evaluate: Evaluate | None) -> Node:
    match node:
        case Leaf():
            return names.get(node, node)
        case Operation(Op.WHEN, (test, then, otherwise)):
            test = _simpler(test, names, evaluate)
            if isinstance(test, Constant):
                return _simpler(then if test.value else otherwise, names, evaluate)
            return Operation(
                Op.WHEN, (test, _simpler(then, names, evaluate), _simpler(otherwise, names, evaluate))
            )
        case Operation(op, arguments):
            plain = tuple(_simpler(argument, names, evaluate) for argument in arguments)
            return _rounded(*plain, evaluate) if op is Op.ROUNDED else _figured(op, plain, evaluate)
    return node


def _rounded(amount: Node, digits: Node, evaluate: Evaluate | None) -> Node:
    """A working keeps more digits than a line has: a branch that is a line already needs no rounding."""
    if isinstance(digits, Constant) and digits.value == MILLIONTH:
        if is_settled(amount):
            return amount
        match amount:
            case Operation(Op.WHEN, (test, *branches)):
                return Operation(Op.WHEN, (test, *(_rounded(branch, digits, evaluate) for branch in branches)))
    return _figured(Op.ROUNDED, (amount, digits), evaluate)


def _figured(op: Op, arguments: tuple[Node, ...], evaluate: Evaluate | None) -> Node:
    """The value of an operation on constants; a test of several parts loses those that are known."""
    constants = [argument.value for argument in arguments if isinstance(argument, Constant)]
    if evaluate is None or op in NEVER_FIGURED or not constants:
        return Operation(op, arguments)
    if len(constants) == len(arguments):
        return Constant(evaluate(op, constants))
    if op in IN_TURN:
        decides = op is Op.ANY_OF
        if any(bool(value) is decides for value in constants):
            return Constant(evaluate(op, [decides]))
        left = tuple(argument for argument in arguments if not isinstance(argument, Constant))
        return left[0] if len(left) == 1 else Operation(op, left)
    return Operation(op, arguments)


@dataclass
class Places:
    """Puts lines into blocks, from the last to the first."""

    wanted: Collection[Leaf]
    digits: Node  # to which lines are rounded
    exact_sums: bool
    root: Block = field(default_factory=Block)
    uses: dict[Leaf, Block] = field(default_factory=dict)
    clean: set[Leaf] = field(default_factory=set)  # lines that are needed without binary dust

    def put(self, lines: Sequence[tuple[Line, Node]]) -> Block:
        """Place all lines that the wanted ones need; gives the block of the function."""
        self.uses |= dict.fromkeys(self.wanted, self.root)
        self.clean |= set(self.wanted)
        for line, node in reversed(lines):
            block = self.root if line.in_table else self.uses.get(line.leaf)
            if block is not None:
                clean = line.in_table or line.leaf in self.clean
                block.lines.insert(0, (line, self._tree(node, block, clean=clean, choices=not line.in_table)))
        return self.root

    def _tree(self, node: Node, block: Block, *, clean: bool, choices: bool) -> Tree:
        match node:
            case Leaf():
                self.uses[node] = common(self.uses.get(node, block), block)
                if clean:
                    self.clean.add(node)
                return node
            case Operation(Op.WHEN, (Leaf() as test, then, otherwise)) if test in block.known:
                return self._tree(then if block.known[test] else otherwise, block, clean=clean, choices=choices)
            case Operation(Op.WHEN, (test, then, otherwise)) if choices:
                return self._choice(test, (then, otherwise), block, clean)
            case Operation(Op.ROUNDED, (amount, digits)) if digits == self.digits and is_settled(amount, SUMS):
                inside = self._tree(amount, block, clean=False, choices=choices)
                if self.exact_sums or not clean:
                    return inside
                return Step(Op.ROUNDED, (inside, self._tree(digits, block, clean=True, choices=False)), is_sum=True)
            case Operation(op, arguments):
                passes = clean or op not in CHOICES | SUMS | {Op.WHEN}
                inner = choices and op not in IN_TURN
                return Step(op, tuple(self._tree(each, block, clean=passes, choices=inner) for each in arguments))
        return node

    def _choice(self, test: Node, branches: Sequence[Node], block: Block, clean: bool) -> Choice:
        written = self._tree(test, block, clean=True, choices=False)
        then, otherwise = block.branch(test, holds=True), block.branch(test, holds=False)
        return Choice(
            written,
            (
                (then, self._tree(branches[0], then, clean=clean, choices=True)),
                (otherwise, self._tree(branches[1], otherwise, clean=clean, choices=True)),
            ),
        )
