"""How a check is declared: its amounts, its result and what to do are lines of the book's form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Final

from engine.columns import OVERRIDES
from engine.federal.years import forms_of
from engine.language.expressions import Amount, Flag, Text, given, text, when, years_ago
from engine.language.form import Form
from engine.language.roles import Role
from engine.language.states import State

from ...drawing.layout import Shape

DIFFERS: Final = State.DIFFERS.said
ANEW: Final = "A formula or a parameter was changed: build the file anew."


@dataclass(frozen=True)
class Check:
    """One line of the Checks sheet; amounts are lines of the book's form."""

    number: int
    band: str
    label: str
    compares: bool  # without two amounts it only tells a state
    counts: bool = False  # its amounts are rows or shares, not dollars


class Checks:
    """Declares checks in the book's form, numbered as they come."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.made: list[Check] = []

    def equal(self, band: str, label: str, ours: Amount, theirs: Amount, wrong: Text, to_do: str | Text) -> None:
        """Two amounts that should be equal; `wrong` is the result where they are not."""
        self._compare(band, label, (ours, theirs), (wrong, _as_text(to_do)))

    def counted(self, band: str, label: str, ours: Amount, theirs: Amount, to_do: str) -> None:
        """Two counts of rows that should be equal."""
        self.equal(band, label, ours, theirs, DIFFERS, to_do)
        self.made[-1] = replace(self.made[-1], counts=True)

    def where(
        self, made: Flag, band: str, label: str, amounts: tuple[Amount, Amount], to_do: str, why_not: str
    ) -> None:
        """Two amounts that are compared only where the condition holds; elsewhere nothing is wrong."""
        not_made = (~made, State.NOT_COMPARED.said, text(why_not))
        self._compare(band, label, amounts, (DIFFERS, text(to_do)), not_made)

    def known(self, band: str, label: str, fine: Flag, good: State, to_do: str) -> None:
        """Something that is there, or still open."""
        self._add(band, label, when(fine, good.said, State.OPEN.said), text(to_do), compares=False)

    def _compare(
        self,
        band: str,
        label: str,
        amounts: tuple[Amount, Amount],
        wrong: tuple[Text, Text],
        unless: tuple[Flag, Text, Text] | None = None,
    ) -> None:
        """The two amounts, their difference; result and what to do where they differ, or where nothing is compared."""
        name = f"check {len(self.made) + 1}"
        this, other = (
            self.form.line(f"{name} {side}", label, amount)
            for side, amount in zip(("this", "other"), amounts, strict=True)
        )
        difference = self.form.line(f"{name} difference", label, this - other)
        result, to_do = when(difference.equals(0), State.AGREES.said, wrong[0]), wrong[1]
        if unless:
            result, to_do = when(unless[0], unless[1], result), when(unless[0], unless[2], to_do)
        self._add(band, label, result, to_do, compares=True)

    def _add(self, band: str, label: str, result: Text, to_do: Text, *, compares: bool) -> None:
        number = len(self.made) + 1
        told = self.form.words(f"check {number} result", label, result)
        fine = State.AGREES.stands_in(told) | State.READY.stands_in(told)
        self.form.words(f"check {number} to do", label, when(fine, text(""), to_do))
        self.made.append(Check(number, band, label, compares))


def _as_text(words: str | Text) -> Text:
    return text(words) if isinstance(words, str) else words


def is_typed(shape: Shape, year: int, roles: Sequence[Role]) -> Flag:
    """Tell whether an entry of a year stands in place of a line of one of these roles."""
    entries = [name for name, (role, _) in OVERRIDES.items() if role in roles]
    typed = (years_ago(given(forms_of(year).inputs[name]), shape.last - year) for name in entries)
    return reduce(or_, typed)


def unless_typed(shape: Shape, year: int, roles: Sequence[Role]) -> Text:
    """That two figures differ, or that one typed in a year stands between them in place of the computed one."""
    if year > shape.last:
        return DIFFERS
    return when(is_typed(shape, year, roles), State.AS_TYPED.said, DIFFERS)
