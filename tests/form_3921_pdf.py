"""Forms 3921 and 3922 as PDF, made for tests: laid out like the printed forms, filled with invented facts."""

from collections.abc import Mapping, Sequence

from fpdf import FPDF
from fpdf.enums import AccessPermission

MADE = "Made for a test of isobook: no real form."
FACTS = {
    "account": "77-0042",
    "transferor": "Acme Robotics, Inc.",
    "1": "01/03/2022",
    "2": "03/14/2024",
    "3": "12.50",
    "4": "40.25",
    "5": "1,000",
    "6": "",
}
# Text, left, top and width of each cell of the printed form, in points; the value stands in its lower part.
TRANSFEROR = (
    "TRANSFEROR'S name, street address, city or town, state or province, country, ZIP or foreign postal code, and "
    "telephone no."
)
CITY = "City or town, state or province, country, and ZIP or foreign postal code"
COPY_B = "Copy B For Employee. This is important tax information and is being furnished to the IRS."
PrintedCell = tuple[str, str, float, float, float, float]
CELLS: Sequence[PrintedCell] = (
    (
        TRANSFEROR,
        "transferor", 36, 36, 240, 84,
    ),
    ("1 Date option granted", "1", 276, 36, 100, 36),
    ("OMB No. 1545-2129", "", 376, 36, 90, 36),
    ("2 Date option exercised", "2", 276, 72, 100, 48),
    ("Form 3921 (Rev. October 2017)", "", 376, 72, 90, 48),
    ("TRANSFEROR'S TIN", "00-0000001", 36, 120, 120, 36),
    ("EMPLOYEE'S TIN", "XXX-XX-0000", 156, 120, 120, 36),
    ("3 Exercise price per share", "3", 276, 120, 100, 36),
    ("4 Fair market value per share on exercise date", "4", 376, 120, 90, 36),
    ("EMPLOYEE'S name", "Jordan Sample", 36, 156, 240, 36),
    ("5 No. of shares transferred", "5", 276, 156, 190, 36),
    ("Street address (including apt. no.)", "1 Invented Street", 36, 192, 240, 36),
    (CITY, "Testville, CA 90000", 36, 228, 240, 36),
    (
        "6 If other than TRANSFEROR, name, address, and TIN of corporation whose stock is being transferred",
        "6", 276, 192, 190, 72,
    ),
    ("Account number (see instructions)", "account", 36, 264, 240, 36),
    (COPY_B, "", 466, 120, 100, 80),
)  # fmt: skip


CELLS_3922: Sequence[PrintedCell] = (
    (TRANSFEROR.replace("TRANSFEROR'S", "CORPORATION'S"), "transferor", 36, 36, 240, 84),
    ("1 Date option granted", "1", 276, 36, 100, 36),
    ("2 Date option exercised", "2", 376, 36, 100, 36),
    ("3 Fair market value per share on grant date", "3", 276, 72, 100, 48),
    ("4 Fair market value per share on exercise date", "4", 376, 72, 100, 48),
    ("CORPORATION'S TIN", "00-0000001", 36, 120, 120, 36),
    ("EMPLOYEE'S TIN", "XXX-XX-0000", 156, 120, 120, 36),
    ("5 Exercise price paid per share", "5", 276, 120, 100, 36),
    ("6 No. of shares transferred", "6", 376, 120, 100, 36),
    ("EMPLOYEE'S name", "Jordan Sample", 36, 156, 240, 36),
    ("7 Date legal title transferred", "7", 276, 156, 200, 36),
    (
        "8 Exercise price per share determined as if the option was exercised on the date shown in box 1.",
        "8", 276, 192, 200, 72,
    ),
    ("Account number (see instructions)", "account", 36, 192, 240, 36),
    (COPY_B, "", 486, 120, 90, 80),
)  # fmt: skip
FACTS_3922 = {
    "account": "77-0044",
    "transferor": "Acme Robotics, Inc.",
    "1": "07/01/2022",
    "2": "12/30/2022",
    "3": "36.84",
    "4": "33.65",
    "5": "28.60",
    "6": "10",
    "7": "12/30/2022",
    "8": "31.31",
}


def printed_3922(form: Mapping[str, str]) -> bytes:
    """Form 3922 with its labels above the values."""
    pdf = _document()
    pdf.add_page()
    pdf.set_font("Helvetica", size=9)
    pdf.text(200, 24, "Form 3922 Transfer of Stock Acquired Through an Employee Stock Purchase Plan")
    _draw(pdf, FACTS_3922 | dict(form), 0.0, CELLS_3922)
    return bytes(pdf.output())


