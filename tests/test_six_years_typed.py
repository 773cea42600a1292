"""The six-year file after a person typed into it: a sale more, another price, another filing status."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from engine import Client
from isobook.sources import read_source
from tests.spreadsheets import recalculated_by_ironcalc, recalculated_by_libreoffice
from tests.spreadsheets.typed_input import Typed
from tests.workbook_typing import Typing, change, typed_differences

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
def client() -> Client:
    """Four employers, six years."""
    return read_source(EXAMPLE)


@pytest.mark.real_program
@pytest.mark.parametrize("what", TYPED)
def test_engine_ironcalc_and_libreoffice_agree_on_every_line(client: Client, what: str, tmp_path: Path) -> None:
    """Every line of every year, against the engine on the client with the same change."""
    changed = change(what.replace(" ", "-"), client, TYPED[what], tmp_path)
    assert typed_differences(changed, "ironcalc", recalculated_by_ironcalc(changed.typed)) == []
    assert typed_differences(changed, "libreoffice", recalculated_by_libreoffice([changed.typed])[0]) == []
