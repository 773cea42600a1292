"""What is doubtful in an exercise that is in order: one rule a doubt, with whom to ask for which document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ....columns import EXERCISES, Ask, ItemKind, Why
from ....federal.stock.record_doubts import doubts_of, exercise_doubts
from ....language.money import in_sentences
from ....records import Exercise
from ....records.identity import employer_key
from ...in_sentences import in_words
from ..computed import ComputedClient
from ..item import Finding, Reversal
from .wash_sales import explained_by_wash_sales

WordsOfLot = Callable[[Exercise, Mapping[str, Any]], str]  # the exercise as typed, and its doubts
ReversalOfLot = Callable[[Exercise], Reversal]


@dataclass(frozen=True)
class ExerciseRule:
    """A doubt of record_doubts, and the item that it makes."""

    doubt: str  # its column
    why: Why
    column: str
    say: WordsOfLot
    document: str
    ask: Ask = Ask.CLIENT
    kind: ItemKind = ItemKind.CONFIRM
    reverse: ReversalOfLot | None = None
    taken: WordsOfLot | None = None
    reads: tuple[str, ...] = ()  # what changes with the doubt, where no line reads the column itself
    entering: str = ""  # how it ends: `entering` of a Finding


def _kind_nso(_: Exercise) -> Reversal:
    return Reversal("As a nonqualified option", {"kind": "NSO"})


RULES: Final = (
    ExerciseRule(
        "elected",
        Why.UNPROVEN,
        "election_83b",
        lambda lot, _: (
            "a section 83(b) election is taken as filed for AMT, so the value on the exercise day counts; it is good "
            "only if it was filed within 30 days"
        ),
        "the election, with proof of mailing within 30 days",
        reverse=lambda lot: Reversal("Without the election", {"election_83b": None}),
        taken=lambda lot, _: "yes",
    ),
    ExerciseRule(
        "elected_in_vain",
        Why.CONFLICT,
        "election_83b",
        lambda lot, _: (
            f"{EXERCISES['election_83b'].as_cell} is yes without {EXERCISES['vest_date'].as_cell}, so it changes "
            "nothing and the stock is taken as vested at exercise"
        ),
        "the vesting schedule, and the election",
    ),
    ExerciseRule(
        "value_typed",
        Why.DOUBTFUL,
        "fmv_vest",
        lambda lot, _: (
            f"the value at vest, ${lot.fmv_vest:,} per share on {in_words(lot.vest_date)}, is on no form and is taken "
            "as typed"
        ),
        "the section 409A valuation, or the market price, of the vest date",
        ask=Ask.EMPLOYER,
        taken=lambda lot, _: f"{lot.fmv_vest:,}",
    ),
    ExerciseRule(
        "another_price_than_box_3",
        Why.CONFLICT,
        "price_exact",
        lambda lot, _: (
            f"{EXERCISES['price_exact'].as_cell}, ${lot.price_exact}, is used in place of "
            f"{EXERCISES['exercise_price'].as_cell}, ${lot.exercise_price}, which is not its rounding"
        ),
        "the broker's confirmation beside Form 3921 box 3",
        ask=Ask.BROKER,
        reverse=lambda lot: Reversal(f"With {EXERCISES['exercise_price'].as_cell}", {"price_exact": None}),
        taken=lambda lot, _: f"{lot.price_exact}",
    ),
    ExerciseRule(
        "after_ten_years",
        Why.CONFLICT,
        "date_exercised",
        lambda lot, _: (
            f"exercised on {in_words(lot.date_exercised)}, more than ten years after the grant of "
            f"{in_words(lot.date_granted)}; an ISO ends by then (IRC 422(b)(3)), so check both dates and kind"
        ),
        "the grant agreement; Form 3921 boxes 1 and 2",
        ask=Ask.EMPLOYER,
        reverse=_kind_nso,
    ),
    ExerciseRule(
        "after_employment",
        Why.CONFLICT,
        "employment_ended",
        lambda lot, _: (
            f"exercised on {in_words(lot.date_exercised)}, more than three months after employment ended on "
            f"{in_words(lot.employment_ended)}; it is then taxed as a nonqualified option (IRC 422(a)(2); a year where "
            "the holder was disabled), but kind is ISO"
        ),
        "the termination letter; Form W-2 of that year, box 12 code V",
        ask=Ask.EMPLOYER,
        reverse=_kind_nso,
        reads=(f"{EXERCISES.sheet}.kind",),
    ),
    ExerciseRule(
        "twice",
        Why.CONFLICT,
        "exercise_id",
        lambda lot, _: (
            f"another row has the same employer, grant, days, price, value and {lot.shares:,} shares under another id; "
            "if both are the same Form 3921, remove one of them"
        ),
        "Forms 3921 of that year",
        entering="; if both are the same Form 3921, remove one of them",
        reads=(f"{EXERCISES.sheet}.shares",),
    ),
    ExerciseRule(
        "basis_below_zero",
        Why.CONFLICT,
        "basis_adjustment",
        lambda lot, _: "the basis adjustment makes a basis less than $0, which no basis is: correct its sign or amount",
        "your workpapers of the adjustment",
        ask=Ask.PREPARER,
    ),
)


def exercise_rules(computed: ComputedClient) -> Iterator[Finding]:
    """The doubts about each exercise, as its form has it."""
    as_given = _one_spelling(computed.as_given)
    rows = doubts_of(exercise_doubts, as_given)
    again = _twice_but_for_the_grant(as_given)
    explained = explained_by_wash_sales(computed)
    for place, (lot, doubts) in enumerate(zip(computed.client.exercises, rows, strict=True), 1):
        doubts = {**doubts, "another_price_than_box_3": doubts["another_price"] and not doubts["is_rounding"]}
        for rule in RULES:
            if doubts[rule.doubt] or (rule.doubt == "twice" and place in again):
                yield lot_finding(computed, rule, place, lot, doubts)
        if doubts["adjusted_without_reason"] and place not in explained:
            yield lot_finding(computed, WITHOUT_REASON, place, lot, doubts)
    yield from _kinds(computed)


def _one_spelling(as_given: Mapping[str, Sequence[Any]]) -> Mapping[str, Sequence[Any]]:
    """The columns with each employer and grant without case and spaces, so that two spellings are one."""
    names = ("exercises.employer", "exercises.grant_id")
    return {**as_given, **{name: [employer_key(each) for each in as_given[name]] for name in names}}


def _twice_but_for_the_grant(as_given: Mapping[str, Sequence[Any]]) -> set[int]:
    """The places of lots without a grant that are the same as another in all else: one of both may be typed again."""
    grants = as_given["exercises.grant_id"]
    if all(grants) or not any(grants):
        return set()
    rows = doubts_of(exercise_doubts, {**as_given, "exercises.grant_id": [""] * len(grants)})
    return {place for place, (grant, row) in enumerate(zip(grants, rows, strict=True), 1) if row["twice"] and not grant}


WITHOUT_REASON: Final = ExerciseRule(
    "adjusted_without_reason",
    Why.DOUBTFUL,
    "basis_adjustment",
    lambda lot, _: (
        "the basis is adjusted by "
        + " and ".join(
            f"{EXERCISES[column].as_cell} {in_sentences(amount)}"
            for column in ("basis_adjustment", "amt_basis_adjustment")
            if (amount := getattr(lot, column)) is not None
        )
        + f", and neither {EXERCISES['acquired_by'].as_cell}, a wash sale nor {EXERCISES['doc_ref'].as_cell} says why"
    ),
    f"your workpapers of the adjustment: name them in {EXERCISES['doc_ref'].as_cell}",
    ask=Ask.PREPARER,
    reverse=lambda lot: Reversal("Without it", {"basis_adjustment": None, "amt_basis_adjustment": None}),
)
KIND: Final = ExerciseRule(
    "kind_blank",
    Why.ASSUMED,
    "kind",
    lambda lot, _: "kind is blank while other rows name theirs, so ISO is taken",
    "the grant agreement",
    ask=Ask.EMPLOYER,
    reverse=_kind_nso,
    taken=lambda lot, _: "ISO",
)


def _kinds(computed: ComputedClient) -> Iterator[Finding]:
    """Blank kinds beside typed ones."""
    lots = computed.client.exercises
    if any("kind" in lot.model_fields_set for lot in lots):
        for place, lot in enumerate(lots, 1):
            if "kind" not in lot.model_fields_set:
                yield lot_finding(computed, KIND, place, lot, {})


def lot_finding(
    computed: ComputedClient, rule: ExerciseRule, place: int, lot: Exercise, doubts: Mapping[str, Any]
) -> Finding:
    """The item of a doubt about a lot, from 1 in its table."""
    return Finding(
        rule=rule.doubt.replace("_", "-"),
        kind=rule.kind,
        why=rule.why,
        what=f"Exercise {lot.exercise_id}: {rule.say(lot, doubts)}.",
        entering=rule.entering,
        table=EXERCISES.name,
        row=place,
        column=rule.column,
        record=lot.exercise_id,
        year=int(computed.lots[place - 1]["exercises.year_included"]),
        years=computed.years_of_lot(place),
        taken=rule.taken(lot, doubts) if rule.taken else None,
        reads=rule.reads,
        ask=rule.ask,
        document=rule.document,
        reversal=rule.reverse(lot) if rule.reverse else None,
    )
