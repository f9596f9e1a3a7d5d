"""Wi-Fi hotspots as GeoJSON, a feature a line, with Greek property names in Latin letters."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from .chance import Chance
from .ground import Street
from .names import PLACES

NAME = "wifi.geojson"
COUNT = 164
STATES = {"Ενεργό": 84.0, "Ανενεργό": 9.0, "Υπό εγκατάσταση": 5.0, "Άγνωστο": 2.0}
FAULTS: tuple[dict[str, Any], ...] = (
    {"kod": "WF-901", "onoma": "Χωρίς θέση", "katastasi": "Ενεργό", "prosvasi": "ελεύθερη"},
    {"kod": "WF-902", "onoma": "Άγνωστη κατάσταση", "katastasi": "ίσως", "prosvasi": "ελεύθερη"},
    {"kod": "wf 903", "onoma": "Κωδικός με κενό", "katastasi": "Ενεργό", "prosvasi": "ελεύθερη"},
)
"""Rows that no catalogue should take: no geometry, a state nobody defined, a code with a blank."""
PLACE: tuple[list[float] | None, ...] = (None, [21.7361, 38.2471], [21.7362, 38.2472])


def file(streets: Sequence[Street]) -> bytes:
    """The whole file; a few features stand in it twice and a few are wrong."""
    chance = Chance("wifi")
    features = list(_good(streets, chance))
    features += [chance.pick(features) for _ in range(4)]
    features += [_feature(properties, at) for properties, at in zip(FAULTS, PLACE, strict=True)]
    lines = [json.dumps(feature, ensure_ascii=False) for feature in features]
    text = '{"type": "FeatureCollection", "name": "wifi", "features": [\n' + ",\n".join(lines) + "\n]}\n"
    return text.encode("utf-8")


def _feature(properties: dict[str, Any], at: Sequence[float] | None) -> dict[str, Any]:
    geometry = None if at is None else {"type": "Point", "coordinates": list(at)}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _good(streets: Sequence[Street], chance: Chance) -> Iterator[dict[str, Any]]:
    for number in range(1, COUNT + 1):
        street = chance.pick(streets)
        place = chance.pick(PLACES)
        programme = chance.weighed({"wifi4eu": 3.0, "municipal": 5.0, "national": 1.0, "sponsor": 1.0})
        properties = {
            "kod": f"WF-{number:03d}",
            "onoma": f"{place} ({street.name})",
            "ssid": "WiFi4EU" if programme == "wifi4eu" else f"Deigma_Free_{number:03d}",
            "odos": street.name,
            "prosvasi": "ελεύθερη" if programme != "sponsor" else "με εγγραφή",
            "programma": programme,
            "eswteriko": "ΝΑΙ" if place in PLACES[3:8] else "ΟΧΙ",
            "zwnes": chance.pick(("2.4;5", "2.4", "2.4;5;6")),
            "syskeyes": chance.whole(1, 6),
            "taxytita": chance.pick((24, 50, 100, 200, None)),
            "katastasi": chance.weighed(STATES),
            "enarxi": f"{chance.whole(2014, 2025)}-{chance.whole(1, 12):02d}-{chance.whole(1, 28):02d}",
        }
        yield _feature(properties, street.at(chance.between(0, street.length), 9.0))
