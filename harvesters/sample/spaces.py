"""Reserved parking spaces as a shapefile in EPSG:2100, the way the municipal GIS gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyproj import Transformer

from .chance import Chance
from .ground import Street
from .shapefile import Fields, zipped

NAME = "parking-spaces.zip"
LAYER = "THESEIS_STATHMEFSIS"
COUNT = 430
FIELDS: Fields = (
    ("KOD_THESIS", "C", 12, 0),
    ("EIDOS", "C", 24, 0),
    ("ODOS", "C", 60, 0),
    ("ARITHMOS", "C", 8, 0),
    ("MHKOS", "N", 8, 2),
    ("PLATOS", "N", 8, 2),
    ("KATASTASI", "C", 16, 0),
    ("HMNIA", "D", 8, 0),
)
KINDS = {
    "ΑΜΕΑ ΚΟΙΝΗΣ ΧΡΗΣΗΣ": 30.0,
    "ΑΜΕΑ ΠΡΟΣΩΠΙΚΗ": 22.0,
    "ΦΟΡΤΟΕΚΦΟΡΤΩΣΗ": 20.0,
    "ΔΙΚΥΚΛΑ": 14.0,
    "ΤΑΞΙ": 8.0,
    "ΦΟΡΤΙΣΗ Η/Ο": 6.0,
}
Row = tuple[tuple[str, ...], tuple[float, float]]
FAULTS: tuple[Row, ...] = (
    (("S-9001", "ΕΛΙΚΟΠΤΕΡΑ", "Ερμού", "1", "10.00", "9.00", "ΕΝΕΡΓΗ", "20200101"), (21.7361, 38.2471)),
    (("S-9002", "ΤΑΞΙ", "Ερμού", "3", "500.00", "2.20", "ΕΝΕΡΓΗ", "20200101"), (21.7362, 38.2472)),
    (("S-9003", "ΤΑΞΙ", "Πειραιώς", "5", "5.00", "2.20", "ΕΝΕΡΓΗ", "20200101"), (23.7100, 37.9700)),
)
"""Rows that no catalogue should take: helicopters, a space of half a kilometre, one in Athens."""


def file(streets: Sequence[Street]) -> bytes:
    """The whole archive; two rows stand in it twice and a few are wrong."""
    rows = list(_good(streets, Chance("spaces")))
    rows += [rows[11], rows[12], *FAULTS]
    grid = Transformer.from_crs(4326, 2100, always_xy=True)
    points = [grid.transform(*at) for _, at in rows]
    rounded = [(round(east, 2), round(north, 2)) for east, north in points]
    return zipped(LAYER, FIELDS, [cells for cells, _ in rows], rounded)


def _good(streets: Sequence[Street], chance: Chance) -> Iterator[Row]:
    for number in range(1, COUNT + 1):
        street, kind = chance.pick(streets), chance.weighed(KINDS)
        cells = (
            f"S-{number:04d}",
            kind,
            street.name,
            str(chance.whole(1, 120)),
            f"{chance.pick((4.5, 5.0, 5.5, 6.0)):.2f}",
            f"{chance.pick((2.0, 2.2, 2.5, 3.3)):.2f}",
            chance.weighed({"ΕΝΕΡΓΗ": 92.0, "ΑΝΑΣΤΟΛΗ": 5.0, "ΚΑΤΑΡΓΗΘΗΚΕ": 3.0}),
            f"{chance.whole(2009, 2025)}{chance.whole(1, 12):02d}{chance.whole(1, 28):02d}",
        )
        yield cells, street.at(chance.between(0, street.length), -3.0)
