"""File names from any text: safe on Windows, macOS and Linux, and apart from each other."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isobook.batching.file_names import LONGEST, MOST_BYTES, clash_key, distinct_stem, file_stem

ANY_TEXT = st.text(max_size=300) | st.text(alphabet="./\\: nulcoNUL\u0301e\u200e$~-", max_size=12)


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("Jordan Sample", "Jordan Sample"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x", "C--Windows-x"),
        ("NUL", "_NUL"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("COM¹", "_COM¹"),
        ("console", "console"),
        ("Index", "_Index"),
        ("trailing. . ", "trailing"),
        (".hidden", "hidden"),
        ("~$lock", "lock"),
        ("-rf", "rf"),
        ("=1+1", "1+1"),
        ("a\x00b\nc\u202ed", "a b c d"),
        ("", "client"),
        ("...", "client"),
        ("e\u0301", "é"),
    ],
)
def test_a_name_is_made_safe(text: str, stem: str) -> None:
    """Each kind of trouble, once."""
    assert file_stem(text) == stem


@given(ANY_TEXT)
def test_no_text_makes_an_unsafe_name(text: str) -> None:
    """Never empty, never a path, of bounded length, the same again when it is made safe again."""
    stem = file_stem(text)
    assert stem
    assert not set(stem) & set('<>:"/\\|?*')
    assert not stem.startswith((".", " ", "~", "-", "$"))
    assert not stem.endswith((".", " "))
    assert all(unicodedata.category(each)[0] != "C" for each in stem)
    assert len(stem) <= LONGEST + 1
    assert len(stem.encode()) <= MOST_BYTES + 1
    assert unicodedata.is_normalized("NFC", stem)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_two_sources_of_one_name_get_different_files(name: str, one: str, other: str) -> None:
    """By a digest where their own names are too alike."""
    if one != other:
        stems = {clash_key(distinct_stem(name, source, 1)) for source in (one, other)}
        assert len(stems) == 2


@pytest.mark.parametrize(("one", "other"), [("Smith", "SMITH"), ("é", "e\u0301"), ("Straße", "STRASSE")])
def test_names_that_are_one_file_elsewhere_clash(one: str, other: str) -> None:
    """Windows and macOS fold case, macOS composes letters."""
    assert clash_key(file_stem(one)) == clash_key(file_stem(other))
