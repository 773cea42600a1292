"""The columns of sales.csv: a line of Form 1099-B, or shares given away."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal, get_args

from .blank import NEVER, NONE, NOTHING, amount, computed, stands_for
from .column import Columns, Limits, Needed, RecordTable, Unit, entry

Disposition = Literal["gift", "spouse", "death"]  # of what is no sale
LossRule = Literal["wash_sale", "related_party"]
Box8949 = Literal["A", "B", "C", "D", "E", "F"]


class SaleColumns(Columns):
    """Shares of one lot that were sold or given away; dollars are those of the whole sale."""

    exercise_id: str | None = entry(
        Unit.ID,
        "the name of the lot sold (blank: first in, first out, with the employer)",
        blank=computed("first in, first out from the lots of the employer"),
        label="Lot",
        aliases="id; lot; lot id; lot number; lot no; exercise; exercise number; exercise no",
        docs="the lot sold, as in `exercises.csv`; blank is first in, first out",
        docs_found="broker's confirmation",
    )
    date_sold: date = entry(
        Unit.DAY,
        "the day of sale, YYYY-MM-DD or MM/DD/YYYY (Form 1099-B box 1c)",
        blank=NEVER,
        label="Sold",
        aliases=(
            "box 1c; 1c; 1099-B box 1c; form 1099-B box 1c; 1c date sold or disposed; date sold or disposed; date "
            "sold or disposed of; sold; sold on; sale date; date of sale; trade date; date disposed; disposal date"
        ),
        docs="the day of the sale",
        docs_found="Form 1099-B box 1c",
    )
    disposition: Disposition | None = entry(
        Unit.WORD,
        "sale, gift, spouse or death (blank: sale)",
        choices=("sale", *get_args(Disposition)),
        spellings={"sold": "sale"},
        blank=stands_for("sale"),
        label="Dispo-\nsition",
        aliases="kind of disposition; sale or gift; how disposed",
        docs="blank is a sale; `gift`, `spouse` or `death`, with no price",
        docs_found="your client",
    )
    shares: Decimal = entry(
        Unit.SHARES,
        "the number of shares sold, such as 100",
        limits=Limits.MORE_THAN_ZERO,
        blank=NEVER,
        label="Shares",
        aliases="quantity; qty; shares sold; quantity sold; number of shares; no of shares; number of shares sold",
        docs="the shares sold",
        docs_found="Form 1099-B box 1a",
    )
    price: Decimal | None = entry(
        Unit.DOLLARS_A_SHARE,
        "the price in dollars per share, such as 55.25 (Form 1099-B: box 1d divided by the shares)",
        limits=Limits.NOT_NEGATIVE,
        needed=Needed.OF_A_SALE,
        blank=NONE,
        label="Price",
        aliases=(
            "price per share; price a share; price/share; sale price; sales price; selling price; sold price; "
            "price sold; sale price per share; proceeds a share; proceeds per share"
        ),
        docs="the price received; needed for a sale. Of a gift or death of ESPP shares the value that day (IRC 423(c))",
        docs_found="Form 1099-B box 1d, divided by the shares",
    )
    selling_costs: Decimal | None = entry(
        Unit.DOLLARS,
        "the costs of the whole sale in dollars, where price is before them",
        limits=Limits.NOT_NEGATIVE,
        blank=NONE,
        label="Selling\ncosts",
        aliases=(
            "selling cost; costs; fees; commission; commissions; fees and commissions; commissions and fees; fees "
            "& commissions; commissions & fees; selling expenses; transaction costs"
        ),
        docs="of the whole sale, where the price is before them",
        docs_found="broker's confirmation",
    )
    loss_rule: LossRule | None = entry(
        Unit.WORD,
        "wash_sale or related_party, where a loss does not count",
        choices=get_args(LossRule),
        spellings={"wash": "wash_sale", "related": "related_party"},
        blank=NONE,
        label="Loss\nrule",
        docs="`wash_sale` or `related_party` where a loss does not count; for a part of a sale, split the row",
        docs_found="Form 1099-B box 1g",
    )
    w2_income: Decimal | None = entry(
        Unit.DOLLARS,
        "ordinary income of this sale that is inside wages (Form W-2 box 1), in dollars",
        limits=Limits.NOT_NEGATIVE,
        blank=computed("none of the income is in wages: all of it is added to them", amount("sales.ordinary") > 0),
        label="In wages\n(W-2)",
        aliases=(
            "W-2 income; income in W-2; ordinary income in W-2; ordinary income on W-2; compensation income; "
            "income in wages; ordinary income recognized"
        ),
        docs=(
            "ordinary income of this sale that is inside `wages`; the rest is added to them, all of it where the "
            "cell is blank, and `isobook check` says so"
        ),
        docs_found="Form W-2 box 1, box 14",
    )
    employer: str | None = entry(
        Unit.TEXT,
        "the employer's name, needed where no lot is named",
        needed=Needed.WITHOUT_LOT,
        blank=computed("the employer of the lot"),
        aliases="company; company name; corporation; corporate name; employer name; issuer",
        docs="needed where `exercise_id` is blank",
        docs_found="Form 1099-B box 1a",
    )
    broker_basis: Decimal | None = entry(
        Unit.DOLLARS,
        "the basis of the whole sale in dollars, as on Form 1099-B box 1e",
        limits=Limits.NOT_NEGATIVE,
        blank=computed("the regular basis, as where the broker reports none"),
        label="Broker's\nbasis",
        aliases=(
            "box 1e; 1e; 1099-B box 1e; form 1099-B box 1e; 1e cost or other basis; cost or other basis; cost "
            "basis; basis; reported basis; basis reported; broker's basis; 1099-B basis"
        ),
        docs=(
            "of the whole sale, as the broker reports it; Form 8949 corrects it in column (g), beside box B or E "
            "in column (e)"
        ),
        docs_found="Form 1099-B box 1e",
    )
    box_8949: Box8949 | None = entry(
        Unit.WORD,
        "the box of Form 8949, A to F",
        choices=get_args(Box8949),
        spellings={f"box{box.lower()}": box for box in get_args(Box8949)},
        blank=computed("box A or D where the broker reports a basis"),
        label="Box",
        aliases=(
            "8949 box; form 8949 box; box on form 8949; 8949 code; form 8949 code; checkbox on form 8949; "
            "applicable checkbox on form 8949; applicable check box on form 8949"
        ),
        docs_unit="A to F",
        docs="the box of Form 8949",
        docs_found="Form 1099-B",
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


SALES: Final = RecordTable("sales", SaleColumns)
