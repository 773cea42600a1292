"""The site: every page in its navigation, the law book among them, and counts that are those of the tests."""

from __future__ import annotations

import io
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from engine.tax_year import YEARS
from engine.years import forms_of
from isobook.sources import read_source
from law_book.__main__ import stage
from tests import test_batch_killed, test_irs_examples, test_many_clients, test_workbook_changes, test_workbook_engines
from tests.pages import ROOT, TEXTS
from workbook_templates.fill import workbook

CASES = ROOT / "tests" / "cases"
SITE = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]


def in_navigation(entries: Any) -> Iterator[str]:
    """The pages of the navigation, from top to bottom."""
    match entries:
        case str():
            yield entries
        case dict():
            yield from in_navigation(list(entries.values()))
        case list():
            for entry in entries:
                yield from in_navigation(entry)


def test_every_page_of_the_site_is_in_its_navigation_once(tmp_path: Path) -> None:
    """What is staged: the pages of the checkout and the law book."""
    stage(tmp_path / "pages")
    staged = sorted(path.relative_to(tmp_path / "pages").as_posix() for path in (tmp_path / "pages").rglob("*.md"))
    assert sorted(in_navigation(SITE["nav"])) == staged


def test_the_site_needs_nothing_from_elsewhere() -> None:
    """No fonts of others, and pages that open from a disk."""
    assert (SITE["theme"]["font"], SITE["use_directory_urls"]) == (False, False)


def lines(name: str) -> int:
    """The cases of a file of ours that has one a line."""
    return len((CASES / name).read_text(encoding="utf-8").splitlines())


def test_the_counts_of_the_proofs_are_those_of_the_tests() -> None:
    """Each row of the table on docs/proof.md, from the data that the tests run over."""
    rows = re.findall(r"^\| ([^|]+) \| ([\d,]+) \|", TEXTS["docs/proof.md"], re.MULTILINE)
    oracle = (CASES / "oracle.jsonl").read_text(encoding="utf-8").splitlines()
    not_figured = len(test_irs_examples.NOT_FIGURED)
    questions = tomllib.loads((CASES / "questions.toml").read_text(encoding="utf-8"))["question"]
    counts = [
        len(test_irs_examples.EXAMPLES) - not_figured,
        not_figured,
        len(oracle),
        sum("expected_tax_table" in json.loads(case) for case in oracle),
        len(test_workbook_engines.EXAMPLES),
        len(questions),
        lines("functions.jsonl"),
        len(test_many_clients.SEEDS),
        len(test_workbook_engines.BOOKS),
        len(test_workbook_changes.SEEDS),
        test_batch_killed.KILLS,
        sum(len(forms_of(year).order) for year in YEARS),
    ]
    assert {what: count.replace(",", "") for what, count in rows} == {
        what: str(count) for (what, _), count in zip(rows, counts, strict=True)
    }


def test_the_sheets_that_a_client_reads_about_are_those_of_the_workbook() -> None:
    """In their order, with YYYY for a year."""
    told = re.findall(r"^\| ([A-Z0-9][^|]+?) \| ", TEXTS["docs/your-workbook.md"], re.MULTILINE)
    book = load_workbook(io.BytesIO(workbook(read_source(ROOT / "examples" / "four-years"))))
    assert told == list(dict.fromkeys(re.sub(r"\b20\d\d\b", "YYYY", title) for title in book.sheetnames))
