"""Put the pages of the site together: `python -m law_book build/pages` takes the checkout's and adds the law book."""

import shutil
import sys
from pathlib import Path

from .pages import pages, years_list

ROOT = Path(__file__).parents[1]
OUTSIDE = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "examples/README.md", "benchmarks/RESULTS.md")


def stage(target: Path) -> None:
    """Lay the pages out as they lie in the checkout, so that their links hold; what was in `target` is removed."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "docs", target / "docs")
    for name in OUTSIDE:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target / name)
    book = target / "docs" / "law-book"
    book.mkdir()
    for name, text in pages().items():
        (book / name).write_text(text, encoding="utf-8")
    introduction = target / "docs" / "law-book.md"
    introduction.write_text(f"{introduction.read_text('utf-8')}\n{years_list()}", encoding="utf-8")


if __name__ == "__main__":
    stage(Path(sys.argv[1]))
