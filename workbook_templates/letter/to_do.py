"""What the client is to do now, numbered, and what the letter rests on."""

from __future__ import annotations

from typing import Final

from engine.federal.tax_year import tax_year
from engine.language.expressions import Flag, Text, join, text, when

from ..contents.on_file import left_out
from ..contents.plan.sentences import SAYS
from .writing import HEAD, NOTHING, Writer, if_so, say, spaced

PLAN_SAYS: Final = Text(SAYS)  # the conclusion of the sheet Plan
PLANS: Final = "plan_is_open"  # "yes" while the year of the plan can still be changed
FIRST_POINT: Final = "first_point_to_settle"  # the first open item, and what rests on it, in words of the build
RELIED: Final = (
    "the income figures that you gave us, and the tax law in force for each year. We did not look at: {left_out} The "
    "assumptions that are still open, and the documents that would settle them, are on the sheet Open items. This is "
    "not tax advice."
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
    written = {key: letter.part(f"step {key}", words) for key, words in steps.items()}
    letter.head_if("to do head", "What to do now", ~join(*written.values()).equals(""))
    before: list[Text] = []
    for key, words in written.items():
        letter.tell(f"do {key}", join(_number(before), words), ~words.equals(""))
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
    send = say(
        f"Send us the {year} Forms W-2, 1099-B, 1099-DIV and 3921 when they arrive. Until then the figures for {year} "
        "are estimates."
    )
    return letter.by_stage(year, "", send, "")


def _in_a_sentence(words: str) -> str:
    return words[:1].lower() + words[1:]


def _documents(letter: Writer) -> Text:
    """The forms that tell of options exercised and of sales, where there are any."""
    exercised, sold = letter.form["incentive"] > 0, letter.form["sold"] > 0
    both = when(sold, text("the Forms 3921 and 1099-B and "), text("the Forms 3921 and "))
    return when(exercised, both, if_so(sold, "the Forms 1099-B and "))


def write_relied(letter: Writer) -> None:
    """What was used, what was not looked at, what is provisional."""
    letter.head("What we relied on", HEAD)
    relied = say(RELIED.format(left_out=_in_a_sentence(left_out(letter.shape))))
    letter.tell("relied", join("We used ", _documents(letter), relied))
    for year in letter.shape.years:
        if notes := tax_year(year).provisional:
            letter.tell(f"{year} provisional", say(f"Provisional for {year}: ", " ".join(notes)))
