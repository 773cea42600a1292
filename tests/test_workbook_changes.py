"""What is typed into the file recalculates to what our engine figures for the client with the same change."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from engine import Client, project
from engine.language.money import rounded
from tests.spreadsheets import (
    cells,
    recalculated_by_formualizer,
    recalculated_by_ironcalc,
    recalculated_by_libreoffice,
    type_in,
)
from tests.spreadsheets.engines import Values
from tests.spreadsheets.lean_copies import without_remarks
from tests.spreadsheets.typed_input import Typed
from tests.workbook_facts import Facts, compared, generated_client, sample_client
from tests.workbook_kinds import KINDS, Before, some_typing
from tests.workbook_proofs import side_by_side
from tests.workbook_typing import Changed, Typing, change, shown, typed_differences
from workbook_templates.fill import shape_of, workbook

SEEDS = range(100, 130)
LIBREOFFICE_SEEDS = SEEDS[:6]


def changed_client(seed: int, folder: Path) -> Changed:
    """A generated client, typed into in three ways at once."""
    client = generated_client(seed)
    return change(str(seed), client, some_typing(seed, client), folder)


class Found(NamedTuple):
    """What one workbook shows after typing: where it is wrong, and whether any cell followed."""

    differences: list[str]
    follows: bool


def typed_and_recalculated(key: str, folder: Path) -> Found:
    """A generated client by its seed, in ironcalc; the sample client by the kind of input, in formualizer."""
    if key.isdigit():
        changed = changed_client(int(key), folder)
        engine, values = "ironcalc", recalculated_by_ironcalc(changed.typed)
    else:
        typing = KINDS[key](Before(sample_client()), Random(key))
        changed = change(key, sample_client(), typing, folder)
        engine, values = "formualizer", recalculated_by_formualizer(changed.typed)
    return Found(typed_differences(changed, engine, values), values != cells(changed.typed))


@pytest.fixture(scope="session")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[Found]]:
    """All generated clients, like shapes after each other, and the sample client with each kind of input."""
    alike = sorted(SEEDS, key=lambda seed: shape_of(project(generated_client(seed))))
    return side_by_side(typed_and_recalculated, [*map(str, alike), *KINDS], tmp_path_factory.mktemp("typed"))


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Changed, Values]]:
    """Six generated clients, recalculated by one LibreOffice."""
    folder = tmp_path_factory.mktemp("typed for LibreOffice")
    changed = [changed_client(seed, folder) for seed in LIBREOFFICE_SEEDS]
    values = recalculated_by_libreoffice([without_remarks(each.typed, folder / "without remarks") for each in changed])
    return dict(zip(LIBREOFFICE_SEEDS, zip(changed, values, strict=True), strict=True))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the sample client's workbooks."""
    return tmp_path_factory.mktemp("sample")


@pytest.fixture(scope="module")
def as_built() -> Values:
    """What the sample client's workbook shows before anything is typed."""
    return cells(workbook(sample_client()))


def typed_into_sample(typing: Typing, folder: Path) -> tuple[Changed, Values]:
    """The sample client's workbook after typing, recalculated."""
    changed = change("sample", sample_client(), typing, folder)
    return changed, recalculated_by_ironcalc(changed.typed)


@pytest.mark.parametrize("seed", SEEDS)
def test_three_kinds_of_input_typed_at_once_recalculate_as_the_engine_figures(
    found: dict[str, Future[Found]], seed: int
) -> None:
    """Every named line of every year, and every formula cell of a workbook built anew."""
    assert found[str(seed)].result().differences == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_input_alone_recalculates_as_the_engine_figures(
    found: dict[str, Future[Found]], kind: str
) -> None:
    """In the sample client; some cell follows, so that a program that repeats the caches is found out."""
    assert found[kind].result() == Found([], follows=True)


@pytest.mark.real_program
@pytest.mark.parametrize("seed", LIBREOFFICE_SEEDS)
def test_libreoffice_recalculates_typed_input_as_the_engine_figures(
    libreoffice: dict[int, tuple[Changed, Values]], seed: int
) -> None:
    """The same, in the program that a client without Excel opens the file with."""
    changed, values = libreoffice[seed]
    assert typed_differences(changed, "libreoffice", values) == []


def test_what_is_compared_is_every_line_of_form_6251_the_regular_tax_and_the_attach_verdict(sample: Path) -> None:
    """A name that disappears from the workbook would otherwise be a comparison that is quietly left out."""
    changed, _ = typed_into_sample(Typing(), sample)
    names = compared(project(changed.client), Facts(changed.typed))
    for year, result in project(changed.client).years.items():
        lines = {f"f6251_{year}_{line}" for line in result.form_6251}
        others = {
            f"regular_{year}_taxable_income",
            f"regular_{year}_tax",
            f"attach_{year}_attach",
            f"year_{year}_ready",
        }
        assert lines | others <= names


