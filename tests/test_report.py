"""The report: its figures read back, its sections, bookmarks and pages, and what is told where something is missing."""

import io
import shutil
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from engine import Client
from engine.clients.projection import Projection, project
from isobook.sources import open_source
from papers.report.client_report import Report, report_of
from papers.typesetting import fonts
from tests.printed_clients import PRINTED
from tests.report_pdf import ReadPage, check_forms, form_amounts, outline_of, pages_of, texts

EXAMPLES = Path(__file__).parents[1] / "examples"
FORMS = {"Form 6251": "f6251", "Form 8801": "f8801", "Schedule D": "schedule_d", "AMT Schedule D": "amt_schedule_d"}
SMALLEST = 5.4  # points: only the foot of a long name is smaller than the smallest table
HEADING = 9.6  # points: headings are larger than all other words but those of the first page


@cache
def _projection(name: str) -> Projection:
    if name in PRINTED:
        return project(PRINTED[name])
    return project(open_source(EXAMPLES / name).client)


@cache
def _report(name: str) -> Report:
    return report_of(_projection(name))


@cache
def _pages(name: str) -> list[ReadPage]:
    return pages_of(_report(name).data)


def _titles(name: str) -> list[str]:
    return [title for _, title, _ in outline_of(_report(name).data)]


@pytest.mark.parametrize(("name", "least"), [("six-years", 330), ("four-years", 70)])
def test_every_line_of_the_forms_is_read_back_as_computed(name: str, least: int) -> None:
    """Each amount under its year; a line that is not there is zero, or its part is left blank."""
    assert check_forms(_pages(name), _projection(name), FORMS) >= least


def test_the_amt_of_2020_stands_where_its_line_and_year_meet() -> None:
    """Line 9 of 115,966 less line 10 of 35,032 is the AMT of 80,934; 2024 owes none."""
    read = form_amounts(_pages("six-years"), "Form 6251")
    assert [read[line, 2020] for line in ("9", "10", "11")] == ["115,966", "35,032", "80,934"]
    assert read["11", 2024] == "–"
    assert read["2k", 2024] == "(62,940)"


def test_a_year_without_a_form_is_named() -> None:
    """No credit comes into 2020, so that Form 8801 has no column of it."""
    told = "2020 Not needed: no AMT credit comes from an earlier year."
    assert any(told in page.text for page in _pages("six-years"))
    assert {year for _, year in form_amounts(_pages("six-years"), "Form 8801")} == set(range(2021, 2027))


def test_the_form_of_the_year_after_the_last_goes_as_far_as_it_is_prepared() -> None:
    """Of 2026, Form 8801 line 21 has the 18,396 that 2025 carries out; line 25 needs the return of 2026."""
    read = form_amounts(_pages("six-years"), "Form 8801")
    assert read["21", 2026] == read["26", 2025] == "18,396"
    assert ("25", 2026) not in read


def test_the_first_page_says_what_the_summary_says() -> None:
    """Verdict, figures, chart with a figure in each part, year by year; parts of the chart are drawn, not a picture."""
    first = _pages("six-years")[0]
    assert "No AMT is expected for 2025, and $18,396 of credit carries to 2026." in first.text
    assert "How the $80,934 comes back" in first.text
    for figure in ("$62,538", "$59,533", "$21,401", "$41,000"):  # 80,934 - 18,686 - 2,715 = 59,533
        assert figure in first.text
    assert first.rectangles >= 11  # columns of 2020 to 2025, of which that of 2020 has one part
    assert "Total $80,934 $62,538" in first.text


def test_sections_are_bookmarked_in_the_order_of_the_pages() -> None:
    """Each section begins on the page that its bookmark names."""
    found = outline_of(_report("six-years").data)
    assert [title for _, title, _ in found] == [
        *("Summary", "Open items", "Exercises and sales", "Form 6251", "Form 8801", "Schedule D", "Form 8949"),
        *("From gains to Form 6251, line 2k", "Credit ledger", "Notes"),
    ]
    for _, title, page in found[1:]:
        assert title in [texts(row) for row in _pages("six-years")[page - 1].rows]
    assert [page for _, _, page in found] == sorted(page for _, _, page in found)


