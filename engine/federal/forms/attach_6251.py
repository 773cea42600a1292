"""Must Form 6251 be attached to the return? The four tests of its instructions, each with its reason."""

from __future__ import annotations

from ...language.expressions import Amount, Flag, Text, join, shown, sum_of, text, when
from ...language.lines import ROUNDING, Form, Line
from .form_6251 import GainFigures, YearForms, amt_gains, amt_rates, amti_and_exemption, part_iii, regular_gains


def attach_6251(year: int, of: YearForms, form_6251: Form, form_8801: Form, order: list[Line]) -> Form:
    """Tests 1 to 4 (Instructions for Form 6251, Who Must File); 4 refigures line 7 without lines 2c through 3."""
    form = Form("attach", "Must Form 6251 be attached?", order)
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
        other.equals("yes") | (form_8801["25"] > 0),
        "Instr. 6251, Who Must File 3",
    )
    four = _test_4(form, year, of, form_6251)
    form.flag(
        "attach", "Attach Form 6251", one | two | three | four, "Instr. 6251, Who Must File", "any of the four tests"
    )
    form.words("reason", "Why", _reason(form, form_6251, business, other))
    return form


def _test_4(form: Form, year: int, of: YearForms, form_6251: Form) -> Flag:
    """Adjustments below zero that hide a line 7 above line 10: with AMT gains or with regular gains."""
    adjustments = form.line("adjustments", "Lines 2c through 3, combined", form_6251["2c to 3"], "Who Must File 4")
    first = "1" if year < 2025 else "1b"
    without = form.line("without", "Line 4 without them", sum_of(form_6251[first], form_6251["2a"], form_6251["2b"]))
    taxed = amti_and_exemption(form, lambda place: f"refigured {place}", without)
    line_7_amt = _refigured_7(form, "AMT gains", taxed, form_6251.test("part III"), amt_gains(of), of)
    by_regular = (of.regular["qualified_dividends"] > 0) | of.schedule_d.test("both gains")
    line_7_regular = _refigured_7(form, "regular gains", taxed, by_regular, regular_gains(of), of)
    hidden = (line_7_amt > form_6251["10"]) | (line_7_regular > form_6251["10"])
    return form.flag(
        "test 4", "Test 4: lines 2c to 3 below zero hide a higher line 7", (adjustments < 0) & hidden, "Who Must File 4"
    )


def _refigured_7(form: Form, which: str, taxed: Amount, test: Flag, gains: GainFigures, of: YearForms) -> Amount:
    needed = form.flag(f"{which} part III", f"Part III needed, with {which}?", test)
    line_40 = part_iii(form, lambda place: f"{which} {place}", taxed, needed, gains, of.found_on)
    return form.line(f"{which} 7", f"Line 7 refigured, with {which}", when(needed, line_40, amt_rates(taxed)))


def _reason(form: Form, form_6251: Form, business: Text, other: Text) -> Text:
    line_7, line_10 = shown(form_6251["7"], ROUNDING), shown(form_6251["10"], ROUNDING)
    by_amt, by_regular = shown(form["AMT gains 7"], ROUNDING), shown(form["regular gains 7"], ROUNDING)
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
                text("Yes, test 3: Form 8834, Form 8911 or the credit of Form 8801 is claimed."),
                when(
                    form.test("test 4"),
                    hidden,
                    join(none, open_tests),
                ),
            ),
        ),
    )
