"""`isobook official`: blank forms made for tests are filled, and read back from where their boxes were drawn."""

import io
import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from engine import InputError, project
from engine.clients.projection import Projection
from engine.language.nodes import Kind
from engine.readings.amounts import AMOUNTS
from engine.readings.compiled.compile import compile_lines
from isobook.sources import open_source
from papers.figures.schedule_d_answers import schedule_d_answers
from papers.figures.taxpayer import Taxpayer, taxpayer_of
from papers.official import ClientPapers, forms_at_hand, official_forms
from tests.command import EXAMPLES, run
from tests.official_pdf import MadeForm, fields_of, made_6251, made_8801, made_8949, made_schedule_d, shown_in

PERSON = Taxpayer("Jordan Sample", "000-00-0000")
ROW = "{id},2021-01-04,2022-02-01,2.00,10.00,100,Acme Robotics\n"


@cache
def projected(name: str) -> Projection:
    """An example of the docs, computed once."""
    return project(open_source(EXAMPLES / name).client)


def filled(projection: Projection, *made: MadeForm, flat: bool = True) -> ClientPapers:
    """Fill made forms, each under a name that says nothing."""
    at_hand = forms_at_hand({f"{number}.pdf": form.data() for number, form in enumerate(made)})
    assert [str(error) for error in at_hand.refused] == []
    return official_forms(projection, at_hand, PERSON, flat=flat)


def as_amount(text: str) -> Decimal:
    """A box read as a reader reads it: parentheses are below zero, -0- is nothing."""
    if text == "-0-":
        return Decimal(0)
    amount = Decimal(text.strip("()").replace(",", ""))
    return -amount if text.startswith("(") else amount


@pytest.mark.parametrize(
    ("example", "year", "form", "made"),
    [
        ("six-years", 2024, "form_6251", made_6251(2024)),
        ("four-years", 2025, "form_6251", made_6251(2025)),
        ("six-years", 2025, "form_8801", made_8801(2025)),
    ],
    ids=["6251 of 2024", "6251 of 2025", "8801 of 2025"],
)
def test_every_line_is_read_back_from_its_box(example: str, year: int, form: str, made: MadeForm) -> None:
    """What stands in the rectangles is what `isobook forms --json` gives, line by line; a blank box is 0."""
    said = json.loads(run("forms", str(EXAMPLES / example), "--json").stdout)["years"][str(year)][form]
    name = f"f{form.removeprefix('form_')}-{year}.pdf"
    pages = shown_in(made, filled(projected(example), made).files[name])
    shown = {key: text for page in pages for key, text in page.items()}
    assert (shown.pop("name"), shown.pop("ssn")) == ("Jordan Sample", "000-00-0000")
    assert len(shown) >= 10
    below_zero = {"2b", "2f", "2s"} if form == "form_6251" else {"3"}
    read = {
        line: -as_amount(shown.get(line, "-0-")) if line in below_zero else as_amount(shown.get(line, "-0-"))
        for line in made.boxes
        if line not in ("name", "ssn") and (form, line) != ("form_8801", "20")
    }
    assert read == {line: Decimal(amount) for line, amount in said.items()}


def test_form_6251_is_written_in_its_own_manner() -> None:
    """Six years, 2024: line 2k is below zero, line 11 says -0-, lines of nothing are blank."""
    made = made_6251(2024)
    first, second = shown_in(made, filled(projected("six-years"), made).files["f6251-2024.pdf"])
    assert first["2k"] == "(62,940)"
    assert first["11"] == "-0-"
    assert {"2b", "2i", "3", "8"}.isdisjoint(first)
    assert second["12"] == "169,100"


def test_a_part_that_is_not_needed_stays_blank() -> None:
    """Six years, 2020: no gains and no dividends, so that Part III is left alone, though the form says -0- there."""
    made = made_6251(2020)
    made.words = [
        (page, left, down, "If zero or less, enter -0-" if page == 1 and text.startswith("Words") else text)
        for page, left, down, text in made.words
    ]
    first, second = shown_in(made, filled(projected("six-years"), made).files["f6251-2020.pdf"])
    assert first["11"] == "80,934"
    assert second == {}


def test_an_amount_between_parentheses_has_no_sign() -> None:
    """A tax refund of $400 is typed as -400 and stands as 400 in line 2b, which the form prints in parentheses."""
    made = made_6251(2024)
    files = {"returns.csv": "tax_year,filing_status,wages,deduction,line_2b\n2024,single,150000,standard,-400\n"}
    pages = shown_in(made, filled(_client(files), made).files["f6251-2024.pdf"])
    assert pages[0]["2b"] == "400"


