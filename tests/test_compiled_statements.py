"""What a compiled function is built of: expressions know what they take; arrays are forgotten after their last use."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.federal.years import figures_of
from engine.filing import YEARS
from engine.readings.amounts import AMOUNTS
from engine.readings.arrays import ARRAYS
from engine.readings.compiled.compile import program_of
from engine.readings.compiled.dialect import call, infix, template
from engine.readings.compiled.statements import (
    Assign,
    Definition,
    Delete,
    Expression,
    ForEachRow,
    If,
    ReturnValue,
    Statement,
    Unpack,
    by_key,
    called,
    forgetting,
    last_uses,
    listed,
    name,
    whole_number,
)
from engine.readings.compiled.writing import source

A, B, C = name("a"), name("b"), name("c")
ONE = Expression("1.0")


def test_an_operation_takes_what_its_arguments_take() -> None:
    """Whichever way it is written, and however deep."""
    difference = infix("-")(A, B)
    assert difference == Expression("(a - b)", frozenset("ab"))
    chosen = template("({1} if {0} else {2})")(call("given")(C), difference, whole_number("2"))
    assert chosen == Expression("((a - b) if given(c) else 2)", frozenset("abc"))
    assert called(A, [B]) == Expression("a(b)", frozenset("ab"))
    assert listed([A, B]) == Expression("[a, b]", frozenset("ab"))


def test_a_name_inside_words_is_not_taken() -> None:
    """The key under which a figure is given may be spelled as a variable."""
    assert by_key({"b": A, "c": infix("+")(A, A)}) == Expression("{'b': a, 'c': (a + a)}", frozenset("a"))


def test_only_names_and_whole_numbers_are_plain() -> None:
    """They may stand twice in an expression and nothing is computed twice."""
    assert A.is_plain
    assert whole_number("6").is_plain
    assert not any(each.is_plain for each in (infix("+")(A, B), call("f")(), listed([A]), ONE))


def test_a_statement_names_what_it_takes_and_what_it_sets() -> None:
    """Both branches count; the variables of a loop are its own."""
    assert Assign("a", B).names == {"a", "b"}
    assert Unpack(("a", "b"), C).names == {"a", "b", "c"}
    assert If(A, (Assign("b", ONE),), (Assign("d", C),)).names == {"a", "b", "c", "d"}
    assert ForEachRow("all", infix("+")(A, B), ("a",), (name("every_a"),)).names == {"all", "b", "every_a"}
    assert Delete(("a",)).names == {"a"}
    assert ReturnValue(A).names == {"a"}


def test_a_last_use_may_stand_in_a_branch() -> None:
    """It is the place of the whole `if`."""
    branch = If(C, (Assign("d", A),))
    assert last_uses([Assign("a", ONE), Assign("b", A), branch, ReturnValue(B)]) == {"a": 2, "b": 3, "c": 2, "d": 2}


def test_a_variable_is_forgotten_after_its_last_use() -> None:
    """At once, if nobody takes it; not what is returned, what is kept for later, or what came with the call."""
    a, b, c = Assign("a", ONE), Assign("b", infix("+")(A, name("given"))), Assign("c", B)
    assert forgetting([a, b, c, ReturnValue(B)]) == [a, b, Delete(("a",)), c, Delete(("c",)), ReturnValue(B)]
    assert forgetting([a, b], keep="b") == [a, b, Delete(("a",))]
    both = Assign("c", infix("+")(A, B))
    assert forgetting([a, b, both], keep="c") == [a, b, both, Delete(("a", "b"))]


def test_nothing_is_forgotten_in_a_branch_that_may_not_be_taken() -> None:
    """A variable from outside, used last in a branch, is forgotten after both branches."""
    a = Assign("a", ONE)
    choice = If(C, (Assign("b", A),), (Assign("b", ONE),))
    assert forgetting([a, choice, ReturnValue(B)]) == [a, choice, Delete(("a",)), ReturnValue(B)]


def test_a_variable_is_forgotten_once_however_often_it_is_set() -> None:
    """As the value of a choice is, which each branch sets."""
    first, again = Assign("a", ONE), Assign("a", B)
    assert forgetting([first, again, Assign("c", A)], keep="c")[-1] == Delete(("a",))
    assert sum(isinstance(each, Delete) for each in forgetting([first, again, Assign("c", A)], keep="c")) == 1


def unsound(statements: Sequence[Statement], inherited: frozenset[str] = frozenset()) -> list[str]:
    """Names that stand after they were forgotten, and names that are forgotten where they were not set."""
    found, gone, own = [], set[str](), set[str]()
    for statement in statements:
        found += [f"{each} is forgotten already" for each in statement.names & (gone | inherited)]
        match statement:
            case Assign(variable, _):
                own.add(variable)
            case Delete(forgotten):
                found += [f"{each} was set elsewhere" for each in set(forgotten) - own]
                gone |= set(forgotten)
            case If(_, then, otherwise):
                for branch in (then, otherwise):
                    found += unsound(branch, inherited | gone)
    return found


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("first", [True, False])
def test_no_line_of_a_year_takes_what_was_forgotten(year: int, first: bool) -> None:
    """All branches of all forms, for many returns; and nearly every line that is not asked for is forgotten."""
    program, _ = program_of(figures_of(year, first), ARRAYS, ["f6251.11"])
    loaded, computed = (each for each in program if isinstance(each, Definition))
    assert unsound(computed.body) == []
    assert not any(isinstance(each, Delete) for each in loaded.body)
    lasting = {each.name for each in computed.body if isinstance(each, Assign)}
    forgotten = {each for statement in computed.body if isinstance(statement, Delete) for each in statement.forgotten}
    assert lasting - forgotten == {"f6251_11"}


def test_amounts_forget_nothing() -> None:
    """One return has no arrays whose memory counts: every line stays until the function ends."""
    program, _ = program_of(figures_of(2025), AMOUNTS)
    assert len(program) == 1
    assert "del " not in source(program)


def test_statements_are_written_as_they_stand() -> None:
    """Each on a line, branches four spaces further in; a loop over one column takes tuples of one."""
    body = (
        Unpack(("a", "b"), call("which")(name("test"))),
        If(A, (Assign("c", ONE), If(B, (Assign("c", A),))), (Assign("c", B), Delete(("b",)))),
        ForEachRow("every_t_d", infix("*")(name("t_x"), C), ("t_x",), (name("every_t_x"),)),
        ReturnValue(listed([C, name("every_t_d")])),
    )
    assert source([Definition("figure", ("test", "every_t_x"), body), Assign("again", name("figure"))]) == (
        "def figure(test, every_t_x):\n"
        "    a, b = which(test)\n"
        "    if a:\n"
        "        c = 1.0\n"
        "        if b:\n"
        "            c = a\n"
        "    else:\n"
        "        c = b\n"
        "        del b\n"
        "    every_t_d = [(t_x * c) for t_x, in zip(every_t_x)]\n"
        "    return [c, every_t_d]\n"
        "again = figure"
    )
