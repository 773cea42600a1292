"""The tables of docs/json.md as the tables of records have their columns."""

from __future__ import annotations

import re
from typing import Final

from engine.clients.explain import flat
from engine.federal.stock.hundred_thousand_limit import grants
from engine.federal.stock.record_tables import exercises, sales
from engine.language.nodes import Kind
from engine.language.table import Table

PAGE = "docs/json.md"
HEAD = "| key | unit | what it is | authority |\n|---|---|---|---|\n"
SECTIONS: Final = {"lot": exercises, "sale": sales, "tranche": grants}
UNITS: Final = {
    Kind.MONEY: "dollars",
    Kind.PRICE: "dollars per share",
    Kind.SHARES: "shares",
    Kind.COUNT: "count",
    Kind.RATE: "rate",
    Kind.YEAR: "year",
    Kind.DAY: "day",
    Kind.FLAG: "true or false",
    Kind.TEXT: "text",
}


def documented(table: Table) -> str:
    """One row a column, in the order of the JSON."""
    rows = [
        (f"`{each.leaf.line}`", UNITS[each.leaf.kind], each.alone or flat(each.label), each.cite)
        for each in table.columns
    ]
    return HEAD + "".join("|" + "".join(f" {cell} |" if cell else " |" for cell in row) + "\n" for row in rows)


def with_tables(text: str) -> str:
    """The page with each table under its heading."""
    for what, table in SECTIONS.items():
        before, heading, section = text.partition(f"## The columns of a {what}\n")
        above, _, below = section.partition("\n## ")
        words = re.sub(r"(\| key \|.*|<!-- \w+ -->\n)", "", above, flags=re.DOTALL).strip("\n")
        between = f"\n{words}\n\n" if words else "\n"
        text = f"{before}{heading}{between}{documented(table)}" + (f"\n## {below}" if below else "")
    return text
