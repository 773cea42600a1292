"""The columns of exercises.csv: shares that came in one day, as Forms 3921 and 3922 have them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal, get_args

from .blank import NEVER, NONE, NOTHING, filled, filled_with, none_but_asked, same_as, stands_for, word
from .column import Columns, Limits, Needed, RecordTable, Unit, entry

KindOfPay = Literal["ISO", "NSO", "RSU", "ESPP"]
AcquiredBy = Literal["spouse", "inheritance"]  # of what the client did not acquire by exercise
KIND_SPELLINGS: Final = {
    "nqso": "NSO",
    "nq": "NSO",
    "restrictedstockunit": "RSU",
    "restrictedstockunits": "RSU",
    "employeestockpurchaseplan": "ESPP",
}
ADJUSTED: Final = filled("exercises.basis_adjustment")  # of an estate both systems take the same value (IRC 1014)


class ExerciseColumns(Columns):
    """One exercise, delivery or purchase: dollars per share, shares, days."""

    exercise_id: str = entry(
        Unit.ID,
        "an id of letters, digits and . _ - /",
        blank=NEVER,
        label="Lot",
        aliases="id; lot; lot id; exercise; exercise number; exercise no; account number",
        docs="letters, digits and `. _ - /`; no two that Excel holds equal, such as `01` and `1`",
        docs_found="your choice; account number of Form 3921",
    )
    employer: str | None = entry(
        Unit.TEXT,
        "the employer's name",
        blank=NOTHING,
        label="Employer",
        aliases="box 6; company; company name; corporation; corporate name; employer name; issuer; transferor",
        docs="the corporation whose stock it is",
        docs_found="Form 3921, transferor or box 6",
    )
    grant_id: str | None = entry(
        Unit.TEXT,
        "the grant's number or name",
        blank=NOTHING,
        label="Grant",
        aliases="grant; grant number; grant no; award id; option id",
        docs="the grant",
        docs_found="grant agreement",
    )
    kind: KindOfPay = entry(
        Unit.WORD,
        "ISO, NSO, RSU or ESPP (blank: ISO)",
        choices=get_args(KindOfPay),
        spellings=KIND_SPELLINGS,
        blank=filled_with("ISO"),
        label="Kind",
        aliases="type; option type; grant type; award type; ISO or NSO",
        docs_unit="ISO, NSO, RSU or ESPP",
        docs="blank is ISO",
        docs_found="grant agreement",
    )
    date_granted: date | None = entry(
        Unit.DAY,
        "the day the option was granted, YYYY-MM-DD or MM/DD/YYYY (Form 3921 box 1)",
        needed=Needed.UNLESS_RSU,
        blank=NONE,
        label="Granted\nbox 1",
        aliases=(
            "box 1; date option granted; option grant date; grant date; granted; date of grant; award date; 3922 box 1"
        ),
        docs="the day of the grant; needed, but for an RSU",
        docs_found="Form 3921 box 1; Form 3922 box 1",
    )
    date_exercised: date = entry(
        Unit.DAY,
        "the day of exercise, YYYY-MM-DD or MM/DD/YYYY (Form 3921 box 2)",
        blank=NEVER,
        label="Exercised\nbox 2",
        aliases=(
            "box 2; date option exercised; option exercise date; exercise date; exercised; date of exercise; 3922 "
            "box 2; purchase date; date of purchase; purchased; release date; delivery date"
        ),
        docs="the day of the exercise, delivery or purchase",
        docs_found="Form 3921 box 2; Form 3922 box 2",
    )
    exercise_price: Decimal = entry(
        Unit.DOLLARS_A_SHARE,
        "the exercise price in dollars per share, such as 12.50 (Form 3921 box 3)",
        limits=Limits.NOT_NEGATIVE,
        needed=Needed.UNLESS_RSU,
        blank=NONE,
        label="Price\nbox 3",
        aliases=(
            "box 3; exercise price per share; exercise price a share; strike; strike price; grant price; option "
            "price; price per share; 3922 box 5; exercise price paid per share; price paid per share; purchase "
            "price; purchase price per share"
        ),
        docs="the price paid; needed, but for an RSU",
        docs_found="Form 3921 box 3; Form 3922 box 5",
    )
    fmv_exercise: Decimal = entry(
        Unit.DOLLARS_A_SHARE,
        "the fair market value on the exercise day in dollars per share, such as 40.25 (Form 3921 box 4)",
        limits=Limits.NOT_NEGATIVE,
        blank=NEVER,
        label="Value\nbox 4",
        aliases=(
            "box 4; fair market value per share on exercise date; FMV per share on exercise date; exercise market "
            "value; FMV; fair market value; fair market value per share; FMV per share; market value; FMV at "
            "exercise; FMV on exercise date; exercise date FMV; exercise FMV; fair market value at exercise; fair "
            "market value on exercise date; 3922 box 4; FMV at purchase; FMV on purchase date; purchase date FMV; "
            "purchase date fair mkt value"
        ),
        docs="the value on the day of the exercise, delivery or purchase",
        docs_found="Form 3921 box 4; Form 3922 box 4",
    )
    shares: Decimal = entry(
        Unit.SHARES,
        "the number of shares transferred, such as 1,000 (Form 3921 box 5)",
        limits=Limits.MORE_THAN_ZERO,
        blank=NEVER,
        label="Shares\nbox 5",
        aliases=(
            "box 5; no of shares transferred; number of shares transferred; shares transferred; number of shares; "
            "no of shares; shares exercised; quantity; qty; 3922 box 6; shares purchased"
        ),
        docs="the shares transferred; parts of a share exist",
        docs_found="Form 3921 box 5; Form 3922 box 6",
    )
    vest_date: date | None = entry(
        Unit.DAY,
        "the day stock that was unvested at exercise vested, YYYY-MM-DD or MM/DD/YYYY",
        blank=NONE,
        label="Vested\nlater",
        aliases="vesting date; date vested; vested",
        docs="the day the stock vested, if it was unvested at exercise",
        docs_found="broker's vesting schedule",
    )
    fmv_vest: Decimal | None = entry(
        Unit.DOLLARS_A_SHARE,
        "the fair market value on vest_date in dollars per share",
        limits=Limits.NOT_NEGATIVE,
        needed=Needed.WITH_VEST_DATE,
        blank=NONE,
        label="Value\nat vest",
        aliases="vest date FMV; FMV at vest; FMV on vest date; vest FMV; fair market value at vest",
        docs="the value on that day",
        docs_found="broker's confirmation",
    )
    election_83b: bool | None = entry(
        Unit.YES_NO,
        "yes or no: was a section 83(b) election filed for AMT?",
        blank=NONE,
        label="83(b)\nfiled",
        aliases="83(b); 83(b) election; 83(b) filed",
        docs="whether a section 83(b) election was filed for AMT",
        docs_found="the election, with proof of mailing",
    )
    price_exact: Decimal | None = entry(
        Unit.DOLLARS_A_SHARE,
        "the exercise price in dollars per share, where box 3 is rounded, such as 1.2345",
        limits=Limits.NOT_NEGATIVE,
        blank=same_as("exercise_price"),
        called="the price paid",
        label="Exact price",
        aliases="exact price; exact exercise price; unrounded price",
        docs=(
            "the price where box 3 is rounded to cents; `isobook check` and the sheet Exercises show what it "
            "changes, and one that does not round to box 3 is noted"
        ),
        docs_found="broker's confirmation",
    )
    fmv_grant: Decimal | None = entry(
        Unit.DOLLARS_A_SHARE,
        "the fair market value on the grant date in dollars per share (ESPP: Form 3922 box 3)",
        limits=Limits.NOT_NEGATIVE,
        needed=Needed.OF_ESPP,
        blank=NONE,
        label="ESPP: value\nat grant",
        aliases=(
            "3922 box 3; fair market value per share on grant date; FMV per share on grant date; FMV at grant; FMV "
            "on grant date; grant date FMV; fair market value at grant; fair market value on grant date; grant "
            "market value"
        ),
        docs="ESPP, where it is needed: the value on the day of the grant",
        docs_found="Form 3922 box 3",
    )
    price_at_grant: Decimal | None = entry(
        Unit.DOLLARS_A_SHARE,
        "the price in dollars per share as if bought on the grant date (ESPP: Form 3922 box 8; blank: the price paid)",
        limits=Limits.NOT_NEGATIVE,
        blank=same_as("price_exact", word("exercises.kind").equals("ESPP")),
        called="the price as if bought on the grant date (Form 3922 box 8)",
        label="ESPP: price\nas at grant",
        aliases=(
            "box 8; 3922 box 8; exercise price per share determined as if the option was exercised on the date "
            "shown in box 1; exercise price per share as if the option was exercised on the grant date; exercise "
            "price per share as if exercised on grant date; price as if exercised on grant date; price as if "
            "exercised on the grant date; price per share as if exercised on the grant date; grant date exercise "
            "price"
        ),
        docs=(
            "ESPP: the price as if bought on the day of the grant; blank is the price paid, as where it was fixed then"
        ),
        docs_found="Form 3922 box 8",
    )
    date_transferred: date | None = entry(
        Unit.DAY,
        "the day the employee first passed legal title on, YYYY-MM-DD or MM/DD/YYYY (ESPP: Form 3922 box 7)",
        blank=NOTHING,
        label="ESPP: title\npassed on",
        aliases=(
            "box 7; 3922 box 7; date legal title transferred by transferor; date legal title transferred; title "
            "transfer date"
        ),
        docs=(
            "ESPP: the day your client first passed legal title on, to a broker or a buyer; kept for the record, "
            "for the periods run from `date_exercised`"
        ),
        docs_found="Form 3922 box 7",
    )
    acquired_by: AcquiredBy | None = entry(
        Unit.WORD,
        "exercise, spouse or inheritance (blank: exercise)",
        choices=("exercise", *get_args(AcquiredBy)),
        spellings={
            "exercised": "exercise",
            "divorce": "spouse",
            "formerspouse": "spouse",
            "inherited": "inheritance",
            "heir": "inheritance",
        },
        blank=stands_for("exercise"),
        label="Acquired\nby",
        aliases="how acquired; acquired through; acquisition",
        docs=(
            "blank is your client's own exercise; `spouse` is shares that a spouse or former spouse exercised and "
            "passed on (IRC 1041), `inheritance` shares of someone who died: neither is on line 2i of this client"
        ),
        docs_found="divorce decree; estate papers",
    )
    held_since: date | None = entry(
        Unit.DAY,
        "the day from which the shares count as held for capital gains, YYYY-MM-DD or MM/DD/YYYY",
        blank=NONE,
        label="Held\nsince",
        aliases="holding period from; holding period begins; held from",
        docs=(
            "the day from which they count as held, for short-term or long-term in both systems, where it is another "
            "one, as after a wash sale (IRC 1223(3)); never for the periods of IRC 422(a)(1) and 423(a)(1)"
        ),
        docs_found="your workpapers",
    )
    basis_adjustment: Decimal | None = entry(
        Unit.DOLLARS,
        "dollars added to the basis of the whole lot, or taken off it",
        blank=none_but_asked(word("exercises.acquired_by").equals("inheritance")),  # IRC 1014: the value at death
        label="Basis\nadjustment",
        aliases="adjustment to basis; basis increase; wash sale basis",
        docs=(
            "of the whole lot: the loss that a wash sale moved here (IRC 1091(d)), or value at death less price paid; "
            "line 2i never takes it"
        ),
        docs_found="`isobook check` for a wash sale; estate papers; divorce decree",
    )
    amt_basis_adjustment: Decimal | None = entry(
        Unit.DOLLARS,
        "dollars added to the AMT basis of the whole lot, or taken off it (blank: basis_adjustment)",
        blank=same_as("basis_adjustment", ADJUSTED & ~word("exercises.acquired_by").equals("inheritance")),
        label="AMT basis\nadjustment",
        aliases="AMT adjustment to basis; adjustment to AMT basis; AMT wash sale basis",
        docs="the same for the AMT basis; blank is `basis_adjustment`, and `isobook check` says so",
        docs_found="the same, with AMT figures",
    )
    employment_ended: date | None = entry(
        Unit.DAY,
        "the day on which employment with the employer ended, YYYY-MM-DD or MM/DD/YYYY",
        blank=NOTHING,
        label="Employment\nended",
        aliases="date employment ended; termination date; last day of employment; date of termination",
        docs=(
            "the last day of employment: `isobook check` asks where an ISO was exercised more than three months after "
            "it (IRC 422(a)(2)); it never changes `kind`"
        ),
        docs_found="your client; the employer's letter",
    )
    doc_ref: str | None = entry(
        Unit.TEXT,
        "where the document is found",
        blank=NOTHING,
        label="Document",
        aliases="document; document reference; reference; ref; source",
        docs="your reference to the document",
        docs_found="your workpapers",
    )


EXERCISES: Final = RecordTable("exercises", ExerciseColumns)
