"""Nothing that a workbook shows changes when other programs recalculate it, and no validator finds a fault in it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

import pytest

from engine import project
from tests.spreadsheets import recalculated_by_libreoffice, validate_open_xml
from tests.spreadsheets.engines import Values
from tests.spreadsheets.lean_copies import without_remarks
from tests.workbook_proofs import CHECKOUT, Proof, client_of, differences_from, prove, side_by_side
from workbook_templates.fill import shape_of

EXAMPLES = sorted(path.parent.name for path in (CHECKOUT / "examples").glob("*/exercises.csv"))  # the clients
BOOKS = [*EXAMPLES, *map(str, range(50))]
VALIDATED = BOOKS


@pytest.fixture(scope="session")
def proofs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[Proof]]:
    """Every book, built and recalculated in Python; like workbooks follow each other and share their sheets."""
    alike = sorted(BOOKS, key=lambda book: shape_of(project(client_of(book))))
    return side_by_side(prove, alike, tmp_path_factory.mktemp("books"))


class Programs(NamedTuple):
    """What the two real programs say of each book."""

    libreoffice: dict[str, Values]
    validator: dict[str, list[str]]


@pytest.fixture(scope="session")
def programs(proofs: dict[str, Future[Proof]], tmp_path_factory: pytest.TempPathFactory) -> Programs:
    """One LibreOffice for all books, those of the examples with their remarks; the validator on each meanwhile."""
    paths = {book: proof.result().path for book, proof in proofs.items() if not proof.exception()}
    lean = tmp_path_factory.mktemp("without remarks")
    opened = [path if book in EXAMPLES else without_remarks(path, lean) for book, path in paths.items()]
    with ThreadPoolExecutor(2) as pool:
        values = pool.submit(recalculated_by_libreoffice, opened)
        validated = pool.map(validate_open_xml, [paths[book] for book in VALIDATED if book in paths])
        return Programs(dict(zip(paths, values.result(), strict=True)), dict(zip(VALIDATED, validated, strict=True)))


@pytest.mark.parametrize("book", BOOKS)
def test_ironcalc_changes_no_cached_value(proofs: dict[str, Future[Proof]], book: str) -> None:
    """Numbers bit for bit, words letter for letter."""
    assert proofs[book].result().ironcalc == []


@pytest.mark.parametrize("book", BOOKS)
def test_formualizer_changes_no_cached_value(proofs: dict[str, Future[Proof]], book: str) -> None:
    """Numbers bit for bit, words letter for letter."""
    assert proofs[book].result().formualizer == []


@pytest.mark.parametrize("book", BOOKS)
def test_the_lint_finds_nothing(proofs: dict[str, Future[Proof]], book: str) -> None:
    """Safe functions, legal names, no formula unlocked, every link and name leads to a cell of the file."""
    assert proofs[book].result().lint == []


@pytest.mark.real_program
@pytest.mark.parametrize("book", BOOKS)
def test_hard_recalculation_by_libreoffice_changes_no_cached_value(
    proofs: dict[str, Future[Proof]], programs: Programs, book: str
) -> None:
    """Numbers bit for bit, words letter for letter."""
    proof = proofs[book].result()
    assert differences_from(proof.cached, proof.path, "libreoffice", programs.libreoffice[book]) == []


@pytest.mark.real_program
@pytest.mark.parametrize("book", VALIDATED)
def test_the_open_xml_validator_finds_nothing(programs: Programs, book: str) -> None:
    """Microsoft's own, as strict as the schema."""
    assert programs.validator[book] == []
