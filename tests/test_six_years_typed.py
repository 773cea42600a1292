"""The six-year file after a person typed into it: a sale more, another price, another filing status."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from isobook.sources import read_source
from tests.spreadsheets import recalculated_by_ironcalc, recalculated_by_libreoffice
from tests.spreadsheets.engines import Values
from tests.spreadsheets.typed_input import Typed
from tests.workbook_typing import Changed, Typing, change, typed_differences

EXAMPLE = Path(__file__).parents[1] / "examples" / "six-years"
SALE: dict[str, Typed] = {
    "exercise_id": "A-2",
    "date_sold": date(2025, 10, 1),
    "shares": Decimal(250),
    "price": Decimal("41.25"),
}
TYPED = {
    "a sale is added": Typing(records={("sales", 8, column): value for column, value in SALE.items()}),
    "a price is changed": Typing(records={("sales", 4, "price"): Decimal("19.5")}),
    "a filing status is changed": Typing(returns={(2022, "filing_status"): "married_joint"}),
}


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Changed]:
    """Four employers, six years, with each change alone."""
    client, folder = read_source(EXAMPLE), tmp_path_factory.mktemp("six years")
    return {what: change(what.replace(" ", "-"), client, typing, folder) for what, typing in TYPED.items()}


@pytest.fixture(scope="module")
def by_libreoffice(changed: dict[str, Changed]) -> dict[str, Values]:
    """All of them, recalculated by one LibreOffice."""
    values = recalculated_by_libreoffice([each.typed for each in changed.values()])
    return dict(zip(changed, values, strict=True))


@pytest.mark.parametrize("what", TYPED)
def test_engine_and_ironcalc_agree_on_every_line(changed: dict[str, Changed], what: str) -> None:
    """Every line of every year, against the engine on the client with the same change."""
    assert typed_differences(changed[what], "ironcalc", recalculated_by_ironcalc(changed[what].typed)) == []


@pytest.mark.real_program
@pytest.mark.parametrize("what", TYPED)
def test_engine_and_libreoffice_agree_on_every_line(
    changed: dict[str, Changed], by_libreoffice: dict[str, Values], what: str
) -> None:
    """The same in the program that a client without Excel opens the file with."""
    assert typed_differences(changed[what], "libreoffice", by_libreoffice[what]) == []
