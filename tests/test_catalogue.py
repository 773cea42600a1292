"""The catalogue of a jurisdiction: its cards are the forms that its steps declare, and no two are called alike."""

from __future__ import annotations

import pytest

from engine.federal.catalogue import FEDERAL
from engine.federal.tax_year import tax_year
from engine.federal.year_forms import YearForms
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.roles import Role


@pytest.mark.parametrize("year", YEARS)
def test_the_steps_of_a_year_declare_the_forms_of_the_cards(year: int) -> None:
    """A form whose card is forgotten would be computed and never shown; one whose step is, the other way round."""
    assert set(forms_of(year).forms) == {card.name for card in FEDERAL.cards}
    assert all(form.card in FEDERAL.cards for form in forms_of(year).forms.values())


def test_no_two_forms_are_called_alike() -> None:
    """Not in formulas, not by title, not as typed, not in JSON."""
    for names in (
        [card.name for card in FEDERAL.cards],
        [card.title for card in FEDERAL.cards],
        [card.short.casefold() for card in FEDERAL.cards if card.short],
        [card.key for card in FEDERAL.cards],
    ):
        assert len(set(names)) == len(names)


def test_a_form_that_is_asked_for_has_its_sheet() -> None:
    """Whatever `isobook explain` takes stands somewhere in the workbook."""
    assert [card.title for card in FEDERAL.cards if card.short and not card.page] == []


def test_a_step_in_the_middle_may_ask_for_a_role() -> None:
    """What is declared after it is found all the same, and a form that is declared twice is refused."""
    of = YearForms(2024, tax_year(2024).found_on, None)
    for step in FEDERAL.steps:
        step(of)
        if "f6251" in of.forms:
            of.find(Role.AMTI)
    assert of.key(Role.CREDIT_USED) == "f8801.25"
    with pytest.raises(ValueError, match="declared twice"):
        of.begin(FEDERAL.named("f6251"))