@pytest.mark.parametrize("name", ["six-years", "four-years", "forty exercises"])
def test_each_page_bears_its_number_and_whose_it_is(name: str) -> None:
    """Four to eight pages to six years; 'Page 3 of 8' beside the client and the firm."""
    pages = _pages(name)
    assert 4 <= len(pages) <= (8 if name != "forty exercises" else 10)
    client = _projection(name).client
    for place, page in enumerate(pages, 1):
        assert f"Page {place} of {len(pages)}" in page.text
        assert f"{client.name} · {client.firm}".removesuffix(" · ") in page.text


@pytest.mark.parametrize("name", ["six-years", "nine years", "forty exercises", "not ready"])
def test_no_heading_stands_alone_at_the_foot_of_a_page(name: str) -> None:
    """What stands last on a page is no heading."""
    assert [place for place, page in enumerate(_pages(name), 1) if page.last_size > HEADING] == []


def test_the_title_is_shown_and_the_language_is_english() -> None:
    """Programs show the title in place of the file's name; screen readers are told the language."""
    reader = PdfReader(io.BytesIO(_report("six-years").data))
    root = reader.root_object
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Robin Example (invented): Incentive stock options (ISOs)")
    assert str(root["/Lang"]) == "en-US"
    assert root["/ViewerPreferences"].get_object()["/DisplayDocTitle"]  # type: ignore[index]


def test_exercises_and_sales_have_both_bases() -> None:
    """D-2: 3,000 shares at $5, worth $14: regular basis 15,000, and with the 27,000 of line 2i 42,000 for the AMT."""
    rows = [texts(row) for page in _pages("six-years") for row in page.rows]
    assert any(row.startswith("D-2 ") and "27,000 2023 15,000 42,000 3,000" in row for row in rows)
    assert any(
        row.startswith("C-1 ") and "41,980 42,000 19,500 (20) short 60,000 (18,020) short" in row for row in rows
    )
    assert any(row.startswith("C-1 ") and "41,980 22,500 B (19,500) (20)" in row for row in rows)  # Form 8949


def test_forty_exercises_are_all_there_under_repeated_heads() -> None:
    """Ten lots a year for four years, on two pages, each with its heads."""
    pages = [page for page in _pages("forty exercises") if "As received: Form 3921" in page.text]
    found = [row[0]["text"] for page in pages for row in page.rows if row[0]["text"].startswith("L-20")]
    lots = [lot["exercise_id"] for lot in _projection("forty exercises").lots]
    assert len(lots) == 40
    assert set(lots) <= set(found)
    assert len(pages) == 2


def test_a_year_that_is_not_ready_is_told_and_the_other_stands() -> None:
    """2025 lacks wages: its column says so and is blank but for line 2i; 2024 has its AMT of 5,103."""
    pages = _pages("not ready")
    read = form_amounts(pages, "Form 6251")
    assert read["11", 2024] == "5,103"
    assert ("11", 2025) not in read
    assert read["2i", 2025] == "50,000"
    assert any("2024 2025" in page.text and "filed not ready" in page.text for page in pages)
    assert "2025 is not computed yet: wages are missing (Form W-2 box 1)." in pages[0].text
    assert "Not ready: needs wages for 2025" in pages[-2].text.partition("Notes")[2]


def test_what_has_nothing_to_say_is_left_out() -> None:
    """Without a sale there is no Form 8949, no Schedule D, no way to line 2k and no table of sales."""
    assert _titles("one year") == [
        *("Summary", "Open items", "Exercises and sales", "Form 6251", "Form 8801", "Credit ledger", "Notes")
    ]
    assert not any("Sold" in page.text for page in _pages("one year"))


def test_more_years_than_stand_side_by_side_are_divided_evenly() -> None:
    """Nine years are a table of five and one of four, and each amount stands in one of them."""
    assert check_forms(_pages("nine years"), _projection("nine years"), {"Form 6251": "f6251"}) > 150


def test_the_notes_say_what_was_taken_for_blanks_and_that_it_is_no_advice() -> None:
    """What is provisional is told by its year."""
    notes = " ".join(_pages("four-years")[-2].text.split() + _pages("four-years")[-1].text.split())
    assert "Left blank, and taken as none or as the usual word" in notes
    assert "2026: Line numbers and printed figures follow the early-release draft" in notes
    assert "married-separate" not in notes, "the returns of this client are those of a single person"
    assert notes.count("This is not tax advice.") == 1


