import csv
import io
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import InputError
from engine.records import Client, Exercise, Return
from isobook.sources import read_source

HEADER = "exercise_id,employer,date_granted,date_exercised,exercise_price,fmv_exercise,shares"

a_temporary_folder_serves_every_example = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def folder(path: Path, exercises: bytes, returns: bytes, toml: bytes = b"") -> Path:
    """A client folder of these files."""
    (path / "exercises.csv").write_bytes(exercises)
    (path / "returns.csv").write_bytes(returns)
    (path / "client.toml").write_bytes(toml)
    return path


def survives(path: Path, exercises: bytes, returns: bytes, toml: bytes) -> None:
    """Reading gives a client or an InputError, whose message can be printed."""
    try:
        assert isinstance(read_source(folder(path, exercises, returns, toml)), Client)
    except InputError as error:
        str(error).encode()


@a_temporary_folder_serves_every_example
@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=60))
def test_no_bytes_break_the_reader(tmp_path: Path, exercises: bytes, returns: bytes, toml: bytes) -> None:
    """Whatever a file holds, it is read or refused."""
    survives(tmp_path, exercises, returns, toml)


CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["1", "01", "2025", "2024-02-29", "1/1/2030", "(5)", "1e99", "NaN", "yes", "S", '"', "\n", "\ufeff"]
    ),
)


@a_temporary_folder_serves_every_example
@given(st.lists(st.lists(CELL, max_size=9), max_size=6), st.lists(st.lists(CELL, max_size=6), max_size=4))
def test_no_cells_break_the_reader(tmp_path: Path, exercises: list[list[str]], returns: list[list[str]]) -> None:
    """Whatever stands below a header that is right, it is read or refused."""
    tables = []
    for header, rows in ((HEADER, exercises), ("tax_year,filing_status,wages,line_2b,line_2c,deduction", returns)):
        lines = "\n".join(",".join(row) for row in rows)
        tables.append(f"{header}\n{lines}".encode("utf-8", "replace"))
    survives(tmp_path, tables[0], tables[1], b"")


MONEY = st.decimals(min_value=0, max_value=999_999, places=4)
SIGNED = st.decimals(min_value=-999_999, max_value=999_999, places=2)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2026, 12, 31))
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@st.composite
def exercises(draw: st.DrawFn, number: int) -> Exercise:
    """Any exercise that is in order."""
    granted, exercised, vested = sorted(draw(st.tuples(DAYS, DAYS, DAYS)))
    kind = draw(st.sampled_from(["ISO", "NSO", "RSU", "ESPP"]))
    option, espp = kind in ("ISO", "NSO"), kind == "ESPP"
    later = option and draw(st.booleans())
    return Exercise(
        exercise_id=f"E{number}", employer=draw(TEXT), grant_id=draw(TEXT), kind=kind,
        date_granted=None if kind == "RSU" else granted, date_exercised=exercised,
        exercise_price=None if kind == "RSU" else draw(MONEY), fmv_exercise=draw(MONEY),
        shares=draw(st.integers(1, 500)), vest_date=vested if later else None, fmv_vest=draw(MONEY) if later else None,
        election_83b=draw(st.none() | st.booleans()) if option else None,
        price_exact=draw(st.none() | MONEY) if kind != "RSU" else None, fmv_grant=draw(MONEY) if espp else None,
        price_at_grant=draw(st.none() | MONEY) if espp else None,
        date_transferred=draw(st.sampled_from([None, vested])) if espp else None, doc_ref=draw(TEXT),
    )  # fmt: skip


@st.composite
def clients(draw: st.DrawFn) -> Client:
    """Any client that is in order."""
    years = draw(st.integers(0, 3))
    returns = [
        Return(
            tax_year=2023 + place, filing_status=draw(st.sampled_from([None, "single", "married_joint"])),
            wages=draw(st.none() | MONEY), other_income=draw(st.none() | SIGNED), line_2c=draw(st.none() | SIGNED),
            line_2b=draw(st.none() | MONEY.map(lambda amount: -amount)), form_8834_8911=draw(st.none() | st.booleans()),
        )
        for place in range(years)
    ]  # fmt: skip
    return Client(
        exercises=[draw(exercises(number)) for number in range(draw(st.integers(0, 3)))], returns=returns, name="client"
    )


def written(records: tuple[Exercise, ...] | tuple[Return, ...], kind: type[Exercise | Return]) -> bytes:
    """The records as CSV text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(kind.model_fields)
    for record in records:
        cells = record.model_dump().values()
        writer.writerow(["yes" if cell is True else "no" if cell is False else cell for cell in cells])
    return text.getvalue().encode()


@a_temporary_folder_serves_every_example
@given(clients())
def test_a_client_that_is_written_reads_back_equal(tmp_path: Path, client: Client) -> None:
    """Amounts, days, answers and text all survive being CSV text."""
    path = tmp_path / "client"
    path.mkdir(exist_ok=True)
    folder(path, written(client.exercises, Exercise), written(client.returns, Return))
    assert read_source(path) == client
