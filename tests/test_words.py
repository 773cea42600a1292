"""American tax English in every string, comment and page: no phrase that docs/wording.md rules out."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner

from engine.federal.years import forms_of
from isobook.cli import app
from tests.pages import PAGES, ROOT, TEXTS

WORDING: Final = "docs/wording.md"
PACKAGES: Final = (
    "addin",
    "engine",
    "isobook",
    "law_book",
    "papers",
    "workbook_templates",
    "tools",
    "examples",
    "benchmarks",
)
NUMBER: Final = "5"  # stands for what a sentence fills in
ALLOWED: Final = {  # where a phrase is a name that stays: a spelling of a header, a column of index.csv
    ("engine/columns/exercises.py", "price a share"): "a spelling of a header",
    ("engine/columns/returns/deductions.py", "itemised"): "a spelling of a word",
    ("engine/columns/sales.py", "price a share"): "a spelling of a header",
    ("isobook/batching/index/writing.py", 'in all"'): "a column of index.csv",
}


@cache
def banned() -> dict[str, re.Pattern[str]]:
    """The phrases of the last column of the page, each with what finds it: whole words, any case, any number."""
    rows = re.findall(r"^\| [^|]+ \| (`[^|]+) \|$", TEXTS[WORDING], re.MULTILINE)
    return {phrase: finder(phrase) for row in rows for phrase in re.findall(r"`([^`]+)`", row)}


def finder(phrase: str) -> re.Pattern[str]:
    """`5 a share` finds "12.50 a share"; a phrase that begins or ends in a letter is not found inside a word."""
    words = r"\s+".join(r"\d[\d,.]*" if word == NUMBER else re.escape(word) for word in phrase.split())
    before = r"(?<![\w-])" if phrase[0].isalnum() else ""
    return re.compile(before + words + (r"(?![\w-])" if phrase[-1].isalnum() else ""), re.IGNORECASE)


def files() -> list[str]:
    """Every module of ours but the tests."""
    found = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def said_in(source: str) -> Iterator[tuple[int, str]]:
    """Comments and strings with their lines: a string put together of several is one, what is filled in is a number."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.JoinedStr(values=values):
                yield node.lineno, "".join(each.value if isinstance(each, ast.Constant) else NUMBER for each in values)  # type: ignore[misc]
            case ast.Constant(value=str(value)):
                yield node.lineno, f'{value}"'


def found_in(text: str) -> list[str]:
    """The phrases of the page that a text uses."""
    return [phrase for phrase, pattern in banned().items() if pattern.search(text)]


@pytest.mark.parametrize("path", files())
def test_no_string_or_comment_of_a_module_uses_a_word_that_is_ruled_out(path: str) -> None:
    """Messages, labels, notes of cells, sentences, help of options, docstrings."""
    lines = said_in((ROOT / path).read_text(encoding="utf-8"))
    told = [(line, phrase) for line, text in lines for phrase in found_in(text) if (path, phrase) not in ALLOWED]
    assert told == []


@pytest.mark.parametrize("page", [page for page in PAGES if page not in (WORDING, "CHANGELOG.md")])
def test_no_page_uses_a_word_that_is_ruled_out(page: str) -> None:
    """README and documentation; of the changelog only what is not released yet."""
    assert found_in(TEXTS[page]) == []


def test_what_is_new_in_the_changelog_uses_no_word_that_is_ruled_out() -> None:
    """What was released says what it said."""
    assert found_in(TEXTS["CHANGELOG.md"].split("\n## [")[1]) == []


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("The tax is figured anew.", "figured"),
        ("Fill in exercises.csv (one row a Form 3921 or 3922).", "row a form"),
        ("the price in dollars\n    a share", "dollars a share"),
        ("Sell at $12.50 a share.", "5 a share"),
        ("Columns that you do not need may stay empty, or go.", ", or go."),
        ("Loss carried out, in all", 'in all"'),
        ("Which columns were Recognised", "recognised"),
    ],
)
def test_what_is_ruled_out_is_found(sentence: str, phrase: str) -> None:
    """As it stood in a string, also over the end of a line."""
    assert phrase in found_in(f'{sentence}"')


@pytest.mark.parametrize(
    "sentence", ["Line 4 refigured", "a fraction of a share", "each figure of all years", "grayed"]
)
def test_what_is_right_is_let_be(sentence: str) -> None:
    """The noun, the word of the IRS, a part of a share."""
    assert found_in(f'{sentence}"') == []


@pytest.mark.parametrize(("path", "phrase"), ALLOWED)
def test_every_exception_is_needed(path: str, phrase: str) -> None:
    """One that is no longer there is deleted."""
    assert any(phrase in found_in(text) for _, text in said_in((ROOT / path).read_text(encoding="utf-8")))


def test_the_labels_of_all_lines_are_walked_too() -> None:
    """Put together by forms, they come out of the catalogue as a workbook shows them."""
    labels = [
        line.label for year in (2018, 2024, 2025) for form in forms_of(year).forms.values() for line in form.lines
    ]
    assert len(labels) > 500
    assert [label for label in labels if found_in(f'{label}"')] == []


def test_the_commands_speak_the_same_words(tmp_path: Path) -> None:
    """A client with an underwater exercise, a price that is rounded and no sale: check, build, forms and plan."""
    runner, example = CliRunner(), str(ROOT / "examples" / "four-years")
    built = str(tmp_path / "book.xlsx")
    for words in (["check", example], ["build", example, "-o", built], ["forms", example], ["plan", example]):
        outcome = runner.invoke(app, words)
        assert outcome.exit_code == 0
        assert found_in(outcome.stdout) == []
