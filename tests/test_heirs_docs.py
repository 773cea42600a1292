"""The pages for whoever inherits the code: what they name is there, and every hall has its place on the map."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.federal.catalogue import FEDERAL
from tests.pages import FENCE, ROOT, TEXTS
from tests.test_layers import HALLS, PACKAGES

ARCHITECTURE, GLOSSARY, DECISIONS = "docs/architecture.md", "docs/glossary.md", "docs/decisions.md"
HEIRS = (ARCHITECTURE, GLOSSARY, DECISIONS, "docs/errata.md", "CONTRIBUTING.md")
EACH_PAGE = pytest.mark.parametrize("page", HEIRS)
PICTURE = (ROOT / "docs" / "images" / "passes.svg").read_text(encoding="utf-8")

QUOTED = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
TOP = {*PACKAGES, "tests", "examples", "docs", "benchmarks"}
SOURCES = "\n".join(path.read_text("utf-8") for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
TESTS = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py")))
RECIPES = (
    *(
        "A tax year",
        "A form",
        "A line",
        "A column",
        "An open item",
        "A reason, a state or a note",
        "A worksheet function",
        "A sheet",
    ),
    *("An import layout", "An example", "A jurisdiction", "A page"),
)


def quoted(page: str) -> list[str]:
    """What stands in backticks in a page, outside its blocks."""
    return QUOTED.findall(FENCE.sub("", TEXTS[page]))


def is_path(words: str) -> bool:
    """Tell a path of the checkout from a word of the code: it begins at the top, or ends as a file does."""
    return bool(PATH.fullmatch(words)) and (
        (words.split("/")[0] in TOP and "/" in words) or words.endswith((".py", ".toml"))
    )


@EACH_PAGE
def test_every_path_in_backticks_is_in_the_checkout(page: str) -> None:
    """A path from the top; a file alone, such as `part_iii.py`, is a file of some package."""
    lost = [each for each in quoted(page) if is_path(each) and not (ROOT / each).exists() and not _somewhere(each)]
    assert lost == []


def _somewhere(name: str) -> bool:
    return "/" not in name and any(next((ROOT / top).rglob(name), None) for top in TOP)


def test_the_picture_names_files_of_the_checkout() -> None:
    """Its paths are text, so that a file that moves is found here."""
    named = re.findall(rf"\b(?:{'|'.join(PACKAGES)})/[\w./]+", PICTURE)
    assert len(named) >= 10
    assert [each for each in named if not (ROOT / each).is_file()] == []


def test_every_hall_is_on_the_map() -> None:
    """Each of HALLS of tests/test_layers.py, as a folder or as a module."""
    named = set(quoted(ARCHITECTURE))
    places = {hall: hall.replace(".", "/") for hall in HALLS}
    assert [hall for hall, place in places.items() if not {f"{place}/", f"{place}.py"} & named] == []


def test_the_map_names_no_hall_twice() -> None:
    """A hall is a row of one table: one thing, in one place."""
    rows = re.findall(r"^\| (`[^|]+`) \| ", TEXTS[ARCHITECTURE].split("## The halls")[1].split("## ")[0], re.MULTILINE)
    halls = [each for row in rows for each in QUOTED.findall(row)]
    assert len(halls) == len(set(halls))
    assert len(halls) > 15


@EACH_PAGE
def test_every_test_that_is_named_exists(page: str) -> None:
    """`test_every_operator_has_every_reading` is the name of a test."""
    named = [each for each in quoted(page) if re.fullmatch(r"test_\w+", each)]
    assert [each for each in named if f"def {each}(" not in TESTS] == []


def test_every_recipe_is_there_and_names_a_test() -> None:
    """In their order."""
    recipes = re.split(r"^### ", TEXTS["CONTRIBUTING.md"], flags=re.MULTILINE)[1:]
    assert [recipe.splitlines()[0] for recipe in recipes] == list(RECIPES)
    unheld = [recipe.splitlines()[0] for recipe in recipes if not re.search(r"`(?:tests/)?test_\w+(?:\.py)?`", recipe)]
    assert unheld == []


def test_the_order_of_a_year_is_that_of_the_catalogue() -> None:
    """As many places in the chain as there are steps, but that three of them are the gain worksheets."""
    chain = re.search(r"^inputs →.*?^$", TEXTS[ARCHITECTURE], re.MULTILINE | re.DOTALL)
    assert chain
    assert len(re.split(r"\s→\s", chain[0].strip())) == len(FEDERAL.steps) - 2


@EACH_PAGE
def test_code_that_is_shown_stands_in_the_code(page: str) -> None:
    """A block of Python without remarks is a quotation."""
    shown = [each[4].strip() for each in FENCE.finditer(TEXTS[page]) if each[2] == "py"]
    assert [each for each in shown if each not in SOURCES] == []


def test_every_decision_has_its_date_and_its_place() -> None:
    """A paragraph each: when, why, what was rejected, where it shows."""
    decisions = re.split(r"^## ", TEXTS[DECISIONS], flags=re.MULTILINE)[1:]
    assert len(decisions) >= 10
    for decision in decisions:
        title, _, text = decision.partition("\n")
        assert re.match(r"\n\d{1,2} [A-Z][a-z]+ 20\d\d\b", text), title
        assert "Rejected:" in text, title
        assert re.search(r"\bShows\s+in\s+`", text), title


@EACH_PAGE
def test_names_of_the_code_that_a_page_quotes_are_there(page: str) -> None:
    """`Role.MINIMUM_TAX`, `forms_of`, `FormCard`: a name of Python with a sign that it is one."""
    names = [
        each.split("(")[0] for each in quoted(page) if re.fullmatch(r"[A-Za-z_]+(?:\.[A-Za-z_]+)?(?:\(.*\))?", each)
    ]
    coded = [each for each in names if re.search(r"[a-z]_[a-z]|[a-z][A-Z]|^[A-Z]{3,}$|\.", each) and "/" not in each]
    known = SOURCES + TESTS + "".join(path.read_text("utf-8") for path in sorted((ROOT / "tests").glob("*.py")))
    last = [each.rsplit(".", 1)[-1] for each in coded if not is_path(each) and not each.startswith(("test_", "."))]
    assert [each for each in last if not re.search(rf"\b{re.escape(each)}\b", known)] == []
    places = re.findall(r"`(\w+)`\s+(?:of|in)\s+`([\w/]+\.py)`", TEXTS[page])
    assert [
        (name, path) for name, path in places if not re.search(rf"\b{name}\b", (ROOT / path).read_text("utf-8"))
    ] == []


def test_the_pages_name_no_path_outside_the_checkout() -> None:
    """No machine's own folder."""
    assert [page for page in HEIRS if re.search(r"`(?:/|~/|[A-Z]:\\)", TEXTS[page])] == []


def test_what_is_drawn_has_words() -> None:
    """The picture has a title and a description, and the page says the same beside it."""
    assert "<title" in PICTURE
    assert "<desc" in PICTURE
    alternative = re.search(r"!\[([^\]]{60,})\]\(images/passes\.svg\)", TEXTS[ARCHITECTURE])
    assert alternative
    assert Path(ROOT / "docs" / "images" / "passes.svg").stat().st_size < 20_000
