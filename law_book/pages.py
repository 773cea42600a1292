"""The pages of the law book as Markdown: one per tax year, and one for the tables of records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from engine.federal.tax_year import PARAMETERS, Parameter, tax_year
from engine.federal.years import forms_of
from engine.filing import STATUSES, YEARS
from engine.language.form import Form, Standing
from engine.language.nodes import Kind

from .changes import changes, gone
from .entries import UNSURE, Entry, entries, record_entries

MOST_USERS: Final = 6  # named one by one
UNITS: Final = {
    Kind.MONEY: "dollars",
    Kind.PRICE: "dollars per share",
    Kind.SHARES: "shares",
    Kind.COUNT: "number",
    Kind.RATE: "rate",
    Kind.YEAR: "year",
    Kind.DAY: "day",
    Kind.FLAG: "yes or no",
    Kind.TEXT: "words",
}
SHORT: Final = ("Single", "Joint", "Separate", "Head", "Surviving")  # in the order of STATUSES


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {f"{year}.md": year_page(year) for year in YEARS} | {"records.md": records_page()}


def years_list() -> str:
    """Links to the pages, for the introduction."""
    years = [f"- [{year}](law-book/{year}.md): {_in_brief(year)}" for year in reversed(YEARS)]
    return "\n".join(
        [*years, "- [The records](law-book/records.md): the columns of Exercises and Sales, all years", ""]
    )


def _in_brief(year: int) -> str:
    if year == YEARS[0]:
        return "the first covered year"
    times = len(changes(year)) + len(gone(year))
    return f"{times} lines changed since {year - 1}" if times else f"no line changed since {year - 1}"


def year_page(year: int) -> str:
    """All forms of a year: what is provisional, what changed, the figures of the law, and every line."""
    forms = forms_of(year).forms
    about = f"All lines of all forms of {year} in words, each with its formula, its authority and its place."
    parts = [f"# The law book: {year}", "", about, "", *_provisional(year), *_changes(year), *_parameters(year)]
    for sheet in sorted(forms, key=lambda sheet: not _goes_first(forms[sheet])):
        form = entries(year)[sheet]
        parts += [f"## {forms[sheet].title} {{ #{sheet} }}", "", *_about(forms[sheet])]
        printed = [entry for entry in form if entry.line.is_printed]
        parts += _table(printed, year)
        workings = [entry for entry in form if not entry.line.is_printed]
        if printed and workings:
            parts += [f"### Workings of {forms[sheet].title} {{ #{sheet}-workings }}", ""]
        parts += _table(workings, year)
    return "\n".join(parts)


def _goes_first(form: Form) -> bool:
    """What is filed, and whether it must be, before what it is computed from."""
    return form.card is not None and form.card.standing <= Standing.TEST


def records_page() -> str:
    """The columns of the tables of records in the order of their calculation."""
    parts = ["# The law book: the records", "", *RECORDS_SAY, ""]
    for sheet, columns in record_entries().items():
        parts += [f"## {sheet.capitalize()} {{ #{sheet} }}", "", *_table(columns, YEARS[-1])]
    return "\n".join(parts)


RECORDS_SAY: Final = (
    "The columns of the tables, which are the same in every year. A row of Exercises is one Form 3921 or one vest of",
    "it, one Form 3922, or one day on which other shares came; a row of Sales is one sale of one lot, and a row of",
    "Grants is one part of a grant that becomes exercisable on one day. In the formulas a plain name such as `shares`",
    "is that column in the same row, `sales_shares` the whole column of the other sheet. In the workbook a formula",
    "waits for a full row.",
)


def _about(form: Form) -> list[str]:
    return [form.card.about, ""] if form.card and form.card.about else []


def _provisional(year: int) -> list[str]:
    if not tax_year(year).all_provisional:
        return []
    return ['!!! warning "Provisional"', "", *(f"    - {note}" for note in tax_year(year).all_provisional), ""]


def _changes(year: int) -> list[str]:
    if year == YEARS[0]:
        return ["This is the first covered year: no changes are marked.", ""]
    heading = [f"## Changed since {year - 1} {{ #changed }}", ""]
    changed = [entry for form in entries(year).values() for entry in form if entry.line.key in changes(year)]
    lines = [f"- [{_where(entry, year)}](#{anchor(entry)}): {_what(entry, year)}" for entry in changed]
    lines += [f"- {_where(entry, year - 1)} “{_cell(entry.label)}”: no longer there" for entry in gone(year)]
    return [*heading, *(lines or [f"Nothing but the figures: rules, labels and places are those of {year - 1}."]), ""]


def _what(entry: Entry, year: int) -> str:
    return ", ".join(change.what for change in changes(year)[entry.line.key])


def _where(entry: Entry, year: int) -> str:
    form = forms_of(year).forms[entry.line.leaf.sheet].title
    return f"{form}, {_number(entry)}"


def _number(entry: Entry) -> str:
    return f"line {entry.line.number}" if entry.line.is_printed else f"“{_cell(entry.label)}”"


def anchor(entry: Entry) -> str:
    """The place of a line on its page: 'f6251-2i'."""
    return entry.line.key.replace(".", "-").replace(" ", "-").lower()


def _table(rows: Sequence[Entry], year: int) -> list[str]:
    if not rows:
        return []
    return ["| Line | Rule |", "|---|---|", *(f"| {_line(entry)} | {_rule(entry, year)} |" for entry in rows), ""]


def _line(entry: Entry) -> str:
    shown = entry.line.number if entry.line.is_printed else ("`" + entry.line.leaf.line + "`")
    return f'<a id="{anchor(entry)}"></a>{shown}'


def _rule(entry: Entry, year: int) -> str:
    unit = UNITS[entry.line.leaf.kind]
    parts = [f"**{_cell(entry.label)}** ({unit})", *_marks(entry, year), *(_cell(case) for case in entry.rule)]
    if entry.formula:
        parts.append(f"`={entry.formula}`")
    parts.append(f"*{_cell('; '.join((entry.citation, *entry.sources)))}*")
    if entry.found:
        parts.append(f"Found: {_cell(entry.found)}")
    parts.append(f"Used by: {_cell(_users(entry.used_by))}" if entry.used_by else "Used by: no other line")
    return "<br>".join(parts)


def _marks(entry: Entry, year: int) -> Iterable[str]:
    if entry.is_provisional:
        yield '<mark class="provisional">provisional</mark>'
    for change in changes(year).get(entry.line.key, ()) if not entry.line.in_table else ():
        new = change.what == "new"
        words = f"new in {year}" if new else f"{change.what} changed since {year - 1}"
        yield f'<mark class="changed">{words}</mark>' + ("" if new else f" was: {_cell(change.was)}")


def _users(names: Sequence[str]) -> str:
    more = len(names) - MOST_USERS
    return ", ".join(names[:MOST_USERS]) + (f" and {more} more" if more > 0 else "")


def _parameters(year: int) -> list[str]:
    """The figures of the year by filing status, each with its source."""
    law = tax_year(year)
    parts = [
        f"## Figures of {year} {{ #law }}",
        "",
        f"| US dollars | {' | '.join(SHORT)} |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    single = [each for each in PARAMETERS if not each.series]
    parts += [f"| {each.label} | {' | '.join(_amounts(year, each))} |" for each in single]
    parts += ["", "Brackets: income over the start is taxed at the rate, up to the next start.", ""]
    parts += [f"| Rate | {' | '.join(SHORT)} |", "|---|---:|---:|---:|---:|---:|"]
    for place, rate in enumerate(law.rates.all):
        starts = [_shown(law.bracket_starts.of(status)[place]) for status in STATUSES]
        parts.append(f"| {_percent(rate)} | {' | '.join(starts)} |")
    sources = [f"- {each.label}: {law.source(each.name)}{_unsure(law.source(each.name))}" for each in PARAMETERS]
    return [*parts, "", "Sources:", "", *sources, ""]


def _unsure(source: str) -> str:
    return ' <mark class="provisional">provisional</mark>' if UNSURE.search(source) else ""


def _amounts(year: int, parameter: Parameter) -> list[str]:
    show = _percent if parameter.kind is Kind.RATE else _shown
    found = [tax_year(year).figure(parameter.name, status) for status in STATUSES]
    return [show(each) for each in found if isinstance(each, Decimal)]


def _percent(rate: Decimal) -> str:
    return f"{rate * 100:f}".rstrip("0").rstrip(".") + "%"


def _shown(amount: Decimal) -> str:
    return f"{amount:,}"


def _cell(words: str) -> str:
    """Text that Markdown takes as it is, inside a table."""
    for sign in "\\|*_`[]<":
        words = words.replace(sign, "&#" + str(ord(sign)) + ";")
    return words
