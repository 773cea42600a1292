"""The memo answers what clients ask, in plain words and with their own figures, and says nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from engine import Client, Projection, project
from engine.readings.amounts import shown
from isobook.sources import read_source
from tests.workbook_facts import generated_client, sample_client
from workbook_templates.fill import shape_of, values_of, workbook
from workbook_templates.memo import height_key, memo
from workbook_templates.memo.open_items import PARAGRAPHS, item_height_key

CHECKOUT = Path(__file__).parents[1]
QUESTIONS = tomllib.loads((CHECKOUT / "tests/cases/questions.toml").read_text())["question"]
ASKED = [(question, example) for question in QUESTIONS for example in question["answers"]]
NOT_ASKED = [(question, example) for question in QUESTIONS for example in question["elsewhere"]]
EXAMPLES = ["all-equity", "article-2025", "four-years", "from-csv-alone", "mixed", "six-years", "underwater"]
AMOUNT = re.compile(r"(?<![\d,/.])\d{1,3}(?:,\d{3})+(?:\.\d\d)?(?!\d|,\d|\.\d)")
SPECIALISTS_ONLY = (
    "AMTI", "TMT", "MTC", "NSO", "ISO", "QDCG", "FMV", "bargain", "underwater", "disqualif", "lot ", "lots ", "tranche",
    "netted", "carryforward", "DIFFERS", "nan",
)  # fmt: skip


class Told:
    """A client's memo as it is filled in."""

    def __init__(self, projection: Projection) -> None:
        """Figure all that the workbook shows."""
        self.projection = projection
        self.shape = shape_of(projection)
        self.blocks = values_of(projection, self.shape)
        self.values: Mapping[str, Any] = self.blocks["memo"]

    @property
    def paragraphs(self) -> dict[str, str]:
        """The rows with words, by key, in order of reading."""
        said = {row.key: self.values[f"memo.{row.key}"] for row in memo(self.shape).told()}
        return {key: words for key, words in said.items() if words}

    def answer(self, paragraphs: list[str]) -> str:
        """What stands in these paragraphs, of whatever year."""
        found = []
        for key, words in self.paragraphs.items():
            if re.sub(r"^\d{4} ", "YEAR ", key) in paragraphs:
                found.append(words)
        return "\n".join(found)


@cache
def told(name: str) -> Told:
    """The memo of an example, or of a generated client by its seed."""
    client = generated_client(int(name)) if name.isdigit() else read_source(CHECKOUT / "examples" / name)
    return Told(project(client))


def name_of(case: tuple[dict[str, Any], str]) -> str:
    """The number of the question and the example."""
    return f"{case[0]['number']}-{case[1]}"


@pytest.mark.parametrize("case", ASKED, ids=name_of)
def test_the_memo_answers_a_question_with_its_rule_and_the_clients_numbers(case: tuple[dict[str, Any], str]) -> None:
    """Of each question the words that matter, for each example to which it applies."""
    question, example = case
    answer = told(example).answer(question["paragraphs"])
    assert [words for words in question["answers"][example] if words not in answer] == [], answer


@pytest.mark.parametrize("case", NOT_ASKED, ids=name_of)
def test_a_question_that_does_not_arise_is_not_in_the_memo(case: tuple[dict[str, Any], str]) -> None:
    """Neither the question nor its answer."""
    question, example = case
    general = [key for key in question["paragraphs"] if not key.startswith("YEAR")]
    assert told(example).answer([*general, *(f"{key} asked" for key in general)]) == ""


def test_every_question_on_the_list_has_a_paragraph_that_answers_it() -> None:
    """Fifteen of them; each paragraph named is one that the memo knows."""
    known = {re.sub(r"^\d{4} ", "YEAR ", row.key) for row in memo(told("six-years").shape).told()}
    assert [question["number"] for question in QUESTIONS] == list(range(1, 16))
    assert {key for question in QUESTIONS for key in question["paragraphs"]} <= known


