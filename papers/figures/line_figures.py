"""Forms 6251 and 8801: the lines of a year, as `isobook forms` gives them."""

from __future__ import annotations

from decimal import Decimal

from engine.clients.year_result import YearResult
from engine.federal.catalogue import FEDERAL
from engine.language.form import Form

from ..boxes.box_map import BoxMap
from .manner import FilledForm, amount_text, dollars_text, sheets_of
from .taxpayer import Taxpayer


def filled_lines(boxes: BoxMap, result: YearResult, digits: int, taxpayer: Taxpayer) -> FilledForm:
    """The form of a year: a part that is not needed stays blank, so does 0 but where the form says to enter -0-."""
    form = result.forms.forms[boxes.form.name]
    unused, texts, notes = lines_not_needed(form, result), {}, []
    for line, amount in result.form(FEDERAL.named(form.sheet)).items():
        if line in unused or not (amount or line in boxes.zero_written):
            continue
        amount = amount or Decimal(0)
        in_parentheses = line in boxes.in_parentheses
        if in_parentheses and amount > 0:
            shown = dollars_text(amount, digits)
            notes.append(
                f"{boxes.form.title} of {boxes.year}, line {line}: {shown} is above zero, and the box between "
                "parentheses takes what is subtracted. It stays blank: look at the entry."
            )
            continue
        texts[line] = amount_text(amount, digits, in_parentheses=in_parentheses)
    return FilledForm(boxes, sheets_of(boxes, taxpayer, texts, set()), notes)


def lines_not_needed(form: Form, result: YearResult) -> set[str]:
    """The lines of parts that the year does not need, such as Part III without gains."""
    return {
        line.leaf.line
        for part in form.parts
        if part.needed and not result.figures[f"{form.sheet}.{part.needed}"]
        for line in part.choose(form)
    }