def _client(files: dict[str, str]) -> Projection:
    """A client of these files, read from a folder of its own."""
    folder = Path("client")
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return project(open_source(folder).client)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_form_8949_has_the_sales_of_a_box_with_their_totals() -> None:
    """Six years, 2023: a short-term sale with code B in box A, a long-term one in box D, a page each."""
    made = made_8949(2023)
    short, long = shown_in(made, filled(projected("six-years"), made).files["f8949-2023.pdf"])
    assert short == {
        "name": "Jordan Sample",
        "ssn": "000-00-0000",
        "box A": "X",
        "I 1 a": "1,500 sh Cedar Corp",
        "I 1 b": "09/01/2022",
        "I 1 c": "03/15/2023",
        "I 1 d": "41,980",
        "I 1 e": "22,500",
        "I 1 f": "B",
        "I 1 g": "(19,500)",
        "I 1 h": "(20)",
        "I total d": "41,980",
        "I total e": "22,500",
        "I total g": "(19,500)",
        "I total h": "(20)",
    }
    assert long == {
        "name 2": "Jordan Sample",
        "ssn 2": "000-00-0000",
        "box D": "X",
        "II 1 a": "10,000 sh Birch Labs",
        "II 1 b": "02/01/2020",
        "II 1 c": "03/01/2023",
        "II 1 d": "99,880",
        "II 1 e": "5,000",
        "II 1 h": "94,880",
        "II total d": "99,880",
        "II total e": "5,000",
        "II total h": "94,880",
    }


def _many_sales(count: int, price: str = "12.00", box: str = "D") -> Projection:
    """So many lots of 100 shares at $2.00, each sold long-term after two years, beside a return of 2024."""
    head = "exercise_id,date_granted,date_exercised,exercise_price,fmv_exercise,shares,employer\n"
    sold = "exercise_id,date_sold,shares,sale_price,box_8949\n"
    return _client(
        {
            "exercises.csv": head + "".join(ROW.format(id=f"E{number}") for number in range(count)),
            "sales.csv": sold + "".join(f"E{number},2024-06-03,100,{price},{box}\n" for number in range(count)),
            "returns.csv": "tax_year,filing_status,wages,deduction\n2024,single,150000,standard\n",
        }
    )


def test_more_sales_than_rows_take_more_pages() -> None:
    """30 sales of $1,200 with a basis of $200 on 14 rows a page: 14, 14 and 2, each page with its own totals."""
    made = made_8949(2024)
    data = filled(_many_sales(30), made).files["f8949-2024.pdf"]
    pages = shown_in(made, data, pages=[1, 1, 1])
    assert [page["II total d"] for page in pages] == ["16,800", "16,800", "2,400"]
    assert [page["II total h"] for page in pages] == ["14,000", "14,000", "2,000"]
    assert [sum(key.endswith(" a") for key in page) for page in pages] == [14, 14, 2]
    assert [page["box D"] for page in pages] == ["X", "X", "X"]


def test_pages_of_one_form_keep_their_boxes_apart() -> None:
    """Fields of one name would show one value: each page has names of its own, and values to go on from."""
    data = filled(_many_sales(30), made_8949(2024), flat=False).files["f8949-2024.pdf"]
    fields = fields_of(data)
    assert [fields[f"page {page}: II total h"] for page in (1, 2, 3)] == ["14,000", "14,000", "2,000"]


def test_schedule_d_takes_the_totals_of_all_pages() -> None:
    """30 sales: proceeds 36,000, basis 6,000, gain 30,000 on line 8b, and through lines 15 and 16."""
    made = made_schedule_d(2024)
    first, second = shown_in(made, filled(_many_sales(30), made).files["f1040sd-2024.pdf"])
    assert {key: text for key, text in first.items() if key[0].isdigit()} == {
        "8b d": "36,000",
        "8b e": "6,000",
        "8b h": "30,000",
        "15": "30,000",
    }
    assert second == {"16": "30,000", "17 Yes": "X"}


def test_a_loss_on_schedule_d_is_capped_and_stands_without_its_sign() -> None:
    """30 sales at $0.50 lose 30 times $150: line 16 is (4,500), line 21 between parentheses 3,000, line 22 No."""
    made = made_schedule_d(2024)
    _, second = shown_in(made, filled(_many_sales(30, "0.50"), made).files["f1040sd-2024.pdf"])
    assert second == {"16": "(4,500)", "21": "3,000", "22 No": "X"}


def test_other_gains_stay_blank_and_are_told() -> None:
    """Six years, 2024: $4,000 of other long-term gains are in line 15 and on no line above it."""
    made = made_schedule_d(2024)
    found = filled(projected("six-years"), made)
    first, second = shown_in(made, found.files["f1040sd-2024.pdf"])
    assert (first["8b h"], first["15"], second["16"]) == ("55,940", "59,940", "59,940")
    assert {"11", "12", "13", "8a h"}.isdisjoint(first)
    assert (
        "Schedule D of 2024, line 15 contains $4,000 of other long-term gains, known as a net figure. "
        "Enter them on lines 8a to 13: the page does not foot until they are there."
    ) in found.notes
    assert (
        "Schedule D of 2024: the question on qualified opportunity funds and line 20 are not answered: check Yes or No."
    ) in found.notes


