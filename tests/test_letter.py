"""Letter and Questions tell a client what happened, in plain words and with their own figures, and nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from engine import Client, Projection, project
from engine.language.nodes import Kind
from engine.readings.amounts import shown
from isobook.sources import read_source
from tests.workbook_facts import generated_client, sample_client
from workbook_templates.fill import shape_of, values_of, workbook
from workbook_templates.letter import BREAKS, PAGES, height_key, letter
from workbook_templates.letter.page_rows import MOST_PAGES, ROOM
from workbook_templates.letter.summary_rows import HAPPENED

CHECKOUT = Path(__file__).parents[1]
QUESTIONS = tomllib.loads((CHECKOUT / "tests/cases/questions.toml").read_text())["question"]
ASKED = [(question, example) for question in QUESTIONS for example in question["answers"]]
ON_FORMS = [(question, example) for question in QUESTIONS for example in question.get("lines", ())]
NOT_ASKED = [(question, example) for question in QUESTIONS for example in question["elsewhere"]]
EXAMPLES = [
    *("all-equity", "article-2025", "four-years", "from-csv-alone", "grant-limit"),
    *("mixed", "open-items", "six-years", "underwater"),
]
PLAN = ("before year-end", "step plan", "do plan")  # the headline of the sheet Plan, which is tried there
LONGER = ("relied", "do settle", *PLAN)
LIMIT = "the $100,000 limit"  # so it is called
AMOUNT = re.compile(r"(?<![\d,/.])\d{1,3}(?:,\d{3})+(?:\.\d\d)?(?!\d|,\d|\.\d)")
BARE = re.compile(r"(?<![\d,/.$])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?! (?:[\w&.]+ ){0,5}?(?:share|option)s?\b)(?!\d|,\d)")
SPECIALISTS_ONLY = (
    "AMTI", "TMT", "MTC", "NSO", "QDCG", "FMV", "bargain", "underwater", "disqualif", "lot ", "tranche",
    "netted", "carryforward", "DIFFERS", "nan", "figured", "in all", "comes to you",
)  # fmt: skip


class Told:
    """A client's letter and answers as they are filled in."""

    def __init__(self, projection: Projection) -> None:
        """Compute all that the workbook shows."""
        self.projection = projection
        self.shape = shape_of(projection)
        self.blocks = values_of(projection, self.shape)
        self.values: Mapping[str, Any] = self.blocks["letter"]
        self.written = letter(self.shape)

    @property
    def sentences(self) -> dict[str, str]:
        """Every sentence by key, also those that paragraphs and Summary take."""
        keys = [line.leaf.line for line in self.written.writer.form.lines if line.leaf.kind is Kind.TEXT]
        return {key: words for key in keys if (words := self.values[f"letter.{key}"])}

    @property
    def paragraphs(self) -> dict[str, str]:
        """The rows of Letter that have words and a height, by key, in order of reading."""
        shown = [row.key for row in self.written.letter if row.row and row.key]
        return {key: self.values[f"letter.{key}"] for key in shown if self.values[height_key(key)]}

    @property
    def answers(self) -> dict[str, str]:
        """The same of Questions."""
        shown = [row.key for row in self.written.questions if row.key]
        return {key: self.values[f"letter.{key}"] for key in shown if self.values[height_key(key)]}

    def answer(self, keys: list[str]) -> str:
        """What these sentences say, of whatever year."""
        return "\n".join(words for key, words in self.sentences.items() if re.sub(r"^\d{4} ", "YEAR ", key) in keys)


@cache
def told(name: str) -> Told:
    """What an example is told, or a generated client by its seed."""
    client = generated_client(int(name)) if name.isdigit() else read_source(CHECKOUT / "examples" / name)
    return Told(project(client))


def name_of(case: tuple[dict[str, Any], str]) -> str:
    """The number of the question and the example."""
    return f"{case[0]['number']}-{case[1]}"


@pytest.mark.parametrize("case", ASKED, ids=name_of)
def test_a_question_is_answered_with_its_rule_and_the_clients_numbers(case: tuple[dict[str, Any], str]) -> None:
    """Of each question the words that matter, for each example to which it applies."""
    question, example = case
    answer = told(example).answer(question["paragraphs"])
    assert [words for words in question["answers"][example] if words not in answer] == [], answer


