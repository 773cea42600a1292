"""What is asked of a client: the documents that open items wait for, by who has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.clients.item_rows import ItemRow, open_rows
from engine.clients.projection import Projection
from engine.clients.resting import NOTHING, rests_on
from engine.columns import Ask, ItemKind

ASKED: Final = (Ask.CLIENT, Ask.EMPLOYER, Ask.BROKER)  # what the preparer can settle is not asked of the client
KINDS: Final = (ItemKind.MISSING, ItemKind.CONFIRM, ItemKind.ESTIMATE)  # nothing waits for what is optional
NO_DOCUMENT: Final = "Your answer"  # where no document tells


@dataclass
class DocumentRequest:
    """A document of a year, and each reason why it is needed; `year` is None where it is of no single year."""

    document: str
    year: int | None
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Requests:
    """The requests by whom they are put to, and how many open rows are not asked of the client."""

    by_whom: Mapping[Ask, list[DocumentRequest]]
    of_preparer: int
    optional: int

    @property
    def count(self) -> int:
        """All documents together."""
        return sum(map(len, self.by_whom.values()))


def requests_of(projection: Projection) -> Requests:
    """The most pressing first; items that the same document of the same year settles are one request."""
    rests = rests_on(projection)
    found: dict[tuple[Ask, str, int | None], DocumentRequest] = {}
    of_preparer = 0
    for kind in KINDS:
        for row in open_rows(projection.open_items, kind):
            finding = row.first.finding
            if finding.ask not in ASKED:
                of_preparer += 1
                continue
            document = _capital(finding.document) or NO_DOCUMENT
            request = found.setdefault((finding.ask, document, finding.year), DocumentRequest(document, finding.year))
            request.reasons.append(_reason(row, rests.get(row.first.id, "")))
    by_whom = {ask: [each for key, each in found.items() if key[0] is ask] for ask in ASKED}
    optional = len(open_rows(projection.open_items, ItemKind.OPTIONAL))
    return Requests({ask: asked for ask, asked in by_whom.items() if asked}, of_preparer, optional)


def _reason(row: ItemRow, rests: str) -> str:
    """Why it is needed, and what would change, where anything does."""
    changes = "" if rests.startswith(NOTHING.removesuffix(".")) else rests
    return " ".join(filter(None, (row.as_asked, changes)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
