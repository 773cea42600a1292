"""Form 8801, Credit for Prior Year Minimum Tax. Parts I and III are the year before, computed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ...language.expressions import (
    Amount,
    Flag,
    dollars,
    given,
    join,
    last_year,
    not_below_zero,
    number,
    only_when,
    smaller_of,
    sum_of,
    text,
    when,
)
from ...language.form import Form, FormCard, Part, Standing, between
from ...language.lines import NO_EARLIER_YEAR, ROUNDING, line_of
from ...language.nodes import Kind, Leaf
from ...language.roles import Role
from ...systems import REGULAR, SYSTEMS
from ..tax_year import law_of
from ..year_forms import YearForms
from .exemption import separate_addition
from .part_iii import GainFigures, amt_rates, gain_figures, part_iii

EXCLUSION_ITEMS: Final = ("2a", "2b", "2c", "2d", "2g", "2h")  # Instructions for Form 8801, line 2
LAW_BEFORE: Final = law_of(1)
CREDIT_MADE: Final = "Credit made by the AMT of last year"  # line 18
CARRIED_IN: Final = "Credit carried in"  # line 19
FIRST: Final = 12 - 27  # Part III of Form 6251 starts at line 12, its twin here at line 27


FORM_8801: Final = FormCard(
    "f8801",
    "Form 8801",
    Standing.FILED,
    long_title="Credit for Prior Year Minimum Tax: Individuals",
    attachment="74",
    short="8801",
    page="8801 {year}",
    reference="G",
    answers="Credit for prior-year AMT used in {year}, line by line",
    answers_ahead="Credit available in {year}, prepared up to line 21",
    says=Role.CREDIT_CONCLUSION,
    about="Lines 1 to 17 and Part III take the year before. The first year of a file has none: see 2018.",
    json="form_8801",
    always=(Role.CREDIT_MADE, Role.CREDIT_AVAILABLE, Role.CREDIT_USED, Role.CREDIT_CARRIED_OUT),
    from_year_before=True,
    runs_ahead=True,
    nothing_without=(Role.EXCLUSION_PART, Role.CREDIT_MADE, Role.CREDIT_AVAILABLE),
)


def form_8801(of: YearForms) -> Form:
    """The form of a year, in dollars: the credit from the year before or as typed, and what of it is used."""
    form = of.begin(FORM_8801)
    if of.before is None:
        _no_year_before(form, of)
    else:
        _from_year_before(form, of.year, of.before)
    _pool(form, of.inputs)
    _unsettled(form, of)
    _use(form, of)
    _show(form, of.year, {**AVAILABLE, **USE})
    return form


def form_8801_ahead(of: YearForms) -> Form:
    """The form of the year after the last, prepared up to line 21 from the year before alone."""
    assert of.before is not None
    form = of.begin(FORM_8801)
    _from_year_before(form, of.year, of.before)
    _pool(form)
    _conclude_following(form, of.year, of.before)
    _show(form, of.year, AVAILABLE)
    form.ahead = f"Prepared from {of.year - 1} up to line 21; lines 22 to 26 need the return of {of.year}."
    return form


def _no_year_before(form: Form, of: YearForms) -> None:
    """The form of the first year in the file: whatever would come from the year before is 0."""
    complete, zero = Form.of(FORM_8801, []), number("0").node
    _from_year_before(complete, of.year + 1, of)
    for line in complete.lines:
        form.add(replace(line, expression=zero, source=NO_EARLIER_YEAR))


def _from_year_before(form: Form, year: int, before: YearForms) -> None:
    """Lines 1 to 17 and Part III for `year`, and the credit made and carried on, from the year before."""
    _part_i(form, year, before)
    _available(form, before.form_6251)


def _show(form: Form, year: int, roles: Mapping[Role, str]) -> None:
    """The roles that lines play, and the parts of the page."""
    for role, line in roles.items():
        form.play(role, line)
    then = f"figures of {year - 1}"
    form.parts = [
        Part("Net minimum tax on exclusion items", between("1", "15"), then, number="Part I"),
        Part("Minimum tax credit and carryforward", between("16", "26"), number="Part II"),
        Part("Tax with capital gain rates", between("27", "55"), then, number="Part III", needed="part III"),
        Part("Workings", Form.computed_workings, workings=True),
    ]
    form.totals, form.results = frozenset({"4", "15", "21", "55"}), frozenset({"25", "26"})


AVAILABLE: Final = {
    Role.EXCLUSION_PART: "17",
    Role.CREDIT_MADE: "18",
    Role.CREDIT_MADE_COMPUTED: "18 computed",
    Role.CREDIT_CARRIED_IN: "19",
    Role.CREDIT_CARRIED_ON: "19 computed",
    Role.CREDIT_AVAILABLE: "21",
    Role.CREDIT_CONCLUSION: "conclusion",
}
USE: Final = {
    Role.TAX_AFTER_CREDITS: "22",
    Role.CREDIT_TENTATIVE_TAX: "23",
    Role.CREDIT_ROOM: "24",
    Role.CREDIT_USED: "25",
    Role.CREDIT_CARRIED_OUT: "26",
}


def _part_i(form: Form, year: int, before: YearForms) -> None:
    def then(number: str) -> Amount:
        return last_year(before.form_6251[number])

    first = before.form_6251.find(Role.INCOME)
    income, found = then(first.leaf.line) + then("2e"), f"6251 of {year - 1} lines {first.number}, 2e"
    line_1 = form.line("1", "Income, with the NOL deduction", income, "IRC 53(d)(1)(B)", found)
    items = sum_of(*map(then, EXCLUSION_ITEMS))
    line_2 = form.line("2", "Exclusion items", items, "IRC 53(d)(1)(B)(ii)", "6251 lines 2a, 2b, 2c, 2d, 2g, 2h")
    line_3 = form.line("3", "Minimum tax credit NOL deduction", number("0"), "IRC 53(d)(1)(B)", "not computed: 0")
    in_all = form.line("4 combined", "Lines 1 through 3, combined", sum_of(line_1, line_2, line_3))
    combined = form.line("4 before addition", "The same, not below zero", not_below_zero(in_all))
    addition = separate_addition(form, combined, "4", LAW_BEFORE)
    line_4 = form.line(
        "4", "Exclusion-item income", combined + addition, "IRC 53(d)(1)(B)", "lines 1 to 3, with addition"
    )
    line_5 = form.line("5", "Exemption", LAW_BEFORE.exemption, "IRC 55(d)", f"Parameters of {year - 1}")
    line_6 = form.line("6", "Phase-out threshold", LAW_BEFORE.phaseout_start, "IRC 55(d)", f"Parameters of {year - 1}")
    line_7 = form.line("7", "Line 4 over line 6", not_below_zero(line_4 - line_6))
    line_8 = form.line("8", "Exemption phased out", LAW_BEFORE.phaseout_rate * line_7, "IRC 55(d)(2)")
    line_9 = form.line("9", "Exemption left", not_below_zero(line_5 - line_8))
    line_10 = form.line("10", "Amount to be taxed", not_below_zero(line_4 - line_9))
    needed = form.flag("part III", "Part III needed?", last_year(_gain_rates(before)), "Instr. 8801, line 11")
    line_55 = part_iii(form, _twin, line_10, needed, _gains(before), before.found_on, LAW_BEFORE)
    tax = when(needed, line_55, amt_rates(line_10, LAW_BEFORE))
    line_11 = form.line("11", "Tax on line 10", tax, "IRC 55(b)(1), (3)", "line 55, or 26% and 28%")
    typed = last_year(before.inputs["exclusion_foreign_tax_credit"])
    regular_credit, amt_credit = before.regular[Role.FOREIGN_TAX_CREDIT], before.form_6251["8 credit"]
    least = last_year(smaller_of(regular_credit, amt_credit))
    blank = form.line("12 blank", "The same where it is not entered", least, "IRC 59(a)", "the lesser of both credits")
    either = when(given(typed), typed, blank)
    credit = form.line("12 credit", "Foreign tax credit, before its limit", either)
    line_12 = form.line("12", "Foreign tax credit on exclusion items", smaller_of(credit, line_11), "IRC 59(a)")
    line_13 = form.line("13", "Tentative tax on exclusion items", line_11 - line_12)
    line_14 = form.line("14", "Regular tax of last year", then("10"), "IRC 55(c)", f"6251 of {year - 1} line 10")
    form.line("15", "Net minimum tax on exclusion items", not_below_zero(line_13 - line_14), "IRC 53(d)(1)(B)")


def _twin(place: int) -> str:
    """The line here of a line of Form 6251: lines 6 and 7 there are 10 and 11 here, Part III follows in order."""
    return {6: "10", 7: "11"}.get(place) or str(place - FIRST)


def _gain_rates(before: YearForms) -> Flag:
    """The regular gains decide: basis differences of ISO stock are deferral items (IRC 53(d)(1)(B))."""
    return (before.regular[Role.QUALIFIED_DIVIDENDS] > 0) | before.schedule_d(REGULAR).test(Role.BOTH_GAINS)


def _gains(before: YearForms) -> GainFigures:
    figures = gain_figures(before, REGULAR)
    return GainFigures(**{name: last_year(getattr(figures, name)) for name in GainFigures.__dataclass_fields__})


def _available(form: Form, before_6251: Form) -> None:
    owed = last_year(before_6251[Role.MINIMUM_TAX])
    line_16 = form.line("16", "AMT of last year", owed, "IRC 53(d)(1)(A)", "6251 line 11 of last year")
    line_17 = form.line("17", "Of that, on exclusion items: no credit", form["15"], "IRC 53(d)(1)(B)")
    form.line("18 computed", f"{CREDIT_MADE}, as computed", line_16 - line_17, "IRC 53(d)(1)(B)")
    carried = last_year(line_of(FORM_8801.name, "26"))
    form.line("19 computed", f"{CARRIED_IN}, as computed", carried, "IRC 53(b)", "8801 line 26 of last year")


def _pool(form: Form, inputs: Form | None = None) -> None:
    """Lines 18 to 21: what is typed for the year takes the place of what is computed, which stays beside it."""
    made, carried = form["18 computed"], form["19 computed"]
    if inputs:
        made = _typed_instead(inputs["mtc_line_18_in"], made)
        carried = _typed_instead(inputs["mtc_carryforward_in"], carried)
    line_18 = form.line("18", CREDIT_MADE, made, "IRC 53(d)(1)(B)", "line 16 less line 17, or Inputs" if inputs else "")
    found = "8801 line 26 of last year"
    line_19 = form.line("19", CARRIED_IN, carried, "IRC 53(b)", f"{found}, or Inputs" if inputs else found)
    form.line("21", "Credit available", line_18 + line_19, "IRC 53(b)", "line 18 plus line 19 (line 20 is not in use)")


def _unsettled(form: Form, of: YearForms) -> None:
    """Whether it is settled whose the credit carried in is, and whose what goes on is."""
    carried, made = of.inputs["mtc_carryforward_in"], of.inputs["mtc_line_18_in"]
    changed, at_hand = of.readiness.test(Role.HOLDER_CHANGED), ~given(carried) & (form["19 computed"] > 0)
    whose = changed & (at_hand | (~given(made) & ~form["18 computed"].equals(0)))
    if not of.first:
        whose = whose | (at_hand & last_year(Flag(Leaf(FORM_8801.name, "unsettled", kind=Kind.FLAG))))
    label = "Whose the credit is not settled?"
    unsettled = form.flag("unsettled", label, whose, "IRC 53(b)", role=Role.CREDIT_UNSETTLED)
    losses = [of.schedule_d(system).test(Role.LOSSES_UNSETTLED) for system in SYSTEMS]
    goes_on = unsettled | losses[0] | losses[1] | of.readiness.test(Role.DEATH)
    form.flag("in question", "Whose what goes on is not settled?", goes_on, role=Role.CARRIED_ON_IN_QUESTION)


def _typed_instead(entry: Amount, computed: Amount) -> Amount:
    return when(given(entry), entry, computed)


def _use(form: Form, of: YearForms) -> None:
    """Lines 22 to 26: the credit of the year, up to regular tax over tentative minimum tax."""
    line_21, form_6251 = form["21"], of.form_6251
    before_credits = form.line("22 before credits", "Regular tax less foreign tax credit", form_6251[Role.REGULAR_TAX])
    line_22 = form.line(
        "22",
        "Regular tax less other credits",
        not_below_zero(before_credits - of.regular["credits"]),
        "IRC 53(c)",
        f"{of.found_on.tax} + additions − credits",
    )
    line_23 = form.line(
        "23", "Tentative minimum tax", form_6251[Role.TENTATIVE_MINIMUM_TAX], "IRC 53(c)", "6251 line 9"
    )
    line_24 = form.line("24", "Room: regular over tentative", not_below_zero(line_22 - line_23), "IRC 53(c)")
    line_25 = form.line(
        "25",
        "Credit used",
        not_below_zero(smaller_of(line_21, line_24)),
        "IRC 53(a)",
        f"smaller of 21 and 24; to {of.found_on.credit}",
    )
    form.line(
        "26", "Credit carried forward", only_when(line_21 > 0, line_21 - line_25), "IRC 53(b)", "line 21 less line 25"
    )
    _conclude(form, of.year, of.readiness)


def _conclude(form: Form, year: int, readiness: Form) -> None:
    used, left = dollars(form["25"], ROUNDING), dollars(form["26"], ROUNDING)
    in_question, whose = form.test(Role.CARRIED_ON_IN_QUESTION), " is left; whose it is must be settled."
    on = when(in_question, text(whose), text(" carried forward to later years."))
    kept = when(in_question, text(whose), text(" is carried forward."))
    some = join("Credit of ", used, f" used for {year}; ", left, on)
    room = join(f"No credit used for {year}: no room under regular tax. ", left, kept)
    none = join(f"No credit for {year}: no minimum tax credit is available.")
    waiting = join("Not ready: needs ", readiness.word(Role.STILL_NEEDED), f" for {year}")
    rests = text("Not final: a year before is not ready, and this form rests on it.")
    answer = when(form["25"] > 0, some, when(form["21"] > 0, room, none))
    form.words(
        "conclusion",
        "Conclusion",
        when(readiness.test(Role.READY), when(readiness.test(Role.FINAL), answer, rests), waiting),
    )


def _conclude_following(form: Form, year: int, before: YearForms) -> None:
    """The form of the year after the last is prepared up to line 21, once the last year is computed."""
    in_question = last_year(before.form_8801.test(Role.CARRIED_ON_IN_QUESTION))
    is_known = last_year(before.readiness.test(Role.READY)) & last_year(before.readiness.test(Role.FINAL))
    available = dollars(form["21"], ROUNDING)
    known = join(f"Credit available in {year}: ", available, ". Lines 22 to 26 need the figures of that year.")
    whose = join("Credit of ", available, f" is left for {year}; whose it is must be settled first.")
    some = when(in_question, whose, known)
    none = text(f"No credit will be available in {year}.")
    waiting = text(f"Not known yet: {year - 1} is not computed, and this form rests on it.")
    form.words("conclusion", "Conclusion", when(is_known, when(form["21"] > 0, some, none), waiting))