def test_the_grants_of_a_client_have_their_table() -> None:
    """100,000 options of $1.50 take the limit at 66,666 shares: 33,334 are nonqualified."""
    [row] = [texts(row) for page in _pages("grant-limit") for row in page.rows if row[0]["text"] == "B-1"]
    assert "66,666 33,334" in row


def _named(name: str, employer: str) -> Report:
    rows = {**PRINTED["one year"].exercises[0].model_dump(exclude_none=True), "employer": employer}
    returns = [{"tax_year": 2025, "filing_status": "single", "wages": 210_000, "deduction": "standard"}]
    return report_of(project(Client([rows], returns, name=name, firm="Şahin & Đặng LLP")))


def test_names_beyond_latin_letters_are_shown_in_embedded_fonts() -> None:
    """Polish, Vietnamese and Greek; each font of the file is a part of it."""
    made = _named("Łukasz", "Ωmega <Łódź> & Co")
    pages = pages_of(made.data)
    assert made.lost == ()
    assert "Łukasz · Şahin & Đặng LLP" in pages[0].text
    assert any("Ωmega <Łódź> & Co" in page.text for page in pages)
    for page in PdfReader(io.BytesIO(made.data)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_a_character_that_the_font_does_not_have_is_its_number_and_told() -> None:
    """Chinese and Thai."""
    made = _named("李 ไ", "Acorn Inc")
    assert list(made.lost) == ["ไ", "李"]
    assert "[U+674E] [U+0E44]" in pages_of(made.data)[0].text
    assert fonts.told_lost(made.lost) == (
        "The font of the report does not show every character. Written as its number: ไ as [U+0E44], 李 as [U+674E]."
    )


def test_the_origins_of_a_credit_are_not_told_behind_a_year_that_is_not_ready(tmp_path: Path) -> None:
    """Without wages of 2023 the credit used from 2023 on is not known: the same words as in the ledger above."""
    source = shutil.copytree(EXAMPLES / "six-years", tmp_path / "robin")
    returns = (source / "returns.csv").read_text("utf-8")
    (row,) = [line for line in returns.splitlines() if line.startswith("2023,")]
    year, status, _, rest = row.split(",", 3)
    (source / "returns.csv").write_text(returns.replace(row, f"{year},{status},,{rest}"), "utf-8")
    pages = pages_of(report_of(project(open_source(source).client)).data)
    [origin] = [told for page in pages for row in page.rows if (told := texts(row)).startswith("AMT of 2020 $")]
    assert origin == "AMT of 2020 $80,934 made 18,686 2,715 not ready not ready not ready not ready"
    said = " ".join(text for page in pages for text in page.text.split())
    assert said.count("Whether to attach it is not known yet: a year before is not ready.") == 2  # 2024 and 2025
    assert "Attach this form to the 2024 return?" not in said


def test_long_names_and_large_figures_stay_within_their_places() -> None:
    """A figure of eight digits stands on one line, names of 200 characters do not reach from the foot into the page."""
    row = {
        "exercise_id": "A-" + "1" * 40,
        "date_granted": "2023-01-03",
        "date_exercised": "2025-03-14",
        "shares": 4 * 10**8,
    }
    prices = {"exercise_price": "2.00", "fmv_exercise": "2.40", "employer": "X" * 200}
    returns = [{"tax_year": 2025, "filing_status": "single", "wages": 210_000, "deduction": "standard"}]
    made = report_of(project(Client([{**row, **prices}], returns, name="Name " * 39, firm="Firm " * 39)))
    pages = pages_of(made.data)
    assert any(word["text"] == "$44,814,551" and word["size"] >= 12 for row in pages[0].rows for word in row)
    for page in pages:
        foot = [word["top"] for row in page.rows for word in row if word["size"] < SMALLEST]
        assert min(foot) > page.height - 44  # the lower margin


def test_cents_are_kept_where_the_client_keeps_them() -> None:
    """1,000 shares, $27.75 each above the price: 27,750.00 on line 2i."""
    row = {"exercise_id": "E-1", "date_granted": "2023-01-03", "date_exercised": "2025-03-14", "shares": 1000}
    prices = {"exercise_price": "12.50", "fmv_exercise": "40.25"}
    returns = [{"tax_year": 2025, "filing_status": "single", "wages": 210_000, "deduction": "standard"}]
    made = report_of(project(Client([{**row, **prices}], returns, name="Kim", rounding="cents")))
    assert form_amounts(pages_of(made.data), "Form 6251")["2i", 2025] == "27,750.00"
