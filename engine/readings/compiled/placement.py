"""Where each line is computed, so that no branch that a return does not take costs it anything.

Three steps, none of which changes an amount. A line that repeats another one (as 'from line 9' does) becomes another
name of it. Then, from the last line to the first, each line goes to the innermost block that holds all its uses: a
line that only one branch of a choice takes is computed in that branch, and a line that nobody takes is left out. In a
branch the flag that led there is known, so that a `when` of the same flag falls away. Last, where numbers are binary
fractions, a sum of rounded amounts keeps their dust until a product, a comparison or a result needs it without.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from ...language.lines import MILLIONTH, ROUNDING, Line
from ...language.nodes import CHOICES, SUMS, Column, Constant, Leaf, Node, Op, Operation, is_settled

LeafNames = dict[Leaf, Constant | Leaf]  # a line -> what stands for it

IN_TURN: Final = frozenset({Op.ALL_OF, Op.ANY_OF})  # Python may stop at the first: nothing inside is computed before


@dataclass(eq=False)
class Block:
    """Lines that are computed together: the function itself, or one branch of a choice in it."""

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


def simpler(lines: Sequence[Line], names: LeafNames) -> list[tuple[Line, Node]]:
    """Each line with its expression, but for lines that repeat another: `names` learns what stands for those."""
    kept: list[tuple[Line, Node]] = []
    known: dict[Node, Leaf] = {}
    for line in lines:
        assert line.expression is not None
        node = _renamed(line.expression, names)
        if line.in_table:
            kept.append((line, node))
        elif isinstance(node, Constant | Leaf):
            names[line.leaf] = node
        elif node in known:
            names[line.leaf] = known[node]
        else:
            known[node] = line.leaf
            kept.append((line, node))
    return kept


def _renamed(node: Node, names: LeafNames) -> Node:
    match node:
        case Leaf():
            return names.get(node, node)
        case Operation(Op.ROUNDED, (amount, digits)):
            return _rounded(_renamed(amount, names), _renamed(digits, names))
        case Operation(op, arguments):
            return Operation(op, tuple(_renamed(argument, names) for argument in arguments))
    return node


def _rounded(amount: Node, digits: Node) -> Node:
    """A working keeps more digits than a line has: a branch that is a line already needs no rounding."""
    if digits == Constant(Decimal(MILLIONTH)):
        if is_settled(amount):
            return amount
        match amount:
            case Operation(Op.WHEN, (test, *branches)):
                return Operation(Op.WHEN, (test, *(_rounded(branch, digits) for branch in branches)))
    return Operation(Op.ROUNDED, (amount, digits))


@dataclass
class Places:
    """Puts lines into blocks, from the last to the first."""

    wanted: Collection[Leaf | Constant]
    exact_sums: bool
    root: Block = field(default_factory=Block)
    uses: dict[Leaf, Block] = field(default_factory=dict)
    clean: set[Leaf] = field(default_factory=set)  # lines that are needed without binary dust

    def put(self, lines: Sequence[tuple[Line, Node]]) -> Block:
        """Place all lines that the wanted ones need; gives the block of the function."""
        for leaf in self.wanted:
            if isinstance(leaf, Leaf):
                self.uses[leaf] = self.root
                self.clean.add(leaf)
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
            case Operation(Op.ROUNDED, (amount, digits)) if digits == ROUNDING.node and is_settled(amount, SUMS):
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
