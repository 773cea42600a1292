"""What a row of E*TRADE's download tells of the shares that were sold: their kind, and the lot they came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ...sources.headers import plain
from ..found_records import SOLD_ONLY, FoundAt, FoundLot
from ..grids import amount_text

SOURCE: Final = "E*TRADE Gains & Losses"
_OPTION: Final = {  # the plain header of each cell of a lot, by kind of pay
    "grantnumber": "grant_id",
    "grantdate": "date_granted",
    "exercisedate": "date_exercised",
    "grantprice": "exercise_price",
    "exercisedatefmv": "fmv_exercise",
}
LOTS: Final[Mapping[str, Mapping[str, str]]] = {
    "ISO": _OPTION,
    "NSO": _OPTION,
    "RSU": {
        "grantnumber": "grant_id",
        "grantdate": "date_granted",
        "vestdate": "date_exercised",
        "vestdatefmv": "fmv_exercise",
    },
    "ESPP": {
        "grantdate": "date_granted",
        "purchasedate": "date_exercised",
        "purchaseprice": "exercise_price",
        "purchasedatefairmktvalue": "fmv_exercise",
        "grantdatefmv": "fmv_grant",
    },
}
NAMES: Final = {  # the headers as E*TRADE writes them
    "date_granted": "Grant Date", "date_exercised": "Exercise Date", "exercise_price": "Grant Price",
    "fmv_exercise": "Exercise Date FMV", "fmv_grant": "Grant Date FMV",
}  # fmt: skip
OF_PLAN: Final = {
    "RSU": {"date_exercised": "Vest Date", "fmv_exercise": "Vest Date FMV"},
    "ESPP": {
        "date_exercised": "Purchase Date", "exercise_price": "Purchase Price",
        "fmv_exercise": "Purchase Date Fair Mkt. Value",
    },
}  # fmt: skip
WHERE_ELSE: Final = {  # what else tells of such a lot
    "NSO": "type the exercise into exercises.csv with kind NSO, from the broker's confirmation",
    "RSU": "type the delivery into exercises.csv with kind RSU, from the release confirmation",
    "ESPP": "import Form 3922, or type the purchase into exercises.csv with kind ESPP",
}
PRICES: Final = ("exercise_price", "fmv_exercise", "fmv_grant")
_ZERO: Final = re.compile(r"\$?0*\.?0*")
NOT_OPTION_STOCK: Final = (
    "bought in the market: no option stock; its gain belongs to short_term_gain or long_term_gain of returns.csv"
)
ELECTED: Final = (
    "restricted stock with a section 83(b) election: the value at grant was wages, which kind RSU does not know; its "
    "gain belongs to short_term_gain or long_term_gain of returns.csv"
)
NOT_QUALIFIED: Final = (
    "a purchase plan that is not qualified under section 423: the discount was wages; type the purchase into "
    "exercises.csv with kind NSO, and the sale into sales.csv"
)


def why_not(row: Mapping[str, str], plan: str) -> str:
    """Why a row of a plan is not taken; "" where it is. Rows are by plain header."""
    if plan == "buy":
        return NOT_OPTION_STOCK
    if plan == "rs" and row.get("83belection", "").casefold() in ("yes", "y", "true"):
        return ELECTED
    told = row.get("qualifiedplan", "").casefold()
    return NOT_QUALIFIED if plan == "espp" and told in ("no", "n", "false") else ""


def lot_of(row: Mapping[str, str], kind: str, symbol: str, place: FoundAt) -> FoundLot:
    """The lot of a row, its shares unknown; `lacks` names the headers without which it cannot be added."""
    cells = {column: row.get(header, "") for header, column in LOTS[kind].items()}
    for name in PRICES:  # 0 stands there for what the file does not tell
        cells[name] = amount_text(cells.get(name, ""))
        cells[name] = "" if _ZERO.fullmatch(cells[name]) else cells[name]
    needed = [name for name in LOTS[kind].values() if name != "grant_id" and (kind, name) != ("RSU", "date_granted")]
    lacks = [(NAMES | OF_PLAN.get(kind, {}))[name] for name in needed if not cells[name]]
    filled = {name: cell for name, cell in cells.items() if cell}
    reference = SOURCE if kind == "ISO" else f"{SOURCE}, {SOLD_ONLY}"
    filled |= {"employer": symbol, "kind": kind, "doc_ref": reference}
    return FoundLot(filled, place, only_sold=True, lacks=() if kind == "ISO" else tuple(lacks))


def spelled_as(kind: str, spelled: Mapping[str, str]) -> dict[str, str]:
    """How the download spells each column of a lot of a kind; `spelled` has its headers by plain header."""
    return {column: spelled[plain(header)] for header, column in LOTS[kind].items() if plain(header) in spelled}