def test_a_sale_whose_box_is_not_known_has_none_checked() -> None:
    """Which box is on Form 1099-B alone: the row stands there, no box is checked, both notes say so."""
    made, schedule_d = made_8949(2024), made_schedule_d(2024)
    found = filled(_many_sales(1, box=""), made, schedule_d)
    (page,) = shown_in(made, found.files["f8949-2024.pdf"], pages=[1])
    assert page["II 1 h"] == "1,000"
    assert not any(key.startswith("box") for key in page)
    assert any(note.startswith("Form 8949 of 2024, Part II: the box of the sale is not known") for note in found.notes)
    assert any("line 15 contains $1,000 of sales whose box" in note for note in found.notes)
    assert any("Enter their totals on line 8b, 9 or 10" in note for note in found.notes)


def test_rounding_that_shows_is_told() -> None:
    """2 sales at $12.005 bring $1,200.50 each: rows say 1,201, the total 2,401, and Schedule D the same."""
    made, schedule_d = made_8949(2024), made_schedule_d(2024)
    found = filled(_many_sales(2, "12.005"), made, schedule_d)
    (page,) = shown_in(made, found.files["f8949-2024.pdf"], pages=[1])
    first, _ = shown_in(schedule_d, found.files["f1040sd-2024.pdf"])
    assert [page["II 1 d"], page["II 2 d"], page["II total d"], first["8b d"]] == ["1,201", "1,201", "2,401", "2,401"]
    assert any("each amount is rounded from its exact figure" in note for note in found.notes)


@pytest.mark.parametrize(
    ("line_16", "both", "dividends", "answers"),
    [
        ("5", True, "0", {"gain", "17 Yes"}),
        ("4", False, "0", {"gain", "17 No", "22 asked", "22 No"}),
        ("-4", False, "7", {"loss", "22 asked", "22 Yes"}),
        ("0", False, "0", {"22 asked", "22 No"}),
    ],
)
def test_the_questions_of_schedule_d(line_16: str, both: bool, dividends: str, answers: set[str]) -> None:
    """Line 17 is asked of a gain; line 22 of a loss, of nothing, and where line 17 says No; line 21 is for a loss."""
    form = schedule_d_answers(2024, True)
    figures = {"schedule_d.16": Decimal(line_16), "schedule_d.both gains": both}
    found = compile_lines(form.lines, AMOUNTS)({**figures, "regular.qualified_dividends": Decimal(dividends)})
    assert all(line.leaf.kind is Kind.FLAG for line in form.lines)
    assert {line.leaf.line for line in form.lines if found[line.key]} == answers


def test_nothing_of_the_blank_file_but_its_pages_goes_on() -> None:
    """XFA, usage rights and the names of its fields are gone; every text box has a look of its own; bytes repeat."""
    made = made_6251(2024)
    assert "/XFA" in PdfReader(io.BytesIO(made.data())).trailer["/Root"]["/AcroForm"]  # type: ignore[index]
    one, other = (filled(projected("six-years"), made, flat=False).files["f6251-2024.pdf"] for _ in range(2))
    assert one == other
    reader = PdfReader(io.BytesIO(one))
    root: dict[str, dict[str, object]] = reader.trailer["/Root"]  # type: ignore[assignment]
    assert "/Perms" not in root
    assert set(root["/AcroForm"]) == {"/Fields", "/DA", "/DR"}
    widgets = [each.get_object() for page in reader.pages for each in page["/Annots"]]  # type: ignore[attr-defined]
    assert len(widgets) == len(made.boxes)
    assert all("/Parent" not in widget and "/N" in widget["/AP"] for widget in widgets)
    assert fields_of(one)["page 1: 2k"] == "(62,940)"


def test_a_flat_form_has_no_boxes_left() -> None:
    """With --flatten the figures are part of the page."""
    reader = PdfReader(io.BytesIO(filled(projected("six-years"), made_6251(2024)).files["f6251-2024.pdf"]))
    assert "/AcroForm" not in reader.trailer["/Root"]  # type: ignore[operator]
    assert "62,940" in reader.pages[0].extract_text()


def test_a_name_that_the_font_lacks_is_refused() -> None:
    """Forms show western letters: the message says which character, and where to change it."""
    at_hand = forms_at_hand({"a.pdf": made_6251(2024).data()})
    with pytest.raises(InputError, match="characters such as 'Ł'"):
        official_forms(projected("six-years"), at_hand, Taxpayer("Łucja Sample"), years=[2024])


def test_the_number_of_a_taxpayer_is_never_repeated() -> None:
    """A number that is none is refused without saying it; dashes are put in."""
    assert taxpayer_of("taxpayer.toml", {"name": "Jordan Sample", "ssn": "000000000"}) == PERSON
    with pytest.raises(InputError) as refused:
        taxpayer_of("taxpayer.toml", {"ssn": "12345", "phone": "1"})
    told = str(refused.value)
    assert "nine figures such as 000-00-0000" in told
    assert "taxpayer.toml, phone" in told
    assert "12345" not in told


def test_a_number_without_room_for_dashes_has_none() -> None:
    """Some forms give the number nine cells alone."""
    made = made_6251(2024)
    made.boxes["ssn"].longest = 9
    first, _ = shown_in(made, filled(projected("six-years"), made).files["f6251-2024.pdf"])
    assert first["ssn"] == "000000000"