def test_a_year_without_wages_says_so_on_the_lead_sheet_where_its_figures_would_stand(sample: Path) -> None:
    """Not a zero, and not the figure from before; the other years keep theirs."""
    changed, values = typed_into_sample(Typing(returns={(2024, "wages"): None}), sample)
    facts = Facts(changed.typed)
    assert not values[facts.places["year_2024_ready"]]
    assert values[facts.lead(2024, "AMT")] == "needs wages"
    assert values[facts.lead(2024, "Attach 6251?")] == "needs wages"
    amt = project(changed.client).years[2025].form_6251["11"]
    assert amt
    assert values[facts.lead(2025, "AMT")] == float(amt)


def test_a_year_that_waits_for_wages_is_figured_once_they_are_typed(sample: Path, as_built: Values) -> None:
    """2026 of the sample client has a status and a deduction only."""
    changed, values = typed_into_sample(Typing(returns={(2026, "wages"): 250_000}), sample)
    facts = Facts(changed.typed)
    assert as_built[facts.lead(2026, "Tentative min. tax")] == "needs wages"
    expected = project(changed.client).years[2026].form_6251["9"]
    assert expected
    assert values[facts.lead(2026, "Tentative min. tax")] == float(expected)


def test_an_exercise_counts_once_its_row_is_complete_and_not_before(sample: Path) -> None:
    """A row without its value at exercise adds nothing to line 2i and shows no figures."""
    changed, values = typed_into_sample(Typing(records={("exercises", 1, "doc_ref"): "seen"}), sample)
    facts = Facts(changed.typed)
    half_typed: dict[tuple[str, str], Typed] = {facts.record("exercises", 1, "fmv_exercise"): None}
    after = recalculated_by_ironcalc(type_in(changed.typed, half_typed, sample / "half typed.xlsx"))
    lots = project(changed.client).lots
    less = values[facts.places["f6251_2024_2i"]], after[facts.places["f6251_2024_2i"]]
    assert less == (float(rounded(lots[1]["adjustment"], 0)), 0)


def test_an_exercise_that_is_cleared_is_as_if_it_had_never_been_there(sample: Path) -> None:
    """All cells of its row are empty again, and so are the figures beside them."""
    client = sample_client()
    last = len(client.exercises) - 1
    typing = Typing(records={("exercises", last, column): None for column in type(client.exercises[last]).model_fields})
    changed, values = typed_into_sample(typing, sample)
    assert len(changed.client.exercises) == last
    assert typed_differences(changed, "ironcalc", values) == []


def test_a_gift_of_espp_shares_without_a_value_is_a_red_check_and_no_figure_in_silence(sample: Path) -> None:
    """Typed over a sale, the price cleared: the engine refuses that, and the workbook says so in two places."""
    lot = {"exercise_id": "P", "kind": "ESPP", "date_granted": "2022-01-03", "date_exercised": "2022-06-30"}
    lot |= {"exercise_price": "17", "fmv_exercise": "22", "shares": "10", "fmv_grant": "20"}
    sale = {"exercise_id": "P", "date_sold": "2025-03-03", "shares": "10", "price": "30"}
    built = sample / "espp.xlsx"
    built.write_bytes(workbook(Client(exercises=[lot], sales=[sale], returns=[{"tax_year": "2025"}])))
    facts = Facts(built)
    gift: dict[tuple[str, str], Typed] = {facts.record("sales", 0, "disposition"): "gift"}
    given = recalculated_by_ironcalc(type_in(built, gift, sample / "espp gift.xlsx"))
    without = recalculated_by_ironcalc(
        type_in(built, gift | {facts.record("sales", 0, "price"): None}, sample / "espp gift without a value.xlsx")
    )
    assert [cell for cell, value in given.items() if value == "DIFFERS"] == []
    assert {cell[0] for cell, value in without.items() if str(value).startswith("DIFFERS")} >= {"Checks", "Sales"}


@pytest.mark.parametrize("seed", range(5))
def test_the_workbook_shows_each_sale_with_its_lot(seed: int) -> None:
    """What was sold first in, first out is named; computed from what is shown, the client is the same."""
    client = generated_client(seed)
    assert len(shown(client)["sales"]) >= len(client.sales)
    again = Typing().client(client, list(project(client).years))
    assert project(again).records == project(client).records
