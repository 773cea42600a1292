"""The command `isobook batch`: many clients in one run. What goes wrong becomes words and exit codes in `cli.py`."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from engine.records import Rounding, TaxMethod
from workbook_templates.xlsx.zip_writer import Compression

from ..batching import BatchRun, Outcome, run
from ..batching.jobs import StopRunError
from ..batching.workers import Workers, cluster, processes
from ..words.terminal import complain, say
from .options import EncryptFlag, password_in

STOPPED = 130  # what a shell gives for Ctrl-C


def batch(
    sources: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCES",
            help="A folder of client folders and workbooks, or tables (or one CSV) with a column client_id.",
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="Where the workbooks go.")],
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", min=1, max=512, help="Processes to work in. [default: one per core]")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Use a running Dask cluster that sees the same folders.")
    ] = None,
    rounding: Annotated[
        Rounding | None, typer.Option(help="Compute in whole dollars or in cents. [default: as each client says]")
    ] = None,
    tax_method: Annotated[
        TaxMethod | None,
        typer.Option(help="Regular tax below 100,000 by Tax Table or rate schedules. [default: as each client says]"),
    ] = None,
    compression: Annotated[
        Compression, typer.Option(help="fast, or small: a tenth smaller in twice the time.")
    ] = "fast",
    password_file: EncryptFlag = None,
) -> None:
    """Make the workbooks of many clients, and an index of them.

    Clients whose files have not changed since the last run are skipped; one client's problems never cost the others.
    """
    password_in(password_file)  # told before anything is made
    night = BatchRun(sources, output, rounding, tax_method, compression, password_file)
    start = monotonic()
    try:
        outcome = run(night, _workers(jobs, scheduler))
    except StopRunError as error:
        complain(f"Stopped: {error} What was finished stays; the same command goes on from there.")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        complain("Stopped. What was finished stays; the same command goes on from there.")
        raise typer.Exit(STOPPED) from None
    _tell(outcome, output, monotonic() - start)
    if outcome.failed:
        raise typer.Exit(1)


def _workers(jobs: int | None, scheduler: str | None) -> Workers:
    if scheduler is None:
        return processes(jobs or os.cpu_count() or 1)
    if jobs is not None:
        raise typer.BadParameter("the cluster says how many: leave --jobs out.", param_hint="--jobs")
    try:
        return cluster(scheduler)
    except ImportError:
        raise typer.BadParameter(
            'needs the extra isobook[dask]: in the folder of isobook type uv tool install ".[dask]"',
            param_hint="--scheduler",
        ) from None
    except (OSError, ValueError) as error:
        raise typer.BadParameter(f"no cluster answers at {scheduler} ({error}).", param_hint="--scheduler") from None


def _tell(outcome: Outcome, output: Path, seconds: float) -> None:
    rate = outcome.clients / seconds if seconds else 0
    clients = "client" if outcome.clients == 1 else "clients"
    say(
        f"{outcome.clients:,} {clients} in {seconds:,.1f} seconds ({rate:,.0f} a second): {outcome.made:,} made, "
        f"{outcome.unchanged:,} unchanged, {outcome.failed:,} failed."
    )
    say(f"See {output / 'index.xlsx'}: what needs a person comes first.")
    if outcome.failed:
        more = outcome.failed - len(outcome.first_failed)
        names = ", ".join(outcome.first_failed) + (f" and {more:,} more" if more else "")
        complain(f"Failed: {names}. What is wrong is listed in {output / 'problems.csv'}.")
    if outcome.not_read:
        complain(f"Not read, because they stand in no client's folder: {outcome.not_read:,} of the files in SOURCES.")
    for file in outcome.left_over:
        complain(f"{output / file} is of an earlier run and no client's any more; it was left there.")
