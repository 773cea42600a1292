"""A projection in words and tables for a reader. No rule of law is here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from engine import Client, Projection, YearResult, project
from engine.clients.projection import DIGITS
from engine.federal.catalogue import FEDERAL
from engine.federal.years import forms_of
from engine.filing import YEARS
from engine.language.form import FormCard, Standing
from engine.language.money import rounded
from engine.language.roles import Role
from engine.readings.words import figure
from engine.systems import SYSTEMS

from .terminal import TableSection, TextRow, say, show

NOT_FINAL: Final = "not known: a year before is not ready"


def reported() -> list[FormCard]:
    """The forms of the report: those that are filed, then those of the regular return with lines to show."""
    return FEDERAL.standing(Standing.FILED) + [card for card in FEDERAL.standing(Standing.RETURN) if card.always]


def iso_line() -> str:
    """Where incentive stock options exercised are added: 'line 2i'."""
    return forms_of(YEARS[-1]).called(Role.EXERCISES)


def computed(client: Client) -> Projection:
    """All years of a client. Raises InputError where there is none."""
    return project(client).need_years()


def show_forms(projection: Projection) -> None:
    """Print each year: its conclusion, the lines that matter, what to attach and what is carried on."""
    client = projection.client
    say(f"{client.name}: US dollars, rounded to {client.rounding}; (parentheses) = negative")
    for year, result in projection.years.items():
        say()
        say(f"{year}  {result.conclusion}")
        show([*(_section(result, card) for card in reported()), _exercises(projection, year)])
        if result.ready:
            reason = result.attach_reason if result.final else NOT_FINAL.capitalize()
            say(f"  {result.forms.find(Role.ATTACH).label}? {reason}")
            carried = losses_carried(result) if result.final else NOT_FINAL
            later = projection.years.get(year + 1)
            whose = result.figure(Role.CARRIED_ON_IN_QUESTION) or (later and later.figure(Role.HOLDER_CHANGED))
            goes = f"left after {year}, whose they are must be settled" if whose else f"carried to {year + 1}"
            say(f"  Capital losses {goes}: {carried}")
        for line in overrides_told(result):
            say(f"  {line}")
    if projection.grants:
        say()
    show_limit(projection)


def _section(result: YearResult, card: FormCard) -> TableSection:
    """The lines of a form that are known, and not 0 unless they are always shown; of the return, those alone."""
    form, only_these = result.forms.forms[card.name], card.standing is Standing.RETURN
    always = [form.roles[role].leaf.line for role in card.always if role in form.roles]
    return TableSection(
        form.title,
        [
            (line if form.find(line).is_printed else "", form.find(line).label, shown_amount(amount))
            for line, amount in result.form(card).items()
            if amount is not None and (line in always or (amount and not only_these))
        ],
    )


def _exercises(projection: Projection, year: int) -> TableSection:
    """The exercises that are measured in a year: what each adds to line 2i, and why."""
    digits = DIGITS[projection.client.rounding]
    lots = [lot for lot in projection.lots if lot["year_included"] == year]
    rows: list[TextRow] = [
        (lot["exercise_id"], lot["why"], shown_amount(rounded(lot["adjustment"], digits))) for lot in lots
    ]
    return TableSection(f"Exercises and other shares received, and what each adds to {iso_line()}", rows)


def show_conclusions(projection: Projection, said: Callable[[str], str] = str) -> None:
    """Print one line per year, then the notes on the records."""
    for result in projection.years.values():
        say(f"  {result.conclusion}")
    show_notes(projection, said)


def show_limit(projection: Projection) -> None:
    """Print what of the options first exercisable in each year is within the $100,000 limit."""
    if projection.grants:
        say("The $100,000 limit, by the year in which options are first exercisable:")
    for row in projection.grant_years:
        known, within = (shown_amount(rounded(row[name], 0)) for name in ("value", "iso_value"))
        above = [
            f"{figure(each['nso_shares'].normalize() + 0)} of {each['grant_id']}"
            for each in projection.grants
            if each["nso_shares"] and (each["year"], each["group"]) == (row["year"], row["group"])
        ]
        told = f"{within} of {known} as ISO; nonqualified shares: {', '.join(above)}" if above else f"{known}, all ISO"
        say(f"  {row['year']}  {row['group']}: {told}")


def show_notes(projection: Projection, said: Callable[[str], str] = str) -> None:
    """Print what deserves a look in the records; `said` turns words that name files into those of the source."""
    notes = projection.notes
    if notes:
        say("Notes:")
    for note in notes:
        say(f"  {said(note)}")


def show_edits(notes: Sequence[str], tell: Callable[[str], None] = say) -> None:
    """Print what a workbook says beside its records: how cells were taken, and what was typed over formulas."""
    if notes:
        tell("The workbook:")
    for note in notes:
        tell(f"  {note}")


def show_exact_prices(projection: Projection) -> None:
    """Print what each price that Form 3921 rounds to cents would have changed, and all of them together."""
    lots = [lot for lot in projection.lots if lot["rounding"]]
    rows: list[TextRow] = [(lot["exercise_id"], _exact_price(lot), _signed(lot["rounding_2i"])) for lot in lots]
    if lots:
        paid, on_2i = (sum((lot[name] for lot in lots), Decimal(0)) for name in ("rounding", "rounding_2i"))
        rows.append(("", f"all together: price paid by {_signed(paid)}, {iso_line()} by", _signed(on_2i)))
    show([TableSection("Exact prices in place of those rounded to cents on Form 3921", rows)])


def _exact_price(lot: Mapping[str, Any]) -> str:
    what = f"{lot['shares']:,} shares, price {lot['price_exact']} for {lot['exercise_price']}"
    return f"{what}: price paid by {_signed(lot['rounding'])}, {iso_line()} by"


def _signed(amount: Decimal) -> str:
    return f"{rounded(amount, 2):+,}"


def show_needs(projection: Projection, where: str) -> None:
    """Print for each year what its forms still need, and where that is typed: in a file or on a sheet."""
    say("Years:")
    for year, result in projection.years.items():
        needs = ", ".join(result.missing)
        say(f"  {year}  {'ready' if result.ready else f'needs {needs} {where}'}")


def overrides_told(result: YearResult) -> Iterator[str]:
    """Each figure that is typed in place of what is carried in or made, with the one that it replaces."""
    reason = result.figures["inputs.override_reason"]
    for each in result.overrides:
        form, known = result.forms.forms[each.line.leaf.sheet], result.ready and result.final
        computed = f"${shown_amount(each.computed)}" if known else "a figure that is not known yet"
        why = f" ({reason})" if reason else ""
        entered = f"${shown_amount(each.entered)} as typed{why}, in place of {computed} as computed"
        yield f"{form.title} line {each.line.number}, {each.column}: {entered}"


def losses_carried(result: YearResult) -> str:
    """The capital losses that a year carries out, in words."""
    parts = [
        f"{system.titled(term.replace('_', '-'))} ${shown_amount(loss)}"
        for system in SYSTEMS
        for term, loss in result.carried_out(system).items()
        if loss
    ]
    return ", ".join(parts) or "none"


def shown_amount(amount: Decimal) -> str:
    """Dollars with thousands commas, a negative amount in parentheses."""
    return f"({-amount:,})" if amount < 0 else f"{amount:,}"
