"""`isobook forms --json`: the whole key structure, and a figure of each part."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine import Client, project
from engine.federal.stock.hundred_thousand_limit import grants
from engine.federal.stock.record_tables import exercises, sales
from engine.federal.years import forms_ahead, forms_of
from isobook.sources import read_source
from isobook.sources.places import SourcePlaces
from isobook.words.forms_json import document
from tests.json_pages import PAGE, with_tables
from tests.pages import TEXTS

EXAMPLES = Path(__file__).parents[1] / "examples"
TOP = ["years", "next_year", "lots", "sales", "ledger", "limit", "notes"]
TOP += ["state", "taken_as_none", "open_items"]
ITEM = ["id", "year", "kind", "why", "where", "row", "sheet", "cell", "column", "record", "what", "taken", "lines"]
ITEM += ["rests", "ask", "document", "answer"]
YEAR = [
    *("form_6251", "form_8801", "regular", "schedule_d", "amt_schedule_d"),
    *("attach_6251", "carryover_out", "overrides", "ready", "missing", "final", "form_8949"),
]
LEDGER = ["opening", "made", "lost", "used", "closing", "amt", "makes_credit", "exclusion_part"]
# Exercised at 12.50 with a value of 40.25; 400 of 1,000 shares sold at 55.00 in 2024, which qualifies.
LOT = {"exercise_id": "E-3", "date_granted": "2021-05-03", "date_exercised": "2023-03-14"}
LOT |= {"exercise_price": "12.50", "fmv_exercise": "40.25", "shares": "1000"}
SALE = {"exercise_id": "E-3", "date_sold": "2024-09-02", "shares": "400", "price": "55"}


def client(**changes: Any) -> dict[str, Any]:
    """The document of a client with one lot and one sale, for 2023 and 2024."""
    row = {"filing_status": "single", "wages": "200000", "deduction": "standard"}
    returns = [{"tax_year": year, **row} for year in (2023, 2024)]
    tables: dict[str, Any] = {"exercises": [LOT], "sales": [SALE], "returns": returns}
    return document(project(Client(**(tables | changes))), SourcePlaces())


@pytest.mark.parametrize("name", ["four-years", "six-years", "grant-limit", "mixed"])
def test_the_document_has_these_keys_and_no_others(name: str) -> None:
    """What programs rely on: keys stay, and a new one is meant."""
    projection = project(read_source(EXAMPLES / name))
    found = json.loads(json.dumps(document(projection, SourcePlaces())))
    assert list(found) == TOP
    assert list(found["years"]) == list(map(str, projection.years))
    assert {tuple(year) for year in found["years"].values()} == {tuple(YEAR)}
    for name_of_year, year in found["years"].items():
        forms = forms_of(int(name_of_year)).forms
        for key, sheet in {
            "form_6251": "f6251",
            "schedule_d": "schedule_d",
            "amt_schedule_d": "amt_schedule_d",
        }.items():
            assert list(year[key]) == [line.leaf.line for line in forms[sheet].printed()]
    last = max(projection.years)
    assert list(found["next_year"]) == ["year", "form_8801"]
    assert found["next_year"]["year"] == last + 1
    assert list(found["next_year"]["form_8801"]) == [
        line.leaf.line for line in forms_ahead(last).forms["f8801"].printed()
    ]
    for key, table in {"lots": exercises, "sales": sales}.items():
        assert all(list(row) == [column.leaf.line for column in table.columns] for row in found[key])
    assert {tuple(row) for row in found["ledger"].values()} == {tuple(LEDGER)}
    assert list(found["limit"]) == ["years", "grants"]
    for row in found["limit"]["years"]:
        assert list(row) == ["year", "group", "value", "iso_value", "iso_shares", "nso_shares"]
    assert all(list(row) == [column.leaf.line for column in grants.columns] for row in found["limit"]["grants"])
    assert found["notes"] == projection.notes
    assert {tuple(each) for each in found["open_items"]} <= {tuple(ITEM)}
    assert found["state"] == projection.state


def test_schedule_d_stands_in_both_systems() -> None:
    """400 shares at 55.00: less 12.50 it is 17,000 for regular tax, less 40.25 it is 5,900 for AMT."""
    year = client()["years"]["2024"]
    assert (year["schedule_d"]["8b"], year["schedule_d"]["16"]) == ("17000", "17000")
    assert (year["amt_schedule_d"]["8b"], year["amt_schedule_d"]["16"]) == ("5900", "5900")


def test_form_8949_stands_in_both_systems_with_its_totals() -> None:
    """400 shares at 55.00 are 22,000; less 12.50 per share 17,000, less the AMT basis of 40.25, 16,100, it is 5,900."""
    form = client(sales=[SALE | {"broker_basis": "5000", "box_8949": "D"}])["years"]["2024"]["form_8949"]
    assert list(form) == ["regular", "amt", "regular_totals", "amt_totals"]
    ((regular,), (amt,)) = form["regular"], form["amt"]
    assert list(regular) == list(amt) == ["part", "box", "lot", "sale", *"abcdefgh"]
    where = {"part": "II", "box": "D", "lot": "E-3", "sale": 1}
    facts = {"b": "2023-03-14", "c": "2024-09-02", "d": "22000.00", "e": "5000.00"}
    plain = where | facts | {"f": None, "g": None, "h": "17000.00"}
    assert {name: regular[name] for name in plain} == plain
    twin = where | facts | {"e": "16100.00", "f": None, "g": None, "h": "5900.00"}
    assert {name: amt[name] for name in twin} == twin
    (total,) = form["regular_totals"]
    assert total == {
        "part": "II",
        "box": "D",
        "line": "8b",
        "d": "22000.00",
        "e": "5000.00",
        "g": "0.00",
        "h": "17000.00",
    }
    assert [each["h"] for each in form["amt_totals"]] == ["5900.00"]


def test_a_box_that_is_not_known_is_null() -> None:
    """No Form 1099-B is entered: neither its box nor the line of Schedule D is told."""
    form = client()["years"]["2024"]["form_8949"]
    assert [(row["part"], row["box"]) for row in form["regular"]] == [("II", None)]
    assert [(row["box"], row["line"]) for row in form["regular_totals"]] == [(None, None)]


def test_lots_and_sales_are_exact_texts_and_days() -> None:
    """1,000 shares of 27.75 are 27,750 of adjustment; 600 are left; what is not filled in is null."""
    found = client()
    (lot,), (sale,) = found["lots"], found["sales"]
    assert (lot["adjustment"], lot["shares"], lot["shares_left"]) == ("27750.00", "1000", "600")
    assert (lot["date_exercised"], lot["year_included"], lot["is_iso"]) == ("2023-03-14", 2023, True)
    assert (lot["vest_date"], lot["employer"], lot["price_exact"]) == (None, None, None)
    assert (sale["gain"], sale["amt_gain"], sale["shares"], sale["price"]) == ("17000.00", "5900.00", "400", "55.00")
    assert (sale["date_sold"], sale["term"], sale["what"]) == ("2024-09-02", "long", "qualifying")


def test_a_price_and_a_part_of_a_share_keep_their_digits() -> None:
    """12.3456 dollars per share and half a share are what was typed."""
    (lot,) = client(exercises=[LOT | {"exercise_price": "12.3456", "shares": "1000.50"}])["lots"]
    assert (lot["exercise_price"], lot["shares"]) == ("12.3456", "1000.5")


def test_the_ledger_and_the_next_year_begin_with_what_the_last_left() -> None:
    """The credit carried out of the last year is line 19 of the next year's Form 8801, and AMT of that year line 18."""
    found = client()
    ledger, ahead = found["ledger"], found["next_year"]
    assert ahead["year"] == 2025
    assert ledger["2024"]["closing"] == ahead["form_8801"]["19"]
    made = int(ahead["form_8801"]["18"])
    assert int(ahead["form_8801"]["21"]) == made + int(ledger["2024"]["closing"])
    assert ledger["2024"]["makes_credit"] == str(made)


