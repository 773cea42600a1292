"""The pages that people read, and the blocks in them: what is typed, what is filled in, what is shown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md", "benchmarks/RESULTS.md"]
PAGES += sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))
TEXTS = {page: (ROOT / page).read_text(encoding="utf-8") for page in PAGES}
FENCE = re.compile(r'^( *)```(\w*)(?: title="([^"]+)")?\n(.*?)^\1```$', re.MULTILINE | re.DOTALL)
TYPED = ("", "sh", "powershell")  # languages of what is typed at a prompt

REST = "...\n"


class Block(NamedTuple):
    """A fenced block: its language, the file whose content it shows, and the text."""

    language: str
    title: str
    text: str


class Command(NamedTuple):
    """A line as it is typed, and the output that the page shows: None is none, and "..." at its end is the rest."""

    line: str
    output: str | None

    def shows(self, output: str) -> bool:
        """Tell whether the page shows this output."""
        if self.output is None:
            return True
        return output.startswith(self.output[: -len(REST)]) if self.output.endswith(REST) else output == self.output


def blocks(page: str, *languages: str) -> list[Block]:
    """The blocks of a page from top to bottom, in some languages ("" for none)."""
    found = [Block(each[2], each[3] or "", textwrap.dedent(each[4])) for each in FENCE.finditer(TEXTS[page])]
    return [block for block in found if block.language in languages]


def commands(block: Block) -> Iterator[Command]:
    """The commands of a block: each line, or in a `console` each line after a `$` with what follows it."""
    if block.language == "console":
        for each in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            line, _, output = each.partition("\n")
            yield Command(line, output)
    elif block.language in TYPED:
        for line in block.text.splitlines():
            if line.strip() and not line.startswith("#"):
                yield Command(line.partition("  #")[0].strip(), None)