def figures(memo_of: Told) -> Iterator[str]:
    """Every figure that the workbook holds, as sentences show it."""
    for block in memo_of.blocks.values():
        for value in block.values():
            if isinstance(value, Decimal):
                yield from (shown(abs(value), digits) for digits in (0, 2))


@pytest.mark.parametrize("name", [*EXAMPLES, *map(str, range(8))])
def test_every_amount_in_a_sentence_is_a_line_of_the_workbook(name: str) -> None:
    """Nothing is computed in a sentence."""
    known = set(figures(told(name)))
    amounts = {amount for words in told(name).paragraphs.values() for amount in AMOUNT.findall(words)}
    assert amounts - known == set()


def test_the_sums_behind_the_sentences_are_those_of_the_records() -> None:
    """Shares, price paid and value of the exercises below the price, and the bases of what is left, added up anew."""
    for name in EXAMPLES:
        under = [lot for lot in told(name).projection.lots if lot["is_iso"] and lot["spread"] < 0]
        left = told(name).projection.lots
        expected = {
            "shares under": sum(lot["shares"] for lot in under),
            "paid under": sum(lot["shares"] * lot["price_paid"] for lot in under),
            "value under": sum(lot["shares"] * (lot["price_paid"] + lot["spread"]) for lot in under),
            "nonqualified": sum(lot["shares"] for lot in left if lot["kind"] == "NSO"),
            "units": sum(lot["shares"] for lot in left if lot["kind"] == "RSU"),
            "plan": sum(lot["shares"] for lot in left if lot["kind"] == "ESPP"),
            "incentive": sum(lot["shares"] for lot in left if lot["is_iso"]),
            "left": sum(lot["shares_left"] for lot in left),
            "AMT left": sum(lot["amt_left"] for lot in left),
        }
        assert {key: told(name).values[f"memo.{key}"] for key in expected} == expected


def test_shares_kept_and_shares_vested_are_counted_by_the_year_of_line_2i() -> None:
    """Six years: 8,000 kept in 2020, 1,500 of 2,000 in 2022, 3,000 and 5,000 vested in 2023."""
    values = told("six-years").values
    assert [values[f"memo.{year} kept"] for year in range(2020, 2026)] == [8000, 0, 1500, 3000, 0, 0]
    assert [values[f"memo.{year} vested"] for year in range(2020, 2026)] == [0, 0, 0, 5000, 0, 0]
    assert values["memo.2022 shares out"] == 500


def test_a_client_with_one_exercise_below_the_price_reads_of_nothing_else() -> None:
    """No credit, no sale, no vesting, no nonqualified option, no election, no loss carried on."""
    paragraphs = told("underwater").paragraphs
    answers = ("what it is", "report", "form 3921", "recovery", "proof", "basis", "holding", "filing")
    assert set(paragraphs) == {
        *("in short", "facts", "2024 underwater", "2024 income", "2024 tax", "2024 attach", "fine"),
        *(f"{key}{asked}" for key in answers for asked in ("", " asked")),
    }
    assert paragraphs["fine"].endswith("to the records. Not compared: 2 filed figures, not typed.")
    words = " ".join(paragraphs.values())
    assert [
        word for word in ("credit", "sold", "vest", "nonqualified", "election", "Carried on") if word in words
    ] == []


def test_a_year_that_is_not_ready_says_what_it_needs_and_only_what_the_records_tell() -> None:
    """No line of a form but 2i, and no zero that means unknown."""
    paragraphs = told("from-csv-alone").paragraphs
    assert paragraphs["not yet"].endswith("2024 needs filing status. 2025 needs filing status.")
    assert "still to be typed on Inputs: filing status." in paragraphs["2024 waits"]
    assert {"2024 2i", "2024 underwater", "2024 nonqualified", "2025 vest"} <= set(paragraphs)
    assert not {"2024 income", "2024 tax", "2024 attach", "2024 credit", "2024 made", "history", "twice"} & set(
        paragraphs
    )