@pytest.mark.parametrize("case", ON_FORMS, ids=name_of)
def test_a_question_for_form_lines_is_answered_by_the_forms(case: tuple[dict[str, Any], str]) -> None:
    """The figures that a preparer asks for stand on the sheets of the year, line by line."""
    question, example = case
    blocks = told(example).blocks
    for place, figure in question["lines"][example].items():
        year, _, line = place.partition(" ")
        assert blocks[year][line] == figure, place


@pytest.mark.parametrize("case", NOT_ASKED, ids=name_of)
def test_a_question_that_does_not_arise_is_not_there(case: tuple[dict[str, Any], str]) -> None:
    """Neither the question nor its answer."""
    question, example = case
    general = [key for key in question["paragraphs"] if not key.startswith("YEAR")]
    assert told(example).answer([*general, *(f"{key} asked" for key in general)]) == ""


def test_every_question_on_the_list_has_a_sentence_that_answers_it() -> None:
    """Fifteen of them; each sentence named is one that the letter knows."""
    lines = told("six-years").written.writer.form.lines
    known = {re.sub(r"^\d{4} ", "YEAR ", line.leaf.line) for line in lines}
    assert [question["number"] for question in QUESTIONS] == list(range(1, 16))
    assert {key for question in QUESTIONS for key in question["paragraphs"]} <= known


def figures(of: Told) -> Iterator[str]:
    """Every figure that the workbook holds, as sentences show it."""
    for block in of.blocks.values():
        for value in block.values():
            if isinstance(value, Decimal):
                yield from (shown(abs(value), digits) for digits in (0, 2))


@pytest.mark.parametrize("name", [*EXAMPLES, *map(str, range(8))])
def test_every_amount_in_a_sentence_is_a_line_of_the_workbook(name: str) -> None:
    """Nothing is computed in a sentence; words of the build (an open item) have figures of their own."""
    known = set(figures(told(name)))
    sentences = {key: words for key, words in told(name).sentences.items() if "settle" not in key and key not in PLAN}
    amounts = {amount for words in sentences.values() for amount in AMOUNT.findall(words.replace(LIMIT, ""))}
    assert amounts - known == set()


@pytest.mark.parametrize("name", EXAMPLES)
def test_dollars_bear_their_sign_and_shares_their_noun(name: str) -> None:
    """A figure from one thousand up is dollars with $, or shares or options with their noun behind."""
    sentences = {key: words for key, words in told(name).sentences.items() if key not in PLAN}
    bare = {key: found for key, words in sentences.items() if (found := BARE.findall(words))}
    assert bare == {}


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
        assert {key: told(name).values[f"letter.{key}"] for key in expected} == expected


def test_shares_kept_and_shares_vested_are_counted_by_the_year_of_line_2i() -> None:
    """Six years: 8,000 kept in 2020, 1,500 of 2,000 in 2022, 3,000 and 5,000 vested in 2023."""
    values = told("six-years").values
    assert [values[f"letter.{year} kept"] for year in range(2020, 2026)] == [8000, 0, 1500, 3000, 0, 0]
    assert [values[f"letter.{year} vested"] for year in range(2020, 2026)] == [0, 0, 0, 5000, 0, 0]
    assert values["letter.2022 shares out"] == 500


def test_a_client_with_one_exercise_below_the_price_reads_of_nothing_else() -> None:
    """No credit, no sale, no vesting, no nonqualified option, no election, no loss carried on."""
    of = told("underwater")
    answers = (
        "what it is",
        "report",
        "form 3921",
        "recovery",
        "proof",
        "basis",
        "holding",
        "part iii",
        "attach",
        "filing",
    )
    assert set(of.answers) == {
        *("2024 attach", "fine"),
        *(f"{key}{asked}" for key in answers for asked in ("", " asked")),
    }
    assert set(of.paragraphs) == {
        *("in short", "why head", "two ways", "no AMT", "years head", "exercises head", "2024 exercised"),
        *("held head", "both bases", "to do head", "do send", "do file", "relied"),
    }
    words = " ".join((*of.paragraphs.values(), *of.answers.values()))
    assert [word for word in ("credit", "You sold", " vest", "nonqualified", "election") if word in words] == []


