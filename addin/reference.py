"""The function reference, written from the registry: docs/functions.md and the Functions sheet of a workbook."""

from __future__ import annotations

from typing import Final, NamedTuple

from engine.federal.tax_year import PARAMETERS
from engine.filing import YEARS

from . import functions
from .convention import Function
from .functions import REGISTRY

GROUPS: Final = {
    "Exercises and sales": (
        "ISO_ADJ", "ISO_BASIS", "AMT_BASIS", "ISO_DISPOSITION", "ISO_INCOME", "ISO_GAIN", "AMT_GAIN",
    ),
    "The tax of a year": ("AMT_EXEMPTION", "TMT", "REG_TAX", "AMT", "AMT_CREDIT", "AMT_PARAM"),
    "Planning": ("ISO_CROSSOVER", "ISO_MAX_SHARES"),
    "In words": ("AMT_FORM", "AMT_EXPLAIN", "ISO_CHECK"),
}  # fmt: skip


class Example(NamedTuple):
    """A call as it is typed, and the cells that it is made of."""

    function: str
    cells: tuple[object, ...]

    @property
    def formula(self) -> str:
        """'=TMT(200000,"single",2025)'."""
        return f"={self.function}({','.join(map(_typed, self.cells))})"

    @property
    def result(self) -> str:
        """What the cell shows; of a table the first row of figures."""
        result = getattr(functions, self.function)(*self.cells)
        if isinstance(result, list):
            first = result[1] if len(result) > 1 else result[0]
            return "a table: " + " | ".join(map(_shown, first)) + " …"
        return _shown(result)


SALE: Final = (100, 10, 25, 30, "2023-01-03", "2024-03-13", "2025-01-13")
EXAMPLES: Final = {
    example.function: example
    for example in (
        Example("ISO_ADJ", (1000, 10, 50)),
        Example("ISO_BASIS", (100, 10, 1500)),
        Example("AMT_BASIS", (100, 10, 25)),
        Example("ISO_DISPOSITION", SALE[4:]),
        Example("ISO_INCOME", SALE),
        Example("ISO_GAIN", SALE),
        Example("AMT_GAIN", SALE),
        Example("AMT_EXEMPTION", (700000, "single", 2025)),
        Example("TMT", (200000, "single", 2025)),
        Example("REG_TAX", (150000, "single", 2025)),
        Example("AMT", (200000, 150000, "single", 2025)),
        Example("AMT_CREDIT", (5000, 40000, 38000)),
        Example("AMT_PARAM", ("amt_breakpoint", "single", 2025)),
        Example("ISO_CROSSOVER", (160000, 150000, "single", 2025)),
        Example("ISO_MAX_SHARES", (10, 50, 160000, 150000, "single", 2025)),
        Example("AMT_FORM", (200000, 150000, "single", 2025)),
        Example("AMT_EXPLAIN", (6, 200000, 150000, "single", 2025)),
        Example("ISO_CHECK", ("TMT", 200000, "single", 2031)),
    )
}
INTRODUCTION: Final = f"""# Worksheet functions

<!-- Written by `isobook addin reference`; a test holds it to the code. -->

The same functions in Excel (xlwings, xlwings Lite) and in LibreOffice Calc. How to get them: [Excel on
Windows](worksheet-excel.md), [Excel on Mac and the web](worksheet-lite.md), [LibreOffice Calc](worksheet-calc.md).

- **Amounts** are dollars, read and given to the cent; prices are dollars per share. Forms round to dollars, so a
  printed form may differ by a dollar.
- **Ranges**: every argument may be a cell or a range. A row beside a column gives a table. A range is one call, and
  spills.
- **Blank**: a blank optional argument takes its default; a blank required one is `#VALUE!`, never 0. `ISO_CHECK` names
  what was taken, unless a blank means none.
- **Errors** are real cell errors: `#VALUE!` where a cell does not fit, `#N/A` where there is no such tax year
  ({YEARS[0]} to {YEARS[-1]} are there). An error that comes in goes out. `ISO_CHECK` says why, in words.
- **Dates** are date cells, day numbers, or text such as 2025-03-14 or 03/14/2025. TRUE and FALSE are no numbers.
- **amti** is Form 6251 line 4, after the married-separate addition. `net_capital_gain` is without qualified dividends
  and is the figure for AMT; `regular_capital_gain` is the regular one. A net loss is 0 here. Unrecaptured section 1250
  gain, 28% gain and foreign tax credits are computed in the workbook, not here.
- **status** is `single`, `married_joint`, `married_separate`, `head_of_household`, `surviving_spouse`, or S, MFJ, MFS,
  HOH, QSS.
"""


def markdown() -> str:
    """The page docs/functions.md."""
    parts = [INTRODUCTION]
    for group, names in GROUPS.items():
        parts.append(f"## {group}\n")
        parts += [_section(REGISTRY[name]) for name in names]
    parts.append(_parameters())
    return "\n".join(parts)


def table() -> list[list[str]]:
    """The Functions sheet: name, what it gives, its arguments, an example, what that shows; a heading first."""
    rows = [["Function", "What it gives", "Arguments", "Example", "Shows"]]
    for names in GROUPS.values():
        for name in names:
            each = REGISTRY[name]
            example = EXAMPLES[name]
            rows.append([name, each.help, each.signature, example.formula, example.result])
    return rows


def _section(function: Function) -> str:
    example = EXAMPLES[function.name]
    lines = [f"### {function.name}", "", f"`{function.signature}`", "", function.help, ""]
    lines += ["| argument | |", "|---|---|"]
    shown = [each for each in function.parameters if not each.name.startswith("argument_")]
    lines += [f"| {_name(each.name, each.required)} | {each.help} |" for each in shown]
    if len(shown) < len(function.parameters):
        lines.append("| argument_1 … | The arguments of that call |")
    return "\n".join([*lines, "", f"`{example.formula}` shows **{example.result}**", ""])


def _name(name: str, required: bool) -> str:
    return f"`{name}`" if required else f"`[{name}]`"


def _parameters() -> str:
    lines = ["## Names for AMT_PARAM", "", "| name | figure |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{each.name}` | {each.label} |" for each in PARAMETERS), ""])


def _typed(cell: object) -> str:
    return f'"{cell}"' if isinstance(cell, str) else str(cell)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return str(value)
