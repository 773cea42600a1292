"""All that is compared, in parts that can be worked out side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from . import on_examples, random_books, refusals, worksheet
from .desk import ROOT, Output, example_clients

PRESENT = ROOT / "build" / "same_output"
DIGITS = 16


class Job(NamedTuple):
    """Some outputs, whose keys begin with its name."""

    name: str
    work: Callable[[], Iterable[Output]]

    def outputs(self) -> Iterator[Output]:
        """Each with its whole key."""
        for key, content in self.work():
            yield "/".join(filter(None, (self.name, *key.split("/")))), content


def jobs() -> Iterator[Job]:
    """All of them, long ones first."""
    for name in example_clients():
        yield Job(f"examples/{name}", partial(on_examples.example, name))
        yield Job(f"commands/{name}", partial(on_examples.every_command, name))
        yield Job(f"commands/old-book-{name}", partial(on_examples.old_books, name))
    yield Job("examples/workpaper", on_examples.workpaper)
    yield Job("docs", worksheet.pages)
    yield Job("commands/diff", on_examples.two_sources)
    yield Job("commands/batch", on_examples.many_clients)
    yield Job("commands/import", on_examples.imports)
    yield Job("commands/new", on_examples.new_client)
    yield Job("commands/help", refusals.help_pages)
    yield Job("commands/wrong-use", refusals.wrong_use)
    yield Job("commands/bad-clients", refusals.bad_clients)
    yield Job("commands/hostile-clients", refusals.hostile_clients)
    yield Job("functions/installation", worksheet.installation)
    for name in worksheet.NAMES:
        yield Job(f"functions/{name}", partial(worksheet.function, name))
    for group in range(random_books.COUNT // random_books.TOGETHER):
        yield Job(f"random/{group:02}", partial(random_books.random_books, group))


def digests(job: Job, recorded: Mapping[str, str] | None) -> dict[str, str]:
    """The digest of each output; what differs from the record, if there is one to compare with, is written down."""
    found: dict[str, str] = {}
    for key, content in job.outputs():
        assert key not in found, f"two outputs are called {key}"
        found[key] = sha256(content).hexdigest()[:DIGITS]
        if recorded is not None and recorded.get(key) != found[key]:
            path = PRESENT / key
            path.parent.mkdir(parents=True, exist_ok=True)
            (path.with_name(f"{path.name}.txt") if "." not in path.name else path).write_bytes(content)
    return found
