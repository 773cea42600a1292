"""A form of three lines that no face knows: declared here, its card and its step put into the catalogue, no more."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import pytest

from engine.federal.catalogue import FEDERAL
from engine.federal.year_forms import YearForms
from engine.language.expressions import not_below_zero, percent
from engine.language.form import Form, FormCard, Part, Standing
from engine.language.roles import Role

PACKAGES: Final = ("engine", "workbook_templates", "addin", "isobook", "law_book")
TOY: Final = FormCard(
    "toy",
    "Form TOY",
    Standing.FILED,
    short="TOY",
    page="TOY {year}",
    reference="T",
    answers="A tenth of what is above 100,000 of AMT income in {year}",
    about="A form of the tests.",
)


def toy(of: YearForms) -> Form:
    """A tenth of AMT income above 100,000, in dollars."""
    form = of.begin(TOY)
    line_1 = form.line("1", "AMT income", of.amount(Role.AMTI), "IRC 0", "6251 line 4")
    line_2 = form.line("2", "Of it above 100,000", not_below_zero(line_1 - 100_000), "IRC 0")
    form.line("3", "A tenth of that", percent(10) * line_2, "IRC 0", "10% of line 2")
    form.parts = [Part("The whole form", Form.printed)]
    form.results = frozenset({"3"})
    return form


@contextmanager
def toy_in_the_catalogue() -> Iterator[FormCard]:
    """The catalogue with the toy; nothing that was computed or drawn without it is left, nor after."""
    more = replace(FEDERAL, cards=(*FEDERAL.cards, TOY), steps=(*FEDERAL.steps, toy))
    with pytest.MonkeyPatch.context() as patch:
        for module in _modules():
            if getattr(module, "FEDERAL", None) is FEDERAL:
                patch.setattr(module, "FEDERAL", more)
        _forget()
        yield TOY
    _forget()


@pytest.fixture
def toy_form() -> Iterator[FormCard]:
    """The same for one test."""
    with toy_in_the_catalogue() as card:
        yield card


def _modules() -> list[object]:
    return [module for name, module in sys.modules.items() if name.split(".")[0] in PACKAGES]


def _forget() -> None:
    """Clear every cache of ours: all of them rest on the forms in the end."""
    for module in _modules():
        for each in list(vars(module).values()):
            if callable(clear := getattr(each, "cache_clear", None)):
                clear()