def test_the_limit_is_there_by_year_and_by_tranche() -> None:
    """6,000 shares of 25.00 are 150,000: 4,000 of them, 100,000 dollars, are ISO."""
    grant = {"grant_id": "G", "date_granted": "2022-01-03", "fmv_grant": "25", "shares": "6000"}
    limit = client(grants=[grant | {"date_exercisable": "2024-01-03"}])["limit"]
    (year,), (tranche,) = limit["years"], limit["grants"]
    assert (year["year"], year["value"], year["iso_value"]) == (2024, "150000.00", "100000.00")
    assert (tranche["iso_shares"], tranche["nso_shares"]) == ("4000", "2000")


def test_what_is_not_known_is_null_and_never_zero() -> None:
    """A year without wages: no line of Schedule D, of Form 8801, of the ledger or of the next year is told."""
    found = client(returns=[{"tax_year": "2024"}])
    year = found["years"]["2024"]
    forms = [year["schedule_d"], year["amt_schedule_d"], year["form_8801"]]
    told = [*forms, found["ledger"]["2024"], found["next_year"]["form_8801"]]
    assert [set(each.values()) for each in told] == [{None}] * 5


def test_no_text_is_an_exponent_or_has_a_comma() -> None:
    """A program reads every amount with one rule."""
    for name in ("six-years", "mixed", "grant-limit"):
        found = document(project(read_source(EXAMPLES / name)), SourcePlaces())
        records = [*found["lots"], *found["sales"], *found["limit"]["grants"]]
        amounts = {"exercises": exercises, "sales": sales, "grants": grants}
        numbers = {
            line.leaf.line
            for table in amounts.values()
            for line in table.columns
            if line.leaf.kind in ("money", "price")
        }
        texts = [row[key] for row in records for key in row if key in numbers and row[key] is not None]
        assert texts
        assert [each for each in texts if not re.fullmatch(r"-?\d+\.\d\d+", each)] == []


def test_the_page_names_every_key() -> None:
    """`docs/json.md` has each key in code, and the columns of today."""
    text = TEXTS[PAGE]
    assert with_tables(text) == text
    assert [key for key in keys(client()) if f"`{key}`" not in text and not re.fullmatch(r"\d+[a-z]?", key)] == []


def keys(found: Any, depth: int = 0) -> Iterator[str]:
    """The keys of the document, but those of the regular return, which are named together."""
    if isinstance(found, dict):
        for key, value in found.items():
            yield key
            yield from () if key == "regular" else keys(value, depth + 1)
    elif isinstance(found, list):
        for each in found:
            yield from keys(each, depth + 1)
