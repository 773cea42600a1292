"""The gray example over each table of an intake workbook: invented, outside the cells that are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

EXAMPLES: Final[Mapping[str, Mapping[str, object]]] = {
    "exercises": {
        "exercise_id": "E-1",
        "employer": "Acorn Inc",
        "grant_id": "2020-A",
        "kind": "ISO",
        "date_granted": date(2020, 6, 15),
        "date_exercised": date(2023, 3, 1),
        "exercise_price": Decimal("2.50"),
        "fmv_exercise": Decimal("40.25"),
        "shares": 1_000,
        "doc_ref": "Form 3921",
    },
    "sales": {
        "exercise_id": "E-1",
        "date_sold": date(2024, 5, 6),
        "shares": 400,
        "price": Decimal("55.25"),
        "selling_costs": Decimal(12),
        "disposition": "sale",
        "broker_basis": Decimal(1_000),
        "box_8949": "D",
        "doc_ref": "1099-B",
    },
    "w2": {"tax_year": 2023, "employer": "Acorn Inc", "box_1": Decimal(185_000), "code_v": Decimal(0)},
    "grants": {
        "grant_id": "2020-A",
        "employer": "Acorn Inc",
        "date_granted": date(2020, 6, 15),
        "fmv_grant": Decimal("2.50"),
        "shares": 12_000,
        "date_exercisable": date(2021, 6, 15),
        "doc_ref": "Grant notice",
    },
    "splits": {"employer": "Acorn Inc", "effective_date": date(2021, 11, 1), "ratio": "3:2"},
}
