"""What peers need for the same work. Runs in an environment of their own, knows nothing of isobook, prints JSON.

python peers.py tenforty | taxcalc ROWS | cells FILE.json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any

Found = dict[str, Any]


def best(work: Callable[[], object], times: int) -> float:
    """The best of some runs, in seconds."""
    found = []
    for _ in range(times):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return min(found)


def tenforty() -> Found:
    """One return of 2024 by OpenTaxSolver and by tenforty's graph: regular tax with gains, and AMT."""
    from tenforty import evaluate_return  # type: ignore[import-not-found]

    given = {"w2_income": 200_000, "long_term_capital_gains": 20_000, "incentive_stock_option_gains": 300_000}
    found: Found = {"version": version("tenforty")}
    for backend in ("ots", "graph"):
        result = evaluate_return(year=2024, filing_status="Single", backend=backend, **given)
        found[f"{backend} amt"] = result.federal_amt
        found[backend] = best(partial(evaluate_return, year=2024, filing_status="Single", backend=backend, **given), 50)
    return found


def taxcalc(rows: int) -> Found:
    """So many returns of 2024, all that Tax-Calculator figures; the first run, which compiles, is not counted."""
    import pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]
    from taxcalc import Calculator, Policy, Records  # type: ignore[import-not-found]

    numbers = range(rows)
    wages = [20_000.0 + 9 * (number % 97_000) for number in numbers]
    columns = {
        "RECID": [1 + number for number in numbers],
        "MARS": [1 + number % 4 for number in numbers],
        "FLPDYR": 2024,
        "e00200": wages,
        "e00200p": wages,
        "e00600": 4_000.0,
        "e00650": 3_000.0,
        "p23250": [-20_000.0 + 7 * (number % 31_000) for number in numbers],
        "cmbtp": [5.0 * (number % 99_000) for number in numbers],
    }
    frame = pandas.DataFrame(columns)
    policy = Policy()
    policy.set_year(2024)

    def calculator() -> Any:
        records = Records(data=frame.copy(), start_year=2024, weights=None, gfactors=None, adjust_ratios=None)
        return Calculator(policy=policy, records=records, verbose=False)

    calculator().calc_all()
    seconds = []
    for _ in range(5):
        ready = calculator()
        seconds.append(best(ready.calc_all, 1))
    return {"version": version("taxcalc"), "seconds": min(seconds)}


def cells(path: str) -> Found:
    """Writing a workbook's cells, formulas with their values: XlsxWriter, and openpyxl, which leaves values out."""
    sheets = json.loads(Path(path).read_text("utf-8"))

    def xlsxwriter() -> bytes:
        from xlsxwriter import Workbook  # type: ignore[import-not-found,import-untyped,unused-ignore]

        target = BytesIO()
        with Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
            for title, content in sheets.items():
                sheet = book.add_worksheet(title)
                for row, column, formula, value in content:
                    if formula:
                        sheet.write_formula(row, column, formula, None, value)
                    else:
                        sheet.write(row, column, value)
        return target.getvalue()

    def openpyxl() -> bytes:
        from openpyxl import Workbook  # type: ignore[import-untyped,unused-ignore]

        target, book = BytesIO(), Workbook()
        book.remove(book.worksheets[0])
        for title, content in sheets.items():
            sheet = book.create_sheet(title)
            for row, column, formula, value in content:
                sheet.cell(row + 1, column + 1).value = formula or value
        book.save(target)
        return target.getvalue()

    return {
        "XlsxWriter": best(xlsxwriter, 5),
        "openpyxl": best(openpyxl, 5),
        "versions": {name: version(name) for name in ("XlsxWriter", "openpyxl")},
    }


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    peers: dict[str, Callable[[], Found]] = {
        "tenforty": tenforty,
        "taxcalc": lambda: taxcalc(int(arguments[0])),
        "cells": lambda: cells(arguments[0]),
    }
    print(json.dumps(peers[command]()))  # noqa: T201  # for the benchmark that began this
