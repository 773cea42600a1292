"""Two hundred clients of several years: each form line that the workbook recalculates is the engine's."""

from __future__ import annotations

import re
from concurrent.futures import Future
from pathlib import Path
from tempfile import TemporaryDirectory

import ironcalc
import pytest
from openpyxl.utils.cell import column_index_from_string

from engine import project
from engine.federal.years import forms_of
from tests.spreadsheets.lean_copies import with_used_names
from tests.spreadsheets.workbook_file import opened
from tests.workbook_facts import generated_client
from tests.workbook_proofs import side_by_side
from workbook_templates.fill import shape_of, workbook

SEEDS = range(1_000, 1_200)
# Blank in what ironcalc opens: if a form line did rest on one of them, it would be wrong.
SUMMARIES = ("Memo", "Plan", "Checks", "Lead sheet", "Credit ledger")
FORMS = ("f6251", "f8801")
NAME = re.compile(r'<definedName name="((?:f6251|f8801)_\d{4}_\w+)">\'([^\']+)\'!\$([A-Z]+)\$(\d+)</definedName>')


def recalculated(book: bytes, folder: Path) -> dict[str, object]:
    """The named lines of both forms after ironcalc has computed anew all that they could rest on."""
    copy = with_used_names(book, folder, empty=SUMMARIES)
    model = ironcalc.load_from_xlsx(str(copy), "en", "UTC", "en")
    model.evaluate()
    sheets = {sheet["name"]: place for place, sheet in enumerate(model.get_worksheets_properties())}
    names = NAME.findall(opened(book).parts["xl/workbook.xml"].decode())
    return {
        name: model.get_cell_value(sheets[title], int(row), column_index_from_string(column))
        for name, title, column, row in names
    }


def differences(seed: int, folder: Path) -> tuple[int, list[str]]:
    """How many lines were compared, and those that differ."""
    client = generated_client(seed)
    with TemporaryDirectory(dir=folder) as own:
        found, compared, wrong = recalculated(workbook(client), Path(own)), 0, []
    for year, result in project(client).years.items():
        for form in FORMS:
            for line in forms_of(year, result.first).forms[form].printed():
                shown, wanted = found[f"{form}_{year}_{line.leaf.line}"], result.figures[line.key]
                compared += 1
                if not isinstance(shown, int | float) or float(shown) != float(wanted):
                    wrong.append(f"{form} {year} line {line.leaf.line}: {shown}, engine {wanted}")
    return compared, wrong


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Future[tuple[int, list[str]]]]:
    """All clients, worked on side by side; like workbooks follow each other, so that their sheets are shared."""
    alike = sorted(SEEDS, key=lambda seed: shape_of(project(generated_client(seed))))
    return side_by_side(differences, alike, tmp_path_factory.mktemp("many"))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_form_line_recalculates_to_the_engine_s(
    results: dict[int, Future[tuple[int, list[str]]]], seed: int
) -> None:
    """Both forms of each year, bit for bit."""
    compared, wrong = results[seed].result()
    assert compared > 100
    assert wrong == []
