"""Which characters a document can hold."""

from __future__ import annotations

import re
from typing import Final

NONE_OF_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2
OF_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def showable(words: str) -> str:
    """The words; a character that no document can hold, and nobody can see, is a space."""
    return NONE_OF_XML.sub(" ", words)


def is_one_line(words: str) -> bool:
    """Tell words without a break or another character of control."""
    return not OF_CONTROL.search(words)
