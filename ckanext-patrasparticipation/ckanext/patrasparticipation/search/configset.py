"""Write Solr's configset: the installed CKAN's own schema with our fields put in.

``python -m ckanext.patrasparticipation.search.configset FOLDER`` writes it: FOLDER is the core's ``conf``.
"""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path

OURS = Path(__file__).parent / "solr"
EMPTY = (
    "synonyms.txt",
    "stopwords.txt",
    "protwords.txt",
)  # CKAN's schema names them; ours say nothing yet

# Each part of additions.xml, and the line of CKAN's schema it goes in front of.
PLACES = {
    "types": "</types>",
    "fields": '<dynamicField name="*" ',
    "copies": "</schema>",
}


def core_schema() -> str:
    """The text of the ``schema.xml`` that the installed CKAN brings; CKAN itself is not imported.

    Raises:
        FileNotFoundError: no CKAN is installed beside us.
    """
    spec = find_spec("ckan")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("schema.xml: no package 'ckan' is installed, expected CKAN 2.12")
    return (Path(spec.submodule_search_locations[0]) / "config/solr/schema.xml").read_text(encoding="utf-8")


def schema(core: str, additions: str) -> str:
    """CKAN's schema with our additions, its name untouched because CKAN checks it.

    Raises:
        ValueError: one of the two texts lacks a place or a part we count on.
    """
    for part, place in PLACES.items():
        found = re.search(f"<{part}>(.*?)</{part}>", additions, re.DOTALL)
        if found is None:
            raise ValueError(f"additions.xml: no part <{part}>, expected {', '.join(PLACES)}")
        if core.count(place) != 1:
            raise ValueError(f"CKAN's schema.xml: {place!r} stands {core.count(place)} times, expected once")
        core = core.replace(place, f"{found[1].strip()}\n{place}")
    return core


def write(folder: Path) -> None:
    """Fill ``folder`` with the configset; what is equal already stays untouched."""
    files = dict.fromkeys(EMPTY, "")
    files["solrconfig.xml"] = (OURS / "solrconfig.xml").read_text(encoding="utf-8")
    files["schema.xml"] = schema(core_schema(), (OURS / "additions.xml").read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m ckanext.patrasparticipation.search.configset FOLDER")
    write(Path(sys.argv[1]))
