"""The smallest workbook that spreadsheet programs open; the same cells give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

Cell = str | int | float | None

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/{kind}" '
    'Target="{target}"/></Relationships>'
)


def workbook(sheet: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet; ``None`` is an empty cell, numbers are numbers, text stands in the cell."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name="{escape(sheet)}" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": _sheet(rows),
    }
    return archive({name: (_HEAD + text).encode("utf-8") for name, text in parts.items()})


def archive(parts: dict[str, bytes]) -> bytes:
    """A ZIP of these members, stored, dated 1980: nothing in it depends on the day or on the packer."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as packed:
        for name, content in parts.items():
            packed.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return target.getvalue()


def _relation(kind: str, target: str) -> str:
    return _RELATIONS.format(package=_PACKAGE, office=_OFFICE, kind=kind, target=target)


def _sheet(rows: Iterable[Sequence[Cell]]) -> str:
    lines = [_row(number, row) for number, row in enumerate(rows, start=1) if row]
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _row(number: int, row: Sequence[Cell]) -> str:
    cells = [_cell(f"{_letters(at)}{number}", cell) for at, cell in enumerate(row) if cell is not None]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(at: str, cell: Cell) -> str:
    if isinstance(cell, str):
        return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{at}"><v>{cell!r}</v></c>'


def _letters(at: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
