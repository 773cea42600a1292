"""The site: every page in its navigation, the law book among them, and counts that are those of the tests."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from isobook.sources import read_source
from law_book.__main__ import page_address, stage
from tests.pages import ROOT, TEXTS
from tests.pages_today import COUNTED, LLMS, PROOFS, counts, llms_of_the_checkout
from tests.pictures import SAMPLE
from workbook_templates.fill import workbook

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


def test_programs_find_every_page_of_the_site_with_what_it_is_about(tmp_path: Path) -> None:
    """llms.txt at the root of the site: the navigation, each page by its address and its first sentence."""
    stage(tmp_path / "pages")
    listed = (tmp_path / "pages" / "llms.txt").read_text(encoding="utf-8")
    pages = list(in_navigation(SITE["nav"]))
    addresses = re.findall(r"^- \[[^\]]+\]\(([^)]+)\): \S", listed, re.MULTILINE)
    assert addresses == [page_address(page) for page in pages]
    assert "- [2026](docs/law-book/2026.html): All lines of all forms of 2026 in words" in listed


def test_the_list_for_programs_is_that_of_today() -> None:
    """docs/llms.txt, which `python -m tests.pages_today` writes; its links lead to the pages of the checkout."""
    listed = (ROOT / LLMS).read_text(encoding="utf-8")
    assert listed == llms_of_the_checkout()
    links = re.findall(r"\]\(([^)]+)\): ", listed)
    assert len(links) == len(TEXTS)
    assert [link for link in links if not (ROOT / "docs" / link).is_file()] == []


def test_the_law_book_opens_with_its_years(tmp_path: Path) -> None:
    """The newest first, before any explanation."""
    stage(tmp_path / "pages")
    opened = (tmp_path / "pages" / "docs" / "law-book.md").read_text(encoding="utf-8").splitlines()
    assert opened[0] == "# The law book"
    assert [re.match(r"- \[(\d{4})\]", line)[1] for line in opened[2:11]] == [  # type: ignore[index]
        str(year) for year in range(2026, 2017, -1)
    ]


def test_the_sample_has_the_figures_of_today() -> None:
    """Every line of Forms 6251 and 8801 of a fresh build, 80,934 of AMT for 2020; `make pictures` makes the sample."""
    fresh = load_workbook(io.BytesIO(workbook(read_source(ROOT / "examples" / "six-years"))), data_only=True)
    sample = load_workbook(SAMPLE, data_only=True)
    figures = figures_of(fresh)
    assert figures["f6251_2020_11"] == 80_934
    assert figures_of(sample) == figures


def figures_of(book: Workbook) -> dict[str, float]:
    """The figures of the lines of both forms by their names: what stands in the cells, computed by nobody here."""
    found = {}
    for name, defined in book.defined_names.items():
        if re.match(r"f(6251|8801)_20\d\d_\d", name):
            ((sheet, cell),) = defined.destinations
            if isinstance(value := book[sheet][cell.replace("$", "")].value, int | float):
                found[name] = value
    return found


def test_the_site_needs_nothing_from_elsewhere() -> None:
    """No fonts and scripts of others, and pages that open from a disk."""
    assert (SITE["theme"]["font"], SITE["use_directory_urls"]) == (False, False)
    assert "offline" not in SITE.get("plugins", {}), "it has every page load a script from unpkg.com"


def test_the_counts_of_the_proofs_are_those_of_the_tests() -> None:
    """Each row of the table, from the data that the tests run over (`python -m tests.pages_today` writes them in)."""
    assert [row[2] for row in COUNTED.finditer(TEXTS[PROOFS])] == [f"{count:,}" for count in counts()]


def test_the_readme_names_the_count_of_the_proofs() -> None:
    """1,195 cases of independent engines."""
    assert f"against {counts()[2]:,} cases" in TEXTS["README.md"]


def test_the_sheets_that_a_client_reads_about_are_those_of_the_workbook() -> None:
    """Those that are shown of a client with sales and a credit, in their order, with YYYY for a year."""
    told = re.findall(r"^\| ([A-Z0-9][^|]+?) \| ", TEXTS["docs/your-workbook.md"], re.MULTILINE)
    book = load_workbook(io.BytesIO(workbook(read_source(ROOT / "examples" / "six-years"))))
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert told == list(dict.fromkeys(re.sub(r"\b20\d\d\b", "YYYY", title) for title in shown))
