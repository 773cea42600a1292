"""The checks: two figures that should be equal, or something that is still to come; each with what to do."""

from __future__ import annotations

from engine.language.form import Form
from engine.language.roles import Role

from ...drawing.layout import Shape
from ..of_years import flag_of
from .against_documents import document_checks
from .against_sources import source_checks
from .declaring import Check, Checks
from .of_ledger import ledger_checks
from .of_records import record_checks
from .verdict import declare_verdict

__all__ = ["Check", "declare_checks"]


def declare_checks(form: Form, shape: Shape) -> tuple[Check, ...]:
    """Add all checks to the book's form, and what they come to."""
    checks = Checks(form)
    ledger_checks(checks, shape)
    source_checks(checks, shape)
    record_checks(checks, shape)
    document_checks(checks, shape)
    all_ready = flag_of(shape, shape.last, Role.READY) & flag_of(shape, shape.last, Role.FINAL)
    declare_verdict(form, len(checks.made), all_ready)
    return tuple(checks.made)
