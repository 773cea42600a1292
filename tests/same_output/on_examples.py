"""What the commands make of the examples: workbooks, forms, reasons, plans, and the other way round."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from openpyxl import load_workbook

from tests.form_3921_pdf import form_3922, listed, printed, scanned, tabled

from .desk import BOOKS, CASES, EXAMPLES, Output, command, commands, desk, example_clients, files, said, source_of

# A handful of lines of every form: every second one in even years, the others in odd years.
LINES = {
    "6251": ("1", "1b", "2i", "2k", "4", "5", "7", "8", "10", "11", "12", "18", "36", "40"),
    "8801": ("1", "9", "15", "18", "21", "25", "26", "45", "55"),
    "1040": ("agi", "deductions", "taxable_income", "schedule_d_tax", "tax"),
    "D": ("1b", "7", "8b", "15", "16", "19", "21"),
    "AMT-D": ("1b", "7", "15", "18", "21"),
    "QDCG": ("1", "5", "22", "25"),
    "SDTW": ("1", "19", "47"),
    "AMT-SDTW": ("10", "13"),
    "attach": ("test 1", "test 2", "test 3", "refigured 5"),
    "carryover": ("4", "8", "13"),
    "AMT-carryover": ("8", "13"),
    "ledger": ("opening", "made", "used", "closing"),
}
OFFERS = ("--price", "2", "--fmv", "40", "--grant", "G-1,1000,2.50,40", "--grant", "G-2,5000,30,41.25")
PRICES = ("--sale-price", "12", "--later-price", "14.50")


def example(name: str) -> Iterator[Output]:
    """The workbook of an example and what is said of it."""
    with desk():
        source = source_of(name)
        yield command("build", "build", source, "-o", "made.xlsx")
        yield from files("workbook", "made.xlsx")
        yield command("forms", "forms", source)
        yield command("forms-json", "forms", source, "--json")
        yield command("check", "check", source)
        yield command("plan", "plan", source)
        yield command("read-back/check", "check", "made.xlsx")
        yield command("read-back/build", "build", "made.xlsx", "-o", "again.xlsx")
        yield from files("read-back", "again.xlsx")


def workpaper() -> Iterator[Output]:
    """The example that is made by a program."""
    with desk():
        make = EXAMPLES / "workpaper" / "make.py"
        done = subprocess.run([sys.executable, str(make), "made.xlsx"], capture_output=True, text=True, check=False)
        yield "made", f"exit {done.returncode}\n{done.stdout}{done.stderr}".encode()
        yield from files("workbook", "made.xlsx")


def every_command(name: str) -> Iterator[Output]:
    """The commands that an example alone can be given."""
    with desk():
        source = source_of(name)
        said("build", source, "-o", "made.xlsx")
        for flags in (("--rounding", "cents"), ("--tax-method", "schedule"), ("--rounding", "dollars")):
            word = flags[1]
            yield command(f"{word}/build", "build", source, "-o", f"{word}.xlsx", *flags)
            yield from files(word, f"{word}.xlsx")
            yield command(f"{word}/forms-json", "forms", source, "--json", *flags)
            yield command(f"{word}/plan-json", "plan", source, "--json", *flags)
        yield command("plan-offers", "plan", source, *OFFERS)
        yield command("plan-prices", "plan", source, *PRICES)
        yield command("plan-json", "plan", source, "--json", *OFFERS, *PRICES)
        for year in _years(source):
            chosen = {form: lines[int(year) % 2 :: 2] for form, lines in LINES.items()}
            every = [("explain", source, year, form, line) for form, lines in chosen.items() for line in lines]
            deep = [("explain", source, year, form, lines[-1], "--depth", "4") for form, lines in chosen.items()]
            yield commands(f"explain/{year}", [*every, *deep[:3], ("explain", source, year, "6251", "41")])
            yield command(f"plan-{year}", "plan", source, "--year", year)
        for kind, given in (("folder", source), ("book", "made.xlsx")):
            yield command(f"export-of-{kind}", "export", given, f"out-{kind}")
            yield from files(f"export-of-{kind}", f"out-{kind}")
            yield command(f"roll-of-{kind}", "roll", given, "-o", f"next-{kind}.xlsx")
            yield from files(f"roll-of-{kind}", f"next-{kind}.xlsx")
        for report in ("then.csv", "then.txt"):
            yield command(f"roll-{report}", "roll", "made.xlsx", "-o", f"{report}.xlsx", "--report", report)
            yield from files("roll", report)


def _years(source: str) -> list[str]:
    told = said("forms", source, "--json").partition("\n")[2].partition("--- stderr")[0]
    return list(json.loads(told)["years"])


def two_sources() -> Iterator[Output]:
    """Comparisons for a reviewer."""
    with desk():
        shutil.copytree("examples/four-years", "other")
        returns = Path("other/returns.csv")
        returns.write_text(returns.read_text("utf-8").replace("2024,single,210000", "2024,single,215000"), "utf-8")
        said("build", "other", "-o", "other.xlsx")
        names = [source_of(each) for each in example_clients()]
        pairs = [*pairwise(names), ("examples/four-years", "other"), ("other.xlsx", "other")]
        pairs += [("examples/four-years", "other.xlsx"), ("examples/four-years", "nobody")]
        for a, b in pairs:
            key = f"{a}-{b}".replace("examples/", "").replace("/", ".")
            yield command(f"{key}/words", "diff", a, b)
            yield command(f"{key}/json", "diff", a, b, "--json")
            yield command(f"{key}/cents", "diff", a, b, "--rounding", "cents")


def old_books(name: str) -> Iterator[Output]:
    """A workbook of version 0.1.0 as it was kept, and after a person typed into it; later examples have none."""
    if not (BOOKS / f"{name}.xlsx").exists():
        return
    with desk():
        shutil.copy(BOOKS / f"{name}.xlsx", "old.xlsx")
        book = load_workbook("old.xlsx")
        typed = 0
        for sheet in book.worksheets:  # every fifth number that was typed is 7 larger; a word stands over a formula
            cells = [cell for row in sheet.iter_rows() for cell in row]
            if sheet.title in ("Inputs", "Exercises", "Sales", "Grants"):
                for cell in [each for each in cells if each.data_type == "n" and not each.protection.locked][::5]:
                    if isinstance(cell.value, int | float):
                        cell.value, typed = cell.value + 7, typed + 1
            formulas = [each for each in cells if each.data_type == "f"]
            if formulas and sheet.title.startswith("6251"):
                formulas[len(formulas) // 2].value = 12345
        book.save("edited.xlsx")
        yield "typed", str(typed).encode()
        for kind in ("old", "edited"):
            yield command(f"{kind}/check", "check", f"{kind}.xlsx")
            yield command(f"{kind}/build", "build", f"{kind}.xlsx", "-o", f"{kind}-again.xlsx")
            yield command(f"{kind}/export", "export", f"{kind}.xlsx", f"out-{kind}")
            yield command(f"{kind}/roll", "roll", f"{kind}.xlsx", "-o", f"{kind}-next.xlsx")
            yield from files(kind, f"{kind}-again.xlsx", f"{kind}-next.xlsx", f"out-{kind}")
        yield command("diff", "diff", "old.xlsx", "edited.xlsx")


def many_clients() -> Iterator[Output]:
    """All examples in one run, again, and as tables of many clients."""
    with desk():
        said("build", "examples/mixed", "-o", "examples/mixed-book.xlsx")
        yield command("first", "batch", "examples", "-o", "out", "-j", "1")
        yield from files("out", "out")
        yield command("again", "batch", "examples", "-o", "out", "-j", "1")
        yield from files("out-again", "out/index.csv", "out/index.xlsx", "out/problems.csv")
        yield command("cents", "batch", "examples", "-o", "cents", "-j", "1", "--rounding", "cents")
        yield from files("cents", "cents")
        Path("tables").mkdir()
        for table in ("exercises", "returns"):
            with Path(f"examples/four-years/{table}.csv").open(encoding="utf-8", newline="") as file:
                header, *lines = csv.reader(file)
            rows = [[client, *line] for client in ("ada", "Béla") for line in lines]
            with Path(f"tables/{table}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([["client_id", *header], *rows])
        yield command("tables", "batch", "tables", "-o", "of-tables", "-j", "1")
        yield from files("of-tables", "of-tables")


def imports() -> Iterator[Output]:
    """Files of brokers and filers, each alone and all together."""
    with desk():
        shutil.copytree(CASES / "imports", "cases")
        pdf = {
            "printed": printed([{}, {"account": "", "2": "05/06/2024"}]),
            "listed": listed({}),
            "tabled": tabled([{}]),
        }
        for name, data in (pdf | {"form-3922": form_3922(), "scanned": scanned()}).items():
            Path(f"cases/{name}.pdf").write_bytes(data)
        every = [*sorted(Path("cases").iterdir()), *sorted(Path("examples/broker-files").iterdir())]
        for number, file in enumerate(every):
            for options in ((), ("--options-are", "iso"), ("--options-are", "nso")):
                key, folder = f"{file.name}/{'-'.join(options[1:]) or 'plain'}", f"out-{number}-{len(options[1:])}"
                folder += options[1] if options else ""
                yield command(key, "import", str(file), "-o", folder, *options)
                yield from files(key, folder)
        good = ("examples/broker-files/gains-and-losses.csv", "examples/broker-files/forms-3921.json")
        yield command("together", "import", *good, "cases/boxes.csv", "-o", "smith")
        yield command("together-again", "import", *good, "cases/fdx-v5.json", "-o", "smith")
        yield command("together-check", "check", "smith")
        yield from files("together", "smith")


def new_client() -> Iterator[Output]:
    """The folder of a new client, and what is said of it as it is."""
    with desk():
        yield command("new", "new", "smith")
        yield from files("smith", "smith")
        yield command("again", "new", "smith")
        for verb in ("check", "build", "forms", "plan"):
            yield command(f"{verb}-empty", verb, "smith")
            yield command(f"{verb}-example", verb, "smith/example")
