"""llms.txt: the pages of the navigation with a sentence each, for programs that read documentation (llmstxt.org)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Link = Callable[[str], str]  # from a page, "docs/batch.md", to the address that stands in the list


def llms(site: Mapping[str, Any], texts: Mapping[str, str], link: Link) -> str:
    """The list, of the project table of zensical.toml and the pages by their paths; KeyError where one has no text."""
    lines = [f"# {site['site_name']}", "", f"> {site['site_description']}"]
    for entry in site["nav"]:
        ((title, what),) = entry.items()
        pages = [(title, what)] if isinstance(what, str) else list(_pages(what))
        lines += ["", f"## {title}", ""]
        lines += [f"- [{name}]({link(page)}): {sentence(texts[page])}" for name, page in pages]
    return "\n".join([*lines, ""])


def _pages(entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        yield from entry.items()


def sentence(page: str) -> str:
    """The first sentence of a page in plain text: what it is about."""
    paragraphs = re.split(r"\n\s*\n", re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL))
    words = next(each for each in paragraphs if re.match(r"[\w*“\"(`=]", each))
    plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(words.split())).replace("*", "")
    return re.split(r"(?<=[^.][.?])\s", plain)[0].rstrip(":")
