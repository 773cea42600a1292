"""A trial of the house: a form more is shown, explained, compared and set out in the law book, without an edit."""

import json
from pathlib import Path

import pytest

from engine import Client, project
from engine.language.form import FormCard
from engine.language.roles import Role
from isobook.comparison import compare
from law_book.changes import changes
from law_book.pages import year_page
from tests.command import client, run

from .toy_form import toy_form

__all__ = ["toy_form"]  # the fixture
pytestmark = pytest.mark.usefixtures("toy_form")

YEAR = 2024
ROW = {"tax_year": YEAR, "filing_status": "single", "wages": 180_000, "deduction": "standard"}


@pytest.fixture(autouse=True)
def smith(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A client in an empty folder; AMT income is the wages, as no tax was deducted."""
    monkeypatch.chdir(tmp_path)
    exercises = "exercise_id,date_granted,date_exercised,exercise_price,fmv_exercise,shares\n"
    return client("smith", exercises=exercises, returns=_returns(180_000))


def said(*arguments: str) -> str:
    """What a command prints, its spaces made single."""
    outcome = run(*arguments)
    assert outcome.exit_code == 0, outcome.stderr
    return "\n".join(" ".join(line.split()) for line in outcome.stdout.splitlines())


def test_the_report_shows_it_after_the_other_filed_forms() -> None:
    """80,000 of 180,000 are above 100,000, a tenth of them is 8,000."""
    words = said("forms", "smith")
    assert "Form TOY\n1 AMT income 180,000\n2 Of it above 100,000 80,000\n3 A tenth of that 8,000" in words
    assert words.index("Form 6251\n") < words.index("Form TOY\n") < words.index("Form 1040\n")


def test_json_has_it_under_its_key(toy_form: FormCard) -> None:
    """The key of its card, between Form 8801 and the regular return."""
    year = json.loads(said("forms", "smith", "--json"))["years"][str(YEAR)]
    assert year[toy_form.key] == {"1": "180000", "2": "80000", "3": "8000"}
    assert list(year)[:4] == ["form_6251", "form_8801", toy_form.key, "regular"]


def test_its_lines_are_explained_by_its_short_name() -> None:
    """The rule in words, its numbers, the line behind it; and it is named where another form is asked for."""
    words = said("explain", "smith", str(YEAR), "TOY", "3")
    assert words.startswith("Form TOY line 3, A tenth of that: 8,000\n10% times line 2: 10% × 80,000 = 8,000\n")
    assert "Form TOY line 2, Of it above 100,000: 80,000" in words
    assert "TOY" in run("explain", "smith", str(YEAR), "9999", "1").stderr


def test_a_year_that_is_not_ready_has_no_figure_of_it(toy_form: FormCard) -> None:
    """As of any form: what is not known is None."""
    result = project(Client(returns=[{"tax_year": YEAR, "filing_status": "single"}])).years[YEAR]
    assert result.form(toy_form) == {"1": None, "2": None, "3": None}
    assert result.amount(Role.MINIMUM_TAX) is None


def test_two_clients_are_compared_by_it(toy_form: FormCard) -> None:
    """10,000 more of wages is 1,000 more on its last line; the diff shows it under its title."""
    a, b = (project(Client(returns=[ROW | {"wages": wages}])) for wages in (180_000, 190_000))
    found = [each for each in compare(a, b).figures if each.card is toy_form]
    assert {each.line: int(each.difference or 0) for each in found} == {"1": 10_000, "2": 10_000, "3": 1_000}
    client("jones", exercises=Path("smith/exercises.csv").read_text("utf-8"), returns=_returns(190_000))
    assert f"Form TOY, {YEAR}" in said("diff", "smith", "jones")
    figures = json.loads(said("diff", "smith", "jones", "--json"))["figures"]
    assert [each["b"] for each in figures if each["form"] == toy_form.key] == ["190000", "90000", "9000"]


def _returns(wages: int) -> str:
    row = ROW | {"wages": wages}
    return f"{','.join(row)}\n{','.join(map(str, row.values()))}\n"


def test_the_law_book_sets_it_out_with_the_forms_that_are_filed(toy_form: FormCard) -> None:
    """Its sentence, its lines, what they take; it is no change, as the year before has it too."""
    page = year_page(YEAR)
    assert f"## Form TOY {{ #toy }}\n\n{toy_form.about}\n" in page
    assert '<a id="toy-3"></a>3 | **A tenth of that** (dollars)<br>10% times line 2<br>' in page
    assert page.index("## Form 6251 {") < page.index("## Form TOY {") < page.index("## Inputs {")
    assert "Form TOY line 1" in page.partition('<a id="f6251-4"></a>')[2].partition("\n")[0]
    assert not [key for key in changes(YEAR) if key.startswith("toy.")]
