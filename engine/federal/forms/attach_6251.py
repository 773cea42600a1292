"""Must Form 6251 be attached to the return? The four tests of its instructions, each with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ...language.expressions import Amount, Flag, Text, dollars, join, sum_of, text, when
from ...language.form import Form, FormCard, Part, Standing
from ...language.lines import ROUNDING, Line
from ...language.roles import Role
from ...systems import AMT, REGULAR, System
from ..year_forms import YearForms
from .exemption import amti_and_exemption
from .form_6251 import FORM_6251
from .part_iii import amt_rates, gain_figures, part_iii

AGAIN: Final = {AMT: "AMT gains", REGULAR: "regular gains"}  # begin the lines of Part III with those gains
REFIGURED: Final = "refigured"
ATTACH_6251: Final = FormCard(
    "attach",
    "Must Form 6251 be attached?",
    Standing.TEST,
    short="attach",
    page="Work {year}",
    says=Role.ATTACH_REASON,
    about="The four tests of the instructions. For the last, line 7 is computed again with AMT and with regular gains.",
    again=(REFIGURED, *AGAIN.values()),
)


def attach_6251(of: YearForms) -> Form:
    """Tests 1 to 4 (Instructions for Form 6251, Who Must File); 4 computes line 7 again without lines 2c through 3."""
    form, form_6251 = of.begin(ATTACH_6251), of.form_6251
    line_7, line_10 = form_6251["7"], form_6251["10"]
    one = form.flag("test 1", "Test 1: line 7 is more than line 10", line_7 > line_10, "Instr. 6251, Who Must File 1")
    business, other = of.inputs.word("general_business_credit"), of.inputs.word("form_8834_8911")
    two = form.flag(
        "test 2",
        "Test 2: general business credit, limited by AMT",
        business.equals("yes"),
        "Instr. 6251, Who Must File 2",
    )
    three = form.flag(
        "test 3",
        "Test 3: Form 8834, Form 8911 or Form 8801 credit",
        other.equals("yes") | (of.form_8801[Role.CREDIT_USED] > 0),
        "Instr. 6251, Who Must File 3",
    )
    any_of_them, label = one | two | three | _test_4(form, of), "Attach Form 6251"
    form.flag("attach", label, any_of_them, "Instr. 6251, Who Must File", "any of the four tests", role=Role.ATTACH)
    form.words("reason", "Why", _reason(form, of, business, other), role=Role.ATTACH_REASON)
    form.parts = [
        Part("Must this form be attached to the return?", _tests, beside=FORM_6251.name),
        Part("Attach test 4: Form 6251 without lines 2c through 3", _before_part_iii),
        Part("Attach test 4: Part III and line 7 with AMT gains", _with_gains(AMT)),
        Part("Attach test 4: Part III and line 7 with regular gains", _with_gains(REGULAR)),
    ]
    return form


def _tests(form: Form) -> list[Line]:
    return [form.find(f"test {number}") for number in range(1, 5)] + [form.find(Role.ATTACH)]


def _with_gains(system: System) -> Callable[[Form], list[Line]]:
    return lambda form: [line for line in form.lines if line.leaf.line.startswith(AGAIN[system])]


def _before_part_iii(form: Form) -> list[Line]:
    elsewhere = [*_tests(form), form.find(Role.ATTACH_REASON), *_with_gains(AMT)(form), *_with_gains(REGULAR)(form)]
    return [line for line in form.lines if line not in elsewhere]


def _test_4(form: Form, of: YearForms) -> Flag:
    """Adjustments below zero that hide a line 7 above line 10: with AMT gains or with regular gains."""
    form_6251 = of.form_6251
    adjustments = form.line("adjustments", "Lines 2c through 3, combined", form_6251["2c to 3"], "Who Must File 4")
    plain = sum_of(form_6251[Role.INCOME], form_6251["2a"], form_6251["2b"])
    without = form.line("without", "Line 4 without them", plain)
    taxed = amti_and_exemption(form, lambda place: f"{REFIGURED} {place}", without)
    line_7_amt = _refigured_7(form, AMT, taxed, form_6251.test(Role.GAIN_RATES_APPLY), of)
    by_regular = (of.regular[Role.QUALIFIED_DIVIDENDS] > 0) | of.schedule_d(REGULAR).test(Role.BOTH_GAINS)
    line_7_regular = _refigured_7(form, REGULAR, taxed, by_regular, of)
    line_10 = form_6251[Role.REGULAR_TAX]
    hidden = (line_7_amt > line_10) | (line_7_regular > line_10)
    return form.flag(
        "test 4", "Test 4: lines 2c to 3 below zero hide a higher line 7", (adjustments < 0) & hidden, "Who Must File 4"
    )


def _refigured_7(form: Form, system: System, taxed: Amount, test: Flag, of: YearForms) -> Amount:
    which = AGAIN[system]
    needed = form.flag(f"{which} part III", f"Part III needed, with {which}?", test)
    line_40 = part_iii(form, lambda place: f"{which} {place}", taxed, needed, gain_figures(of, system), of.found_on)
    return form.line(f"{which} 7", f"Line 7 computed again, with {which}", when(needed, line_40, amt_rates(taxed)))


def _reason(form: Form, of: YearForms, business: Text, other: Text) -> Text:
    form_6251, form_8801 = of.form_6251, of.form_8801
    line_7, line_10 = dollars(form_6251["7"], ROUNDING), dollars(form_6251["10"], ROUNDING)
    credit = dollars(form_8801[Role.CREDIT_USED], ROUNDING)
    by_amt, by_regular = dollars(form["AMT gains 7"], ROUNDING), dollars(form["regular gains 7"], ROUNDING)
    open_tests = when(
        business.equals("") | other.equals(""),
        text(" Tests 2 and 3 are not fully answered: see Inputs."),
        text(""),
    )
    none = join("No: line 7 of ", line_7, " is not more than line 10 of ", line_10, ", and no other test is met.")
    hidden = join(
        "Yes, test 4: without lines 2c to 3, line 7 is ",
        by_amt,
        " (AMT gains) or ",
        by_regular,
        " (regular gains), line 10 is ",
        line_10,
        ".",
    )
    return when(
        form.test("test 1"),
        join("Yes, test 1: line 7 of ", line_7, " is more than line 10 of ", line_10, "."),
        when(
            form.test("test 2"),
            text("Yes, test 2: Form 3800 line 6 or 25 is above 0."),
            when(
                form.test("test 3"),
                when(
                    other.equals("yes"),
                    text("Yes, test 3: Form 8834, or the personal part of Form 8911, is filed."),
                    join("Yes, test 3: the credit of Form 8801 is claimed, ", credit, "."),
                ),
                when(
                    form.test("test 4"),
                    hidden,
                    join(none, open_tests),
                ),
            ),
        ),
    )
