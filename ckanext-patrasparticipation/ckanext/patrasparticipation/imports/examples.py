"""What the example row of a template holds, by the kind of column; rows so marked are never imported."""

from __future__ import annotations

from .columns import Column
from .values import choices

PLAIN = {
    "date": "13/11/2025",
    "datetime": "13/11/2025 18:00",
    "time": "18:00",
    "number": "5.525,00",
    "integer": "120",
    "boolean": "Ναι",
    "name": "diavoulefsi-plateia",
    "names": "omada-gefyra; omada-plateia",
    "place": "38.2466, 21.7346",
}
NAMED = {
    "title_translated.el": "Διαβούλευση για την πλατεία",
    "title_translated.en": "Consultation on the square",
    "notes_translated.el": "Τι ρωτήθηκε, ποιοι απάντησαν και τι αποφασίστηκε.",
    "notes_translated.en": "What was asked, who answered, and what was decided.",
    "name": "",
    "contact_unit": "Τμήμα Ανοικτής Διακυβέρνησης",
    "contact_email": "anoixta@patras.example",
    "source_id": "PE-2025-014",
    "tag_string": "διαβούλευση, πλατεία, γειτονιά",
}
NUMBERS = {
    "lat": "38,2466",
    "lon": "21,7346",
    "physical_progress": "60",
    "financial_progress": "45,5",
    "weight": "1",
    "share": "52,3",
    "value": "12,5",
}
"""Numbers that are no sums of money, by field."""
YEAR = "2012"
URL = "https://example.gr/selida"


def of(column: Column) -> str:
    """The text of the example; nothing where a made one would only confuse."""
    if column.name in NAMED:
        return NAMED[column.name]
    if column.kind in ("code", "codes"):
        labels = choices(column, "el")
        return "; ".join(labels[:2]) if column.kind == "codes" else (labels or [""])[0]
    if column.field.endswith("year"):
        return YEAR
    if "url" in column.field:
        return URL
    return NUMBERS.get(column.field) or PLAIN.get(column.kind, "")