def test_a_year_that_is_not_ready_says_what_it_needs_and_only_what_the_records_tell() -> None:
    """No figure of a form, and no zero that means unknown."""
    of = told("from-csv-alone")
    assert of.paragraphs["in short"].endswith(
        "For 2024 we need your filing status. For 2025 we need your filing status."
    )
    assert of.sentences["verdict"] == "2025 is not computed yet: the filing status is missing (Form 1040, page 1)."
    assert {"2024 2i", "2024 underwater", "2024 nonqualified", "2025 vest"} <= set(of.sentences)
    assert not {"why head", "timing", "pace", "history", "twice", "2024 attach", "2024 why"} & {
        *of.paragraphs,
        *of.answers,
    }
    assert [of.values[f"letter.{key} figure"] for key in ("AMT", "used", "left")] == ["not yet"] * 3
    assert [of.values[f"letter.{year} AMT shown"] for year in (2024, 2025)] == ["not yet"] * 2


def test_a_later_year_that_waits_is_not_counted_and_its_credit_is_that_of_the_last_year_computed() -> None:
    """The sample client's 2026 lacks wages; the large figures are those of 2024 and 2025."""
    waits = Told(project(sample_client()))
    assert waits.sentences["verdict"] == "2026 is not computed yet: wages are missing (Form W-2 box 1)."
    assert "2026 is not computed yet" in waits.paragraphs["in short"]
    label = waits.sentences["AMT label"]
    assert label == f"AMT, {waits.shape.first} and 2025" if waits.shape.first == 2024 else label.endswith(" to 2025")
    assert waits.values["letter.still now"] == waits.blocks["book"]["book.still 2025"]


def test_checks_that_differ_are_named_before_the_returns_are_signed() -> None:
    """A filed taxable income that the entries do not make."""
    client = read_source(CHECKOUT / "examples" / "underwater")
    wrong = client.model_copy(
        update={"returns": (client.returns[0].model_copy(update={"taxable_income": Decimal(1)}),)}
    )
    answers = Told(project(wrong)).answers
    assert "Taxable income of 2024" in answers["differs 1"]
    assert "differs 1" not in told("underwater").answers


@pytest.mark.parametrize("name", EXAMPLES)
def test_letter_and_answers_speak_to_the_client_and_explain_their_words(name: str) -> None:
    """No specialist's word; the AMT by its full name first; whole sentences without doubled signs."""
    for rows in (told(name).paragraphs, told(name).answers):
        words = " ".join(text for key, text in rows.items() if key != "do settle")  # an open item has its own words
        assert [word for word in SPECIALISTS_ONLY if word in words] == []
        assert words.index("alternative minimum tax (AMT)") < words.index("AMT") + 30
        assert not re.search(r"(?<!\d\.)  |\.\.|,,| ,| \.|\( | \)|(?<![A-Z])-\d", words)
        told_whole = {key: text for key, text in rows.items() if not key.endswith(" head")}
        assert [key for key, text in told_whole.items() if not text.endswith((".", "?"))] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_sentence_of_the_letter_and_of_summary_has_at_most_thirty_words(name: str) -> None:
    """One thought each; only the list of what was not looked at, and the words of an open item, may be longer."""
    summary = {key: told(name).sentences.get(key, "") for key in ("verdict", *HAPPENED)}
    rows = {**told(name).paragraphs, **summary}
    sentences = [each for key, text in rows.items() if key not in LONGER for each in re.split(r"(?<=[.?]) ", text)]
    assert [each for each in sentences if len(each.split()) > 30] == []


def test_a_paragraph_that_does_not_apply_has_no_row_and_the_others_are_high_enough() -> None:
    """Hidden rows where there are no words; the height follows the number of lines."""
    of = told("six-years")
    rows = [
        *(row.key for row in of.written.letter if row.row and row.key),
        *(row.key for row in of.written.questions if row.key),
    ]
    for key in rows:
        words, height = of.values[f"letter.{key}"], of.values[height_key(key)]
        assert (height is None) == (words == "") or key == "exercises in short"
        assert height is None or height >= len(words) / 130 * 14.3
    book = load_workbook(BytesIO(workbook(of.projection.client)))
    for title, placed in (("Letter", of.written.letter), ("Questions", of.written.questions)):
        sheet = book[title]
        hidden = [row for row in range(1, sheet.max_row + 1) if sheet.row_dimensions[row].hidden]
        silent = [row for row in placed if row.key and of.values.get(height_key(row.key), 1) is None]
        assert len(hidden) == len(silent), title


