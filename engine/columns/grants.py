"""The columns of grants.csv: a part of a grant that becomes exercisable on one day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from .blank import NEVER, NONE, NOTHING, computed, same_as
from .column import Columns, Limits, RecordTable, Unit, entry


class GrantColumns(Columns):
    """One tranche of an option: dollars per share on the grant day, shares, days."""

    grant_id: str = entry(
        Unit.TEXT,
        "the grant's number or name, as in exercises.csv",
        blank=NEVER,
        label="Grant",
        aliases="id; grant; grant number; grant no; award id; award number; option id; option number",
        docs="the grant, as in `exercises.csv`; rows of one grant agree in employer, day and value",
        docs_found="grant notice",
    )
    employer: str | None = entry(
        Unit.TEXT,
        "the employer's name, as in exercises.csv",
        blank=computed("one employer, that of all rows without a name"),
        label="Employer",
        aliases="company; company name; corporation; corporate name; employer name; issuer",
        docs="the corporation, as in `exercises.csv`; each has a limit of its own",
        docs_found="grant notice",
    )
    corporate_group: str | None = entry(
        Unit.TEXT,
        "one name for a parent and its subsidiaries (blank: the employer by itself)",
        blank=same_as("employer"),
        label="Corporate group",
        aliases="group; parent; parent company; parent corporation; controlled group",
        docs="one name for a parent and its subsidiaries, which share one limit; blank is the employer by itself",
        docs_found="annual report",
    )
    date_granted: date = entry(
        Unit.DAY,
        "the day the option was granted, YYYY-MM-DD or MM/DD/YYYY",
        blank=NEVER,
        label="Granted",
        aliases="grant date; granted; date of grant; award date; option grant date; date option granted",
        docs="the day of the grant: older grants come first; of one day, the upper row (provisional)",
        docs_found="grant notice",
    )
    fmv_grant: Decimal = entry(
        Unit.DOLLARS_A_SHARE,
        "the fair market value on the grant day in dollars per share, such as 10.00",
        limits=Limits.MORE_THAN_ZERO,
        blank=NEVER,
        label="Value\nat grant",
        aliases=(
            "FMV at grant; FMV on grant date; FMV at grant date; grant date FMV; grant FMV; value at grant; fair "
            "market value at grant; fair market value on grant date; fair market value per share on grant date; "
            "market value at grant"
        ),
        docs="the value of the stock on that day",
        docs_found="grant notice; often the exercise price",
    )
    shares: Decimal = entry(
        Unit.SHARES,
        "the number of shares that become exercisable on that day, such as 1,000",
        limits=Limits.MORE_THAN_ZERO,
        blank=NEVER,
        label="Shares",
        aliases="quantity; qty; number of shares; no of shares; shares exercisable; tranche shares; shares in tranche",
        docs="the shares that become exercisable on the day; whole shares are counted as ISOs",
        docs_found="vesting schedule",
    )
    date_exercisable: date | None = entry(
        Unit.DAY,
        "the first day on which these shares can be bought, YYYY-MM-DD or MM/DD/YYYY (blank: the grant day)",
        blank=same_as("date_granted"),
        label="Exercisable\nfrom",
        aliases=(
            "exercisable; exercisable on; exercisable from; exercisable date; date first exercisable; first "
            "exercisable; first exercisable date; first exercise date"
        ),
        docs=(
            "the first day on which they can be bought; blank is the grant day, for an option that can be "
            "exercised before it vests"
        ),
        docs_found="vesting schedule",
    )
    date_accelerated: date | None = entry(
        Unit.DAY,
        "the day an acceleration made them exercisable earlier, YYYY-MM-DD or MM/DD/YYYY",
        blank=NONE,
        label="Accelerated\nto",
        aliases="accelerated; acceleration; acceleration date; date of acceleration; accelerated to",
        docs="the day on which an acceleration made them exercisable earlier",
        docs_found="company notice",
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


GRANTS: Final = RecordTable("grants", GrantColumns)
