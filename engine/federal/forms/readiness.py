"""Whether enough is typed for a year to be computed, and whether all years before it are complete."""

from __future__ import annotations

from typing import Final

from ...columns import OVERRIDES
from ...language.expressions import Amount, Flag, count, given, last_year, number, text, total, total_earlier, when
from ...language.form import Form, FormCard, Part, Standing
from ...language.lines import Line
from ...language.nodes import Kind, Leaf
from ...language.roles import Role
from ...language.states import State
from ...systems import AMT
from ..stock.sale_gains import apart
from ..stock.sales import at_death, year_sold
from ..year_forms import YearForms

READINESS: Final = FormCard(
    "year",
    "Readiness",
    Standing.READINESS,
    page="Work {year}",
    about="Whether enough is typed for the year to be computed.",
)

# What no year can do without, by its column in returns.csv: the line that tells whether it is missing.
NEVER: Final = count(1).equals(0)
NEEDED: Final = {name: f"{State.NEEDS} {name}" for name in ("filing_status", "wages", "deduction")}


def readiness(of: YearForms) -> Form:
    """Whether the year can be computed: a filing status, and wages with a deduction, or taxable income as filed."""
    form, entries = of.begin(READINESS), of.inputs
    deduction, itemized = entries.word("deduction"), given(entries["itemized_deductions"])
    chosen = deduction.equals("standard") | itemized | (given(entries["standard_deduction"]) & deduction.equals(""))
    filed = given(entries["taxable_income"])
    no_status = form.flag(NEEDED["filing_status"], "Filing status missing?", entries.word("filing_status").equals(""))
    no_wages = form.flag(NEEDED["wages"], "Wages missing?", ~filed & ~given(entries["wages"]))
    no_deduction = form.flag(NEEDED["deduction"], "Deduction missing?", ~filed & ~chosen)
    enough = form.flag("ready", "Ready to compute?", ~no_status & ~no_wages & ~no_deduction, role=Role.READY)
    later = when(no_deduction, text("deduction"), text(""))
    before = last_year(enough & Flag(Leaf(READINESS.name, "final", kind=Kind.FLAG)))
    form.flag("final", "All years before ready?", count(1).equals(1) if of.first else before, role=Role.FINAL)
    _whose_figures(form, of)
    _carryovers_alike(form, of)
    missing = when(no_status, text("filing status"), when(no_wages, text("wages"), later))
    form.words("missing", "Still needed", missing, role=Role.STILL_NEEDED)
    form.words("state", "Ready to compute?", when(enough, State.READY.said, State.OPEN.said), role=Role.STATE)
    form.parts = [Part("What is needed to compute the year", _tests)]
    return form


def _whose_figures(form: Form, of: YearForms) -> None:
    """After a death, or where the status leaves married_joint, whose the carried figures are must be settled.

    Losses are those of each spouse (Reg. 1.1212-1(c)), and so is the credit; a decedent's end with the last return.
    Nothing ends by itself: an entry of the next year says what goes on.
    """
    deaths = form.line("at death", "Transfers at death in the year", total(at_death, year_sold.equals(of.year)))
    form.flag("death", "Death of a holder in the year?", deaths > 0, "IRC 1014(a)", "Sales", role=Role.DEATH)
    if of.first:
        changed = NEVER
    else:
        status, dead = of.inputs.word("filing_status"), last_year(Flag(Leaf(READINESS.name, "death", kind=Kind.FLAG)))
        was_joint = last_year(status).equals("married_joint")
        changed = dead | (was_joint & ~status.equals("married_joint") & ~status.equals(""))
    label = "Whose the figures carried in are must be settled?"
    form.flag("holder changed", label, changed, "IRC 53(b); Reg. 1.1212-1(c)", role=Role.HOLDER_CHANGED)


def _carryovers_alike(form: Form, of: YearForms) -> None:
    """In the first year of a file blank AMT carryovers are the regular ones, unless sales before it speak against it.

    Both must be blank: who enters one knows of AMT carryovers. A later year takes what the year before carries out.
    """
    blank = [~given(of.inputs[name]) for name, (_, system) in OVERRIDES.items() if system is AMT]
    earlier = form.line("earlier sales apart", "AMT and regular gains of sales before the file, apart by", _apart(of))
    alike = blank[0] & blank[1] & earlier.equals(0) if of.first else NEVER
    form.flag("carryovers alike", "AMT loss carryovers taken as the regular ones?", alike, role=Role.CARRYOVERS_ALIKE)


def _apart(of: YearForms) -> Amount:
    return total_earlier(apart, year_sold, of.year) if of.first else number("0")


def _tests(form: Form) -> list[Line]:
    return [line for line in form.lines if line.leaf.kind is not Kind.TEXT]