def printed(
    forms: Sequence[Mapping[str, str]], *, copies: int = 1, a_page: int = 1, password: str = "", mark: str = ""
) -> bytes:
    """Forms with labels above their values, so many copies of each, so many on a page; a mark above each."""
    pdf = _document()
    wanted = [FACTS | dict(form) for form in forms for _ in range(copies)]
    for number, facts in enumerate(wanted):
        if number % a_page == 0:
            pdf.add_page()
        if mark:
            pdf.set_font("Helvetica", size=8)
            pdf.text(276, 30 + 320.0 * (number % a_page), mark)
        _draw(pdf, facts, 320.0 * (number % a_page))
    if password:
        pdf.set_encryption(owner_password="owner", user_password=password, permissions=AccessPermission.none())
    return bytes(pdf.output())


def _draw(pdf: FPDF, facts: Mapping[str, str], down: float, cells: Sequence[PrintedCell] = CELLS) -> None:
    for label, value, left, top, width, height in cells:
        pdf.rect(left, top + down, width, height)
        pdf.set_font("Helvetica", size=6)
        pdf.set_xy(left + 2, top + down + 2)
        pdf.multi_cell(width - 4, 7, label, align="L")
        pdf.set_font("Courier", size=9)
        text = facts.get(value, value)
        sign = "$ " if value in ("3", "4") and text else ""
        lower = top + down + (30 if height > 60 else height - 14)
        for line, each in enumerate(text.split("\n")):
            pdf.text(left + 8, lower + 6 + 11 * line, sign + each)


def listed(facts: Mapping[str, str], *, titles: Sequence[str] = ()) -> bytes:
    """A substitute statement: each label on the left, its value beside it; then the instructions in running text."""
    pdf = _document()
    pdf.add_page()
    pdf.set_font("Times", size=11)
    facts = FACTS | dict(facts)
    labels = titles or (
        "Form 3921 Exercise of an Incentive Stock Option Under Section 422(b)",
        f"Account number: {facts['account']}",
        f"Box 1 Date option granted: {facts['1']}",
        f"Box 2 Date option exercised: {facts['2']}",
        f"Box 3 Exercise price per share: ${facts['3']}",
        f"Box 4 Fair market value per share on exercise date: ${facts['4']}",
        f"Box 5 No. of shares transferred: {facts['5']}",
        "Instructions for Employee. Box 3 shows the exercise price per share of stock that you paid.",
    )
    for line, text in enumerate(labels):
        pdf.text(54, 90.0 + 20 * line, text)
    return bytes(pdf.output())


def tabled(forms: Sequence[Mapping[str, str]], spacing: float = 12) -> bytes:
    """A table of forms: the labels side by side, a row of values for each below them."""
    pdf = _document()
    pdf.add_page()
    pdf.set_font("Helvetica", size=7)
    places = zip("12345", (30.0, 130.0, 230.0, 330.0, 490.0), strict=True)
    labels = {value: label for label, value, *_ in CELLS if value in "12345"}
    for box, left in places:
        pdf.text(left, 100, labels[box])
        for row, facts in enumerate(forms, 1):
            pdf.text(left + 5, 100 + row * spacing, (FACTS | dict(facts))[box])
    return bytes(pdf.output())


def form_3922() -> bytes:
    """Form 3922, whose boxes 3 to 6 mean other things."""
    lines = (
        "Form 3922 Transfer of Stock Acquired Through an Employee Stock Purchase Plan Under Section 423(c)",
        "1 Date option granted 07/01/2022",
        "2 Date option exercised 12/30/2022",
        "3 Fair market value per share on grant date $36.84",
        "4 Fair market value per share on exercise date $33.65",
        "5 Exercise price paid per share $28.60",
        "6 No. of shares transferred 10",
        "7 Date legal title transferred 12/30/2022",
    )
    return listed({}, titles=lines)


def scanned() -> bytes:
    """A page that has no text, as a scanner makes it."""
    pdf = _document()
    pdf.add_page()
    pdf.rect(50, 50, 300, 200, style="F")
    return bytes(pdf.output())


def _document() -> FPDF:
    pdf = FPDF(unit="pt", format="Letter")
    pdf.set_title(MADE)
    pdf.set_auto_page_break(auto=False)
    return pdf
