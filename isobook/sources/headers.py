"""Whose column is it: headers of many spellings matched to the columns of the records."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from engine.errors import Problem
from engine.records.rows import KINDS

from .csv_table import CsvTable

# Box titles of Forms 3921 and 3922, FDX names, the column names of brokers and what people write, case and marks aside.
EXERCISE_ALIASES: Final[dict[str, str]] = {
    "exercise_id": "id; lot; lot id; exercise; exercise number; exercise no; account number",
    "employer": "box 6; company; company name; corporation; corporate name; employer name; issuer; transferor",
    "grant_id": "grant; grant number; grant no; award id; option id",
    "kind": "type; option type; grant type; award type; ISO or NSO",
    "date_granted": (
        "box 1; date option granted; option grant date; grant date; granted; date of grant; award date; 3922 box 1"
    ),
    "date_exercised": (
        "box 2; date option exercised; option exercise date; exercise date; exercised; date of exercise; "
        "3922 box 2; purchase date; date of purchase; purchased; release date; delivery date"
    ),
    "exercise_price": (
        "box 3; exercise price per share; exercise price a share; strike; strike price; grant price; option price; "
        "price per share; 3922 box 5; exercise price paid per share; price paid per share; purchase price; "
        "purchase price per share"
    ),
    "fmv_exercise": (
        "box 4; fair market value per share on exercise date; FMV per share on exercise date; exercise market value; "
        "FMV; fair market value; fair market value per share; FMV per share; market value; FMV at exercise; "
        "FMV on exercise date; exercise date FMV; exercise FMV; fair market value at exercise; "
        "fair market value on exercise date; 3922 box 4; FMV at purchase; FMV on purchase date; purchase date FMV; "
        "purchase date fair mkt value"
    ),
    "shares": (
        "box 5; no of shares transferred; number of shares transferred; shares transferred; number of shares; "
        "no of shares; shares exercised; quantity; qty; 3922 box 6; shares purchased"
    ),
    "vest_date": "vesting date; date vested; vested",
    "fmv_vest": "vest date FMV; FMV at vest; FMV on vest date; vest FMV; fair market value at vest",
    "election_83b": "83(b); 83(b) election; 83(b) filed",
    "price_exact": "exact price; exact exercise price; unrounded price",
    "fmv_grant": (
        "3922 box 3; fair market value per share on grant date; FMV per share on grant date; FMV at grant; "
        "FMV on grant date; grant date FMV; fair market value at grant; fair market value on grant date; "
        "grant market value"  # as FDX names it
    ),
    "price_at_grant": (
        "box 8; 3922 box 8; exercise price per share determined as if the option was exercised on the date shown in "
        "box 1; exercise price per share as if the option was exercised on the grant date; "
        "exercise price per share as if exercised on grant date; price as if exercised on grant date; "
        "price as if exercised on the grant date; price per share as if exercised on the grant date; "
        "grant date exercise price"
    ),
    "date_transferred": (
        "box 7; 3922 box 7; date legal title transferred by transferor; date legal title transferred; "
        "title transfer date"
    ),
    "doc_ref": "document; document reference; reference; ref; source",
}
RETURN_ALIASES: Final[dict[str, str]] = {
    "tax_year": "year",
    "filing_status": "status",
    "wages": "wages, salaries, tips; W-2 wages; salary",
    "other_income": "other ordinary income",
    "short_term_gain": "short-term capital gain; short-term gains; STCG",
    "long_term_gain": "long-term capital gain; long-term gains; LTCG",
    "unrecaptured_1250_gain": "unrecaptured section 1250 gain",
    "collectibles_gain": "28% gain; collectibles (28%) gain",
    "deduction": "deduction type; standard or itemized",
    "itemized_deductions": "itemized; itemized deduction; schedule A",
    "taxes_deducted": "SALT; state and local taxes; schedule A line 7; taxes",
    "foreign_tax_credit": "FTC",
    "amt_foreign_tax_credit": "AMT FTC; AMTFTC",
    "mtc_carryforward_in": "minimum tax credit carryforward; AMT credit carryforward",
}
# Form 1099-B box titles, the column names of brokers and what people write. Total proceeds are no column.
SALE_ALIASES: Final[dict[str, str]] = {
    "exercise_id": "id; lot; lot id; lot number; lot no; exercise; exercise number; exercise no",
    "date_sold": (
        "box 1c; 1c; 1099-B box 1c; form 1099-B box 1c; 1c date sold or disposed; date sold or disposed; "
        "date sold or disposed of; sold; sold on; sale date; date of sale; trade date; date disposed; disposal date"
    ),
    "disposition": "kind of disposition; sale or gift; how disposed",
    "shares": "quantity; qty; shares sold; quantity sold; number of shares; no of shares; number of shares sold",
    "price": (
        "price per share; price a share; price/share; sale price; sales price; selling price; sold price; price sold; "
        "sale price per share; proceeds a share; proceeds per share"
    ),
    "selling_costs": (
        "selling cost; costs; fees; commission; commissions; fees and commissions; commissions and fees; "
        "fees & commissions; commissions & fees; selling expenses; transaction costs"
    ),
    "w2_income": (
        "W-2 income; income in W-2; ordinary income in W-2; ordinary income on W-2; compensation income; "
        "income in wages; ordinary income recognized"
    ),
    "employer": "company; company name; corporation; corporate name; employer name; issuer",
    "broker_basis": (
        "box 1e; 1e; 1099-B box 1e; form 1099-B box 1e; 1e cost or other basis; cost or other basis; cost basis; "
        "basis; reported basis; basis reported; broker's basis; 1099-B basis"
    ),
    "box_8949": (
        "8949 box; form 8949 box; box on form 8949; 8949 code; form 8949 code; checkbox on form 8949; "
        "applicable checkbox on form 8949; applicable check box on form 8949"
    ),
    "doc_ref": "document; document reference; reference; ref; source",
}
SPLIT_ALIASES: Final[dict[str, str]] = {
    "employer": "company; company name; corporation; corporate name; employer name; issuer",
    "effective_date": "date; split date; effective; effective day; date effective; ex-date; date of split",
    "ratio": "split; split ratio; new for old; new shares for old",
}
# A vest date is no alias: an option that can be exercised before it vests is first exercisable on the grant day.
GRANT_ALIASES: Final[dict[str, str]] = {
    "grant_id": "id; grant; grant number; grant no; award id; award number; option id; option number",
    "employer": "company; company name; corporation; corporate name; employer name; issuer",
    "corporate_group": "group; parent; parent company; parent corporation; controlled group",
    "date_granted": "grant date; granted; date of grant; award date; option grant date; date option granted",
    "fmv_grant": (
        "FMV at grant; FMV on grant date; FMV at grant date; grant date FMV; grant FMV; value at grant; "
        "fair market value at grant; fair market value on grant date; fair market value per share on grant date; "
        "market value at grant"
    ),
    "shares": "quantity; qty; number of shares; no of shares; shares exercisable; tranche shares; shares in tranche",
    "date_exercisable": (
        "exercisable; exercisable on; exercisable from; exercisable date; date first exercisable; first exercisable; "
        "first exercisable date; first exercise date"
    ),
    "date_accelerated": "accelerated; acceleration; acceleration date; date of acceleration; accelerated to",
    "doc_ref": "document; document reference; reference; ref; source",
}
SIGNED_LINE: Final = re.compile(r"line_(2[a-z]|3)")
ELSEWHERE: Final[dict[str, str]] = {
    "line2i": "Remove it: line 2i is figured from exercises.csv.",
    "line2k": "Use other_line_2k, for dispositions of all but option stock.",
    **dict.fromkeys(
        ("proceeds", "totalproceeds", "grossproceeds", "box1d", "1d", "1099bbox1d", "1dproceeds", "saleproceeds"),
        "Divide it by the shares, and name that column price.",
    ),
    "line2a": "Use deduction, taxes_deducted and standard_deduction.",
}
_BOX: Final = re.compile(r"(?:form)?(392[12])?box([1-8])|^(?:form)?(392[12])?([1-8])(?=.)")
_OF_3922: Final = ("price_at_grant", "date_transferred")  # columns that only Form 3922 has a title for


@dataclass
class Matched:
    """The column at each place of a header, how the header spells it, and what is wrong with the header.

    Columns that are `unread`, missing, there twice or ambiguous, are a problem once and not in each row.
    """

    columns: dict[int, str] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    form_3922: bool = False  # every row is a purchase as Form 3922 reports it


def plain(header: str) -> str:
    """A header without case, spaces and marks: `FMV (per share)` is `fmvpershare`."""
    return "".join(filter(str.isalnum, header.casefold()))


def known_headers(columns: Collection[str], aliases: Mapping[str, str]) -> dict[str, str]:
    """Every plain spelling of the columns and the column that it means."""
    known = {plain(alias): column for column, spellings in aliases.items() for alias in spellings.split(";")}
    known |= {plain(column): column for column in columns}
    for column in columns:
        if found := SIGNED_LINE.fullmatch(column):  # line_2b is also 2b, 6251 line 2b and Form 6251, line 2b
            known |= {prefix + found[1]: column for prefix in ("6251line", "form6251line", "6251")}
            known[found[1]] = column
    return known


def meaning(header: str, known: Mapping[str, str]) -> str | None:
    """The column that a header means: `Box 3`, `3 Exercise price per share` and `3921 box 3` are exercise_price.

    A box with a title of Form 3922 is one of that form, as `3922 box 3` is; a box alone is one of Form 3921.
    """
    spelling = plain(header)
    if spelling in known:
        return known[spelling]
    if not (found := _BOX.search(spelling)):
        return None
    form, box, title = found[1] or found[3], found[2] or found[4], spelling.replace(found[0], "", 1)
    if form == "3921" and box not in "123456":
        return None
    forms = {"3921": [f"box{box}"], "3922": [f"3922box{box}"]}.get(form, [f"box{box}", f"3922box{box}"])
    columns = [column for name in forms if (column := known.get(name))]
    return next((column for column in columns if not title or known.get(title) == column), None)


def form_of_box(header: str, known: Mapping[str, str]) -> str:
    """Whose box a header is: "3921", "3922", "either" for a bare number that differs, "" for what both forms share."""
    spelling, column = plain(header), meaning(header, known)
    found = _BOX.search(spelling)
    if not found or not column:
        return "3922" if column in _OF_3922 and spelling != plain(column) else ""
    form, box, title = found[1] or found[3], found[2] or found[4], spelling.replace(found[0], "", 1)
    if form or (title and known.get(title) != column):
        return form or ("3922" if column in _OF_3922 else "")
    of_3921, of_3922 = known.get(f"box{box}"), known.get(f"3922box{box}")
    if of_3921 == of_3922:
        return "3922" if column in _OF_3922 else ""
    return "either" if not title else "3922" if column == of_3922 else "3921"


def _ambiguous(table: CsvTable, header: str, known: Mapping[str, str]) -> Problem:
    """The problem of a bare box number in a table that has purchases of Form 3922."""
    box = plain(header)
    this, other = known[box], known[f"3922{box}"]
    expected = f"a header that tells the form: on Form 3921 it is {this}, on Form 3922 (ESPP) it is {other}"
    return Problem(table.file, table.header_row, header, header, expected, f"Rename it {this} or {other}.")


def match(table: CsvTable, known: Mapping[str, str], required: Mapping[str, str]) -> Matched:
    """Match a table's header to its record's columns; `required` has columns and what each is expected to hold."""
    matched = Matched()
    suggested = set()
    for place, header in enumerate(table.header):
        column = meaning(header, known)
        if column is None and header:
            nearest = _nearest(header, known)
            suggested.add(nearest)
            matched.problems.append(_unknown(table, header, nearest))
        elif column in matched.spelled:
            matched.unread.add(column)
            matched.problems.append(_doubled(table, column, f"{matched.spelled[column]} and {header}"))
        elif column:
            matched.columns[place], matched.spelled[column] = column, header
    _tell_forms(table, known, matched)
    for column in (name for name in required if name not in matched.spelled):
        matched.unread.add(column)
        if column not in suggested:
            expected = f"a column for {required[column]}"
            matched.problems.append(Problem(table.file, table.header_row, column, "", expected, "Add the column."))
    return matched


def _tell_forms(table: CsvTable, known: Mapping[str, str], matched: Matched) -> None:
    """Forms 3921 and 3922 number their boxes differently: nothing of one is taken for the other."""
    forms = {header: form_of_box(header, known) for header in matched.spelled.values()}
    named = "3922" in forms.values()
    if named or _has_purchases(table, matched):
        for header in (header for header, form in forms.items() if form == "either"):
            matched.unread |= {known[plain(header)], known[f"3922{plain(header)}"]}
            matched.problems.append(_ambiguous(table, header, known))
    if named and "kind" not in matched.spelled and "3921" not in forms.values():
        matched.form_3922, matched.spelled["kind"] = True, "Form 3922"


def _has_purchases(table: CsvTable, matched: Matched) -> bool:
    """Tell whether any row names itself a purchase under a plan."""
    place = next((place for place, column in matched.columns.items() if column == "kind"), None)
    return place is not None and any(
        KINDS.get(plain(row[place])) == "ESPP" for _, row in table.rows if place < len(row)
    )


def _doubled(table: CsvTable, column: str, both: str) -> Problem:
    remedy = "Remove or rename one of the two."
    return Problem(table.file, table.header_row, column, both, f"one column for {column}", remedy)


def _nearest(header: str, known: Mapping[str, str]) -> str | None:
    found = get_close_matches(plain(header), known, n=1)
    return known[found[0]] if found else None


def _unknown(table: CsvTable, header: str, nearest: str | None) -> Problem:
    rename = f"Rename it {nearest}" if nearest else "Rename it"
    remedy = f"{rename}, name its column under [columns] in client.toml, or remove it."
    expected = f"a known column; the nearest is {nearest}" if nearest else "a known column"
    return Problem(table.file, table.header_row, header, header, expected, ELSEWHERE.get(plain(header), remedy))