def test_a_later_year_that_waits_is_not_counted_and_its_credit_is_that_of_the_last_ready_year() -> None:
    """The sample client's 2026 lacks wages."""
    waits = Told(project(sample_client()))
    assert "2026 is not counted; it needs wages." in waits.paragraphs["in short"]
    assert waits.values["memo.still now"] == waits.blocks["book"]["book.still 2025"]


def test_checks_that_differ_are_named_before_the_returns_are_signed() -> None:
    """A filed taxable income that the entries do not make."""
    client = read_source(CHECKOUT / "examples" / "underwater")
    wrong = client.model_copy(
        update={"returns": (client.returns[0].model_copy(update={"taxable_income": Decimal(1)}),)}
    )
    paragraphs = Told(project(wrong)).paragraphs
    assert "Taxable income of 2024, computed against filed." in paragraphs["differs 1"]
    assert "differs 1" not in told("underwater").paragraphs


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_memo_speaks_to_the_client_and_explains_its_words(name: str) -> None:
    """No specialist's word; the AMT by its full name first; whole sentences without doubled signs."""
    paragraphs = told(name).paragraphs
    words = " ".join(paragraphs.values())
    assert [word for word in SPECIALISTS_ONLY if word in words] == []
    assert words.index("alternative minimum tax (AMT)") < words.index("AMT") + 30
    assert not re.search(r"  |\.\.|,,| ,| \.|\( | \)|(?<!W)-\d", words)
    assert [key for key, text in paragraphs.items() if not text.endswith((".", "?"))] == []


def test_a_paragraph_that_does_not_apply_has_no_row_and_the_others_are_high_enough() -> None:
    """Hidden rows where there are no words; the height follows the number of lines."""
    memo_of = told("six-years")
    for row in memo(memo_of.shape).told():
        words, height = memo_of.values[f"memo.{row.key}"], memo_of.values[height_key(row.key)]
        assert (height is None) == (words == "")
        assert height is None or height >= len(words) / 130 * 14.5
    sheet = load_workbook(BytesIO(workbook(memo_of.projection.client)))["Memo"]
    hidden = [row for row in range(1, sheet.max_row + 1) if sheet.row_dimensions[row].hidden]
    items = sum(memo_of.values[item_height_key(place)] is None for place in range(PARAGRAPHS))
    silent = sum(memo_of.values[height_key(row.key)] is None for row in memo(memo_of.shape).told())
    assert len(hidden) == silent + items


def test_every_heading_has_words_below_it() -> None:
    """For each example, each year and each section."""
    for name in EXAMPLES:
        words = False
        for row in reversed(memo(told(name).shape).rows):
            assert words or not row.words, row.words
            words = False if row.words else words or row.key in told(name).paragraphs


@pytest.mark.parametrize(("year", "line"), [(2018, "line 21"), (2020, "line 8"), (2021, "line 8j"), (2025, "line 8k")])
def test_income_that_no_form_w2_has_goes_on_the_line_of_its_year(year: int, line: str) -> None:
    """100 × (16 - 13.60) of a purchase sold within the year."""
    bought = {"exercise_id": "P", "kind": "ESPP", "date_granted": f"{year}-01-02", "date_exercised": f"{year}-06-28"}
    bought |= {"exercise_price": "13.60", "fmv_exercise": "16", "shares": "100", "fmv_grant": "20"}
    sale = {"exercise_id": "P", "date_sold": f"{year}-09-03", "shares": "100", "price": "18"}
    told = Told(project(Client(exercises=[bought], sales=[sale])))
    words = told.paragraphs[f"{year} sold ESPP disqualifying"]
    assert f"240 of it is not on your Form W-2 and goes on Schedule 1 {line}. The rest is a gain of 200" in words
