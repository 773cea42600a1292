"""Put the pages of the site together: `python -m law_book build/pages` takes the checkout's and adds the law book."""

import shutil
import sys
import tomllib
from pathlib import Path

from .llms import llms
from .pages import pages, years_list

ROOT = Path(__file__).parents[1]
SITE = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]
OUTSIDE = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "examples/README.md", "benchmarks/RESULTS.md")
WORKBOOKS = ("examples/sample/six-years.xlsx", "examples/workpaper/workpaper.xlsx")  # to be downloaded from a page


def stage(target: Path) -> None:
    """Lay the pages out as they lie in the checkout, so that their links hold; what was in `target` is removed."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "docs", target / "docs")
    for name in (*OUTSIDE, *WORKBOOKS):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target / name)
    book = target / "docs" / "law-book"
    book.mkdir()
    for name, text in pages().items():
        (book / name).write_text(text, encoding="utf-8")
    introduction = target / "docs" / "law-book.md"
    title, _, words = introduction.read_text("utf-8").partition("\n\n")
    introduction.write_text(f"{title}\n\n{years_list()}\n{words}", encoding="utf-8")
    texts = {path.relative_to(target).as_posix(): path.read_text("utf-8") for path in target.rglob("*.md")}
    (target / "llms.txt").write_text(llms(SITE, texts, page_address), encoding="utf-8")


def page_address(page: str) -> str:
    """Where the site has a page, from its root: it makes index.html of each README.md."""
    return page.replace("README.md", "index.html").removesuffix(".md").removesuffix(".html") + ".html"


if __name__ == "__main__":
    stage(Path(sys.argv[1]))
