"""A workbook is read back as the client it was made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.columns import TABLES
from engine.federal.stock.exercises import exercises
from engine.federal.stock.record_tables import sales
from engine.records import Client, Return
from isobook.sources import open_source, read_source
from tests.command import EXAMPLES
from tests.edited_workbooks import SPLIT, small_client
from tests.read_back_clients import random_clients_of_few_shapes
from workbook_templates.fill import workbook
from workbook_templates.read_back.cells import plain_label
from workbook_templates.read_back.inputs import labels

EXAMPLE_CLIENTS = sorted(path.name for path in EXAMPLES.iterdir() if (path / "exercises.csv").exists())


def assert_round_trip(client: Client, folder: Path) -> None:
    """Build, read, build: the same client and the same bytes, and nothing to tell."""
    data = workbook(client)
    path = folder / "client.xlsx"
    path.write_bytes(data)
    opened = open_source(path)
    assert opened.client == client
    assert opened.all_notes() == []
    assert workbook(opened.client) == data


@pytest.mark.parametrize("name", EXAMPLE_CLIENTS)
def test_an_example_is_built_read_and_built_again_with_the_same_bytes(name: str, tmp_path: Path) -> None:
    """Every example client."""
    assert_round_trip(read_source(EXAMPLES / name), tmp_path)


def test_two_hundred_random_clients_are_read_back_and_built_again_with_the_same_bytes(tmp_path: Path) -> None:
    """With sales first in, first out, splits, notes, and years that are not ready."""
    clients = random_clients_of_few_shapes(200)
    assert sum(bool(client.splits) for client in clients) > 30
    assert sum(any(sale.exercise_id is None for sale in client.sales) for client in clients) > 50
    path = tmp_path / "client.xlsx"
    for client in clients:
        data = workbook(client)
        path.write_bytes(data)
        opened = open_source(path)
        assert opened.client == client
        assert opened.notes == []
        assert workbook(opened.client) == data


def test_a_split_and_a_sale_first_in_first_out_come_back_as_they_were_given(tmp_path: Path) -> None:
    """The tables show lots after the split and the sale by lot; the records are those received."""
    client = small_client(splits=[SPLIT])
    assert client.resolved.exercises != client.exercises
    assert_round_trip(client, tmp_path)


@pytest.mark.parametrize(
    "changed",
    [
        {"returns": []},
        {"sales": [], "returns": []},
        {"exercises": [], "sales": []},
        {"name": "=cmd|' /C calc'!A0 _x0041_ \U0001f600 & <b>", "rounding": "cents", "tax_method": "schedule"},
        {"returns": [{"tax_year": 2024, "filing_status": "MFJ"}, {"tax_year": 2025}, {"tax_year": 2026, "wages": 1}]},
    ],
    ids=["no returns", "exercises only", "returns only", "settings and hostile name", "years that are not ready"],
)
def test_clients_of_every_form_come_back(changed: dict[str, object], tmp_path: Path) -> None:
    """What is not given stays not given; spare years make no returns."""
    assert_round_trip(small_client(**changed), tmp_path)


def test_every_column_of_a_return_has_a_cell_that_is_read() -> None:
    """The others would be lost where a figure is typed."""
    assert labels().keys() == Return.model_fields.keys() - {"tax_year"}


@pytest.mark.parametrize("table", [exercises, sales], ids=["exercises", "sales"])
def test_no_two_entries_of_a_table_share_a_header(table: object) -> None:
    """A column is found by its header."""
    from engine.language.table import Table

    assert isinstance(table, Table)
    fields = TABLES[table.sheet].names
    entries = [plain_label(line.label) for line in table.columns if line.leaf.line in fields]
    others = [plain_label(line.label) for line in table.columns if line.leaf.line not in fields]
    assert len(set(entries)) == len(entries)
    assert set(entries).isdisjoint(others)
