"""Help, wrong use and bad input: every message."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.batch_sources import BAD, ODD, write_files

from .desk import Output, command, desk, files

SUBCOMMANDS = (
    "build",
    "forms",
    "explain",
    "check",
    "new",
    "plan",
    "diff",
    "roll",
    "batch",
    "import",
    "export",
    "addin",
)
ADDIN = ("files", "install", "calc", "reference")
FOUR = "examples/four-years"
HEADER = "exercise_id,date_granted,date_exercised,exercise_price,fmv_exercise,shares"
ROW = "E1,2022-01-03,2025-03-14,12.50,40.25,1000"
RETURNS_HEADER = "tax_year,filing_status,wages,deduction"
RETURNS = f"{RETURNS_HEADER}\n2025,single,150000,standard\n"
SALES = "exercise_id,date_sold,shares,price\n"
FIFO = "employer,date_sold,shares,price\n"
SPLITS = "employer,effective_date,ratio\n"
GRANTS = "grant_id,date_granted,fmv_grant,shares,date_exercisable\n"
OF_ACME = f"{HEADER},employer\n{ROW},Acme\n"

# Wrong use: what the command refuses before it reads much.
WRONG = (
    (), ("biuld",), ("build",), ("build", "a", "b"), ("build", FOUR, "--rounding", "pennies"), ("new",),
    ("build", "nobody"), ("build", FOUR, "-o", "a.xls"), ("build", FOUR, "--tax-method", "tables"),
    ("build", FOUR, "--json"), ("forms", "n" * 5_000), ("explain", FOUR, "2022", "6251", "11"),
    ("explain", FOUR, "2024", "6252", "11"), ("explain", FOUR, "x", "6251", "11"),
    ("explain", FOUR, "2024", "6251", "41"), ("explain", FOUR, "2024", "6251", "11", "--depth", "99"),
    ("plan", FOUR, "--year", "2030"), ("plan", FOUR, "--price", "2"), ("plan", FOUR, "--price", "x", "--fmv", "2"),
    ("plan", FOUR, "--grant", "G-1"), ("plan", FOUR, "--grant", "G,1,2,3", "--grant", "G,1,2,3"),
    ("plan", FOUR, "--sale-price", "-1"), ("roll", FOUR, "--year", "2020"), ("roll", FOUR, "--year", "2027"),
    ("roll", FOUR, "-o", "a.pdf"), ("roll", "examples/mixed", "-o", "m.xlsx", "--report", "m.csv"), ("diff", FOUR),
    ("diff", "nobody", "none"), ("batch", FOUR), ("batch", "nobody", "-o", "out"),
    ("batch", "examples", "-o", "out", "-j", "0"), ("import", FOUR, "-o", "out"),
    ("import", "nobody.csv", "-o", "out"), ("import", "examples/README.md", "-o", "out"),
    ("import", "examples/broker-files/forms-3921.json"), ("export", FOUR, FOUR), ("export", "nobody", "out"),
    ("check", "examples"), ("check", "examples/README.md"), ("check", "examples/workpaper/workpaper.xlsx"),
    ("addin",), ("addin", "calc", "a.zip"), ("addin", "calc", "a.oxt", "--packages", "examples"),
    ("addin", "install"),
)  # fmt: skip

# Bad input by its name: the tables that differ from those that are in order. A blank text leaves a table out.
Tables = Mapping[str, str]
CLIENTS: Mapping[str, Tables] = {
    "in order": {},
    "unknown header": {"exercises": f"{HEADER},color\n{ROW},red\n"},
    "near header": {"exercises": f"{HEADER},employr\n{ROW},Acme\n"},
    "header twice": {"exercises": f"{HEADER},shares\n{ROW},1000\n"},
    "blank header": {"exercises": f"{HEADER},\n{ROW},note\n"},
    "missing columns": {"exercises": "exercise_id,shares\nE1,1000\n"},
    "no rows": {"exercises": f"{HEADER}\n"},
    "empty file": {"exercises": "\n"},
    "too many cells": {"exercises": f"{HEADER}\n{ROW},1,2\n"},
    "wrong kind": {"exercises": f"{HEADER},kind\n{ROW},RSX\n"},
    "no kind known": {"exercises": f"{HEADER},kind\nE1,,2025-03-14,,40.25,1000,RSX\n"},
    "rsu with a price": {"exercises": f"{HEADER},kind\n{ROW},RSU\n"},
    "espp without its value": {"exercises": f"{HEADER},kind\n{ROW},ESPP\n"},
    "negative": {"exercises": f"{HEADER}\nE1,2022-01-03,2025-03-14,-12.50,40.25,-1000\n"},
    "words for numbers": {"exercises": f"{HEADER}\nE1,soon,later,12.5O,$40,many\n"},
    "dates of two kinds": {"exercises": f"{HEADER}\nE1,13/01/2022,2025-02-30,1,2,3\n"},
    "exercised before granted": {"exercises": f"{HEADER}\nE1,2022-01-03,2021-03-14,1,2,3\n"},
    "blank cells": {"exercises": f"{HEADER}\n,,,,,\nE1,2022-01-03,2025-03-14,12.50,,1000\n"},
    "id twice": {"exercises": f"{HEADER}\n{ROW}\n{ROW}\n01{ROW[2:]}\n1{ROW[2:]}\n"},
    "vest without its value": {"exercises": f"{HEADER},vest_date\n{ROW},2025-06-01\n"},
    "exact price far off": {"exercises": f"{HEADER},price_exact\n{ROW},13\n"},
    "year 2017": {"returns": RETURNS.replace("2025", "2017")},
    "year twice": {"returns": RETURNS + "2025,single,1,standard\n"},
    "a year left out": {"returns": RETURNS + "2023,single,1,standard\n"},
    "status": {"returns": RETURNS.replace("single", "widow")},
    "deduction": {"returns": RETURNS.replace("standard", "both")},
    "itemized without": {"returns": RETURNS.replace("standard", "itemized")},
    "carried in later": {"returns": f"{RETURNS_HEADER},mtc_carryforward_in\n2025,S,1,,\n2026,S,1,standard,500\n"},
    "sign of a line": {"returns": "tax_year,filing_status,wages,deduction,line_2b,line_2f\n2025,S,1,standard,5,6\n"},
    "taxable income below zero": {"returns": "tax_year,filing_status,taxable_income\n2025,S,-5\n"},
    "not ready": {"returns": "tax_year,wages\n2025,\n"},
    "no returns": {"returns": ""},
    "only returns": {"exercises": ""},
    "sale of no lot": {"sales": SALES + "E9,2025-06-01,10,50\n"},
    "sale of nearly a lot": {"sales": SALES + "e1 ,2025-06-01,10,50\nE-1,2025-06-01,10,50\n"},
    "more sold than there is": {"sales": SALES + "E1,2025-06-01,800,50\nE1,2025-07-01,800,50\n"},
    "sold before": {"sales": SALES + "E1,2025-01-01,10,50\n"},
    "sale without price": {"sales": SALES + "E1,2025-06-01,10,\n"},
    "gift with price": {"sales": "exercise_id,date_sold,shares,price,disposition\nE1,2025-06-01,10,5,gift\n"},
    "loss rule": {"sales": "exercise_id,date_sold,shares,price,loss_rule\nE1,2025-06-01,10,5,none\n"},
    "box of the form": {"sales": "exercise_id,date_sold,shares,price,box_8949\nE1,2025-06-01,10,5,Z\n"},
    "first in of nobody": {"exercises": OF_ACME, "sales": FIFO + "Acne,2025-06-01,10,5\n"},
    "first in too many": {"exercises": OF_ACME, "sales": FIFO + "Acme,2025-06-01,1001,5\n"},
    "split of nobody": {"splits": SPLITS + "Acme,2025-06-01,2:1\n"},
    "split ratio": {"exercises": OF_ACME, "splits": SPLITS + "Acme,2025-06-01,2:0\nAcme,2025-07-01,x\n"},
    "split into parts": {"exercises": OF_ACME, "splits": SPLITS + "Acme,2025-06-01,1:3\n"},
    "grant without value": {"grants": GRANTS + "G-1,2024-01-03,,100,2025-01-03\n"},
    "grant twice": {"grants": GRANTS + "G-1,2024-01-03,10,100,2025-01-03\nG-1,2024-01-04,11,100,2023-01-03\n"},
    "unknown setting": {"toml": 'nam = "Smith"\nrounding = "cent"\n'},
    "bad setting": {"toml": "name = 5\ntax_method = []\n"},
    "no toml": {"toml": "name = [[[["},
    "escape codes": {"toml": 'name = "Ada\\u001b[31m\\nLovelace"\n'},
    "columns": {"exercises": f"Ident{HEADER[11:]}\n{ROW}\n", "toml": '[columns]\nIdent = "exercise_id"\n'},
    "columns of nothing": {"toml": '[columns]\nIdent = "exercise"\n'},
    "several at once": {
        "exercises": f"{HEADER},color\n01,2022-01-03,2025-03-14,12.5O,40.25,1000,\n",
        "returns": RETURNS.replace("2025", "2017"),
        "sales": SALES + "E9,2025-06-01,10,50\n",
    },
}  # fmt: skip


def help_pages() -> Iterator[Output]:
    """The help of every command."""
    with desk():
        yield command("isobook", "--help")
        yield command("version", "--version")
        for name in SUBCOMMANDS:
            yield command(name, name, "--help")
        for name in ADDIN:
            yield command(f"addin-{name}", "addin", name, "--help")


def wrong_use() -> Iterator[Output]:
    """Each wrong use on a desk of its own: some of them make something."""
    for arguments in WRONG:
        with desk():
            yield command(" ".join(arguments)[:60].replace("/", ".") or "nothing", *arguments)


def bad_clients() -> Iterator[Output]:
    """What build, check, forms and diff say of a client whose files are not in order."""
    with desk():
        for name, changed in CLIENTS.items():
            shutil.rmtree("smith", ignore_errors=True)
            Path("smith").mkdir()
            for table, text in ({"exercises": f"{HEADER}\n{ROW}\n", "returns": RETURNS} | dict(changed)).items():
                if text:
                    file = "client.toml" if table == "toml" else f"{table}.csv"
                    Path("smith", file).write_text(text, encoding="utf-8")
            for verb in ("build", "check", "forms", "plan"):
                yield command(f"{name}/{verb}", verb, "smith")
            yield command(f"{name}/diff", "diff", FOUR, "smith")


def hostile_clients() -> Iterator[Output]:
    """Files that look for trouble, each alone and all in one run."""
    with desk():
        everything = {name: dict(content) for name, content in (BAD | ODD).items()}
        write_files(Path("clients"), everything)
        for name in everything:
            for verb in ("check", "forms"):
                yield command(f"{name}/{verb}", verb, f"clients/{name}")
        yield command("batch", "batch", "clients", "-o", "out", "-j", "1")
        yield from files("batch", "out")