def test_every_heading_of_the_letter_has_words_below_it() -> None:
    """For each example: a heading that is shown stands over a row that is shown, on the same page."""
    for name in EXAMPLES:
        of = told(name)
        shown = [
            (at, row)
            for at, row in enumerate(of.written.letter, 1)
            if row.what != "gap" and (row.points or of.values.get(height_key(row.key)))
        ]
        for (at, row), (below_at, below) in pairwise(shown):
            if row.key.endswith(" head"):
                assert not below.key.endswith(" head"), (name, row.key)
                assert not [end for end in of.values[BREAKS] if at <= end < below_at], (name, row.key)


@pytest.mark.parametrize("name", [*EXAMPLES, *map(str, range(8))])
def test_the_letter_has_at_most_three_pages_and_each_holds_its_rows(name: str) -> None:
    """A page at 95 percent has room for 726 points: 11 inches less two margins of 0.65, a line left for safety."""
    of = told(name)
    heights = [
        row.points if row.points is not None else of.values[height_key(row.key)] or 0 for row in of.written.letter
    ]
    ends = [0, *of.values[BREAKS], len(heights)]
    assert of.values[PAGES] == len(ends) - 1 <= MOST_PAGES
    assert all(sum(heights[first:last]) <= ROOM for first, last in pairwise(ends))


@pytest.mark.parametrize(("year", "line"), [(2018, "line 21"), (2020, "line 8"), (2021, "line 8j"), (2025, "line 8k")])
def test_income_that_no_form_w2_has_goes_on_the_line_of_its_year(year: int, line: str) -> None:
    """100 × (16 - 13.60) = 240 of a purchase sold within the year; the rest of 100 × (18 - 13.60) = 440 is 200."""
    bought = {"exercise_id": "P", "kind": "ESPP", "date_granted": f"{year}-01-02", "date_exercised": f"{year}-06-28"}
    bought |= {"exercise_price": "13.60", "fmv_exercise": "16", "shares": "100", "fmv_grant": "20"}
    sale = {"exercise_id": "P", "date_sold": f"{year}-09-03", "shares": "100", "price": "18"}
    told = Told(project(Client(exercises=[bought], sales=[sale])))
    words = f"$240 of the ordinary income of {year} is not on your Form W-2 and goes on Schedule 1 {line}."
    assert told.paragraphs["not in wages"] == words
    assert (
        "$240, the value on the day of purchase less the price, is ordinary income. The rest is a gain of $200"
        in (told.paragraphs["sold all"])
    )


def test_the_married_separate_addition_has_its_name() -> None:
    """Wages 1,000,000: above 900,350 by 99,650, of which a quarter, 24,912.50, is added on line 4 (IRC 55(d)(2))."""
    row = {"tax_year": 2025, "filing_status": "married_separate", "wages": 1_000_000, "deduction": "standard"}
    lot = {"exercise_id": "E", "date_granted": "2024-01-02", "date_exercised": "2025-03-04", "shares": 1}
    lot |= {"exercise_price": 1, "fmv_exercise": 1, "employer": "Acorn Inc"}
    words = Told(project(Client(exercises=[lot], returns=[row]))).answers["what it is"]
    assert "Married filing separately, $24,913 is added to it (IRC 55(d)(2))." in words
    assert "Married" not in told("underwater").answers["what it is"]


def test_amt_of_an_open_year_is_expected_and_never_was_due() -> None:
    """One year, 2025, open: AMT of 29,094 less 28,847 is $247, said once and as an estimate."""
    words = told("article-2025").values["letter.in short"]
    assert "AMT of $247 is expected for 2025" in words
    assert "was due" not in words
    assert words.count("$247") == 2  # the AMT, and the credit that it makes


def test_shares_without_a_gain_at_exercise_are_not_said_to_turn_into_wages() -> None:
    """Worth 9.85 at a price of 14.20, nothing can be wages; worth 50 at 10, part is; units, never."""
    assert "Sell sooner, and the gain can be short-term" in told("underwater").values["letter.held"]
    assert "Sell sooner, and part of the gain is wages" in told("article-2025").values["letter.held"]
    assert "the gain is short-term or partly wages" in told("mixed").values["letter.held"]
    assert "Sell the others sooner, and the gain is short-term (" in told("all-equity").values["letter.held"]
