"""What clients ask, answered with their own figures, and what is looked at before the returns are signed."""

from __future__ import annotations

from ..exercised import write_exact_prices
from ..writing import Writer
from .answers import write_answers
from .before_signing import write_closing
from .grants import ask_on_limit


def write_questions(letter: Writer) -> None:
    """The rows of the sheet Questions."""
    letter.head("Questions and answers")
    write_answers(letter)
    write_exact_prices(letter)
    if letter.shape.grant_rows:
        ask_on_limit(letter)
    write_closing(letter)
