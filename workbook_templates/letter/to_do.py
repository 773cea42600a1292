"""What the client is to do now, numbered, and what the letter rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.federal.tax_year import tax_year
from engine.language.expressions import Flag, Text, join, text, when

from ..contents.on_file import left_out
from ..contents.plan.sentences import SAYS
from .writing import HEAD, NOTHING, Writer, if_so, say, spaced

PLAN_SAYS: Final = Text(SAYS)  # the conclusion of the sheet Plan
PLANS: Final = "plan_is_open"  # "yes" while the year of the plan can still be changed
FIRST_POINT: Final = "first_point_to_settle"  # the first open item, and what rests on it, in words of the build
STEP, NUMBERED = "step ", "do "  # begin the key of a step to do, and of the same with its number
RELIED: Final = (
    "the income figures that you gave us, and the tax law in force for each year. We did not look at: {left_out} "
    "Open assumptions and the documents to settle them are on the sheet Open items of your workbook. "
    "This is not tax advice."
)


def write_before_year_end(letter: Writer) -> None:
    """For Summary: what exercising more would cost, while the year of the plan is open."""
    letter.part("before year-end", join(PLAN_SAYS, " (see Plan)"), _plan_is_open(letter))


def _plan_is_open(letter: Writer) -> Flag:
    return Text(letter.made(PLANS)).equals("yes")


def write_to_do(letter: Writer) -> None:
    """At most four steps; those that do not apply are not numbered."""
    steps = {
        "send": spaced(letter.by_year(lambda year: letter.part(f"{year} send", _send(letter, year)))),
        "file": letter.form.word("to file"),
        "plan": when(
            _plan_is_open(letter), join("Talk to us before you exercise more this year. ", PLAN_SAYS), NOTHING
        ),
        "settle": join(Text(letter.made(FIRST_POINT)), ""),
    }
    written = {key: letter.part(f"{STEP}{key}", words) for key, words in steps.items()}
    letter.head_if("to do head", "What to do now", ~join(*written.values()).equals(""))
    before: list[Text] = []
    for key, words in written.items():
        letter.tell(f"{NUMBERED}{key}", join(_number(before), words), ~words.equals(""))
        before.append(words)


def _number(before: list[Text]) -> Text:
    """The number of a step: one more than those before it that apply."""
    marks = join(*(if_so(~each.equals(""), "x") for each in before)) if before else NOTHING
    words: Text = text("1.  ")
    for count in range(1, len(before) + 1):
        words = when(marks.equals("x" * count), text(f"{count + 1}.  "), words)
    return words


def _send(letter: Writer, year: int) -> Text:
    """The documents of a year that is open."""
    always = dict.fromkeys(("W-2", "1099-B", "1099-DIV"), text("").equals(""))
    send = say(
        f"Send us the {year} Forms ",
        _listed(always | _of_employers(letter)),
        " when they arrive.",
        if_so(letter.known(year), f" Until then the figures for {year} are estimates."),
    )
    return letter.by_stage(year, "", send, "")


def _of_employers(letter: Writer) -> dict[str, Flag]:
    """The forms that tell of options and of a purchase plan, each where the client has such shares."""
    return {"3921": letter.form["incentive"] > 0, "3922": letter.form["plan"] > 0}


def _listed(forms: Mapping[str, Flag]) -> Text:
    """Those of the forms for which a flag holds: '3921, 3922 and 1099-B'."""
    told = {name: if_so(there, name) for name, there in forms.items()}
    words: list[Text] = []
    for place, (name, there) in enumerate(forms.items()):
        before, after = list(told.values())[:place], list(told.values())[place + 1 :]
        last = join(*after).equals("") if after else text("").equals("")
        between = when(join(*before).equals(""), NOTHING, when(last, text(" and "), text(", "))) if before else NOTHING
        words.append(if_so(there, between, name))
    return join(*words)


def _in_a_sentence(words: str) -> str:
    return words[:1].lower() + words[1:]


def _documents(letter: Writer) -> Text:
    """The forms and confirmations that tell of options, of other shares from an employer and of sales."""
    forms = _of_employers(letter) | {"1099-B": letter.form["sold"] > 0}
    told = letter.part("forms used", _listed(forms))
    return join(
        if_so(~told.equals(""), "the Forms ", told, ", "),
        if_so(letter.form["nonqualified"] > 0, "the confirmations of nonqualified exercises, "),
        if_so(letter.form["units"] > 0, "the confirmations of shares that vested, "),
    )


def write_relied(letter: Writer) -> None:
    """What was used, what was not looked at, what is provisional."""
    letter.head("What we relied on", HEAD)
    relied = say(RELIED.format(left_out=_in_a_sentence(left_out(letter.shape))))
    letter.tell("relied", join("We used ", _documents(letter), relied))
    for year in letter.shape.years:
        if notes := _provisional(letter, year):
            there = spaced(notes)
            letter.tell(f"{year} provisional", join(f"Provisional for {year}: ", there), ~there.equals(""))


def _provisional(letter: Writer, year: int) -> list[Text]:
    """What is not yet confirmed of a year's law; what concerns one filing status, of a return with that status."""
    law, status = tax_year(year), letter.entered(year, "filing_status")
    for_all = [letter.part(f"{year} provisional for all", say(" ".join(law.provisional)))] if law.provisional else []
    of_status = (
        letter.part(f"{year} provisional for {of}", say(" ".join(notes)), status.equals(of))
        for of, notes in law.provisional_for.items()
    )
    return [*for_all, *of_status]
