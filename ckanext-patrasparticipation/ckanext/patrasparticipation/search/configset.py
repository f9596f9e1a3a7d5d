"""Write Solr's configset: the installed CKAN's own schema with our fields put in, and the words it goes by.

``python -m ckanext.patrasparticipation.search.configset FOLDER`` writes it: FOLDER is the core's ``conf``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import quoteattr

from ckanext.patrasparticipation.search import key, synonyms

OURS = Path(__file__).parent / "solr"
EMPTY = ("synonyms.txt", "stopwords.txt", "protwords.txt")
"""CKAN's schema names them; ours say nothing in them."""
WORDS = ("mapping-el.txt", "stopwords_el.txt", "stopwords_key.txt")
OF_SITE = "synonyms_site.txt"
"""The synonyms that a site's own staff added: made empty once, and never ours to change."""

# Each part of additions.xml, and the line of CKAN's schema it goes in front of.
PLACES = {
    "types": "</types>",
    "fields": '<dynamicField name="*" ',
    "copies": "</schema>",
}

COUNTED = (
    "site_id", "dataset_type", "state", "license_id", "tags", "groups", "organization", "capacity",
    "permission_labels", "res_format", "vocab_*",
)  # fmt: skip
"""Fields of CKAN that are counted or filtered by on every search: they get docValues."""

_TITLE = "title_el title_fold title_prefix title_infix title_key title_key2 title_suggest"
_ANYWHERE = "text_el text_fold text_key text_key2 text_kplain"
COPIES = {
    "title": f"{_TITLE} {_ANYWHERE}",
    "txt_title": _TITLE,  # and, with every txt_*, anywhere
    "tags": f"tags_el tags_prefix {_ANYWHERE}",
    "notes": "notes_el text_fold text_key text_key2 text_kplain",
    "txt_*": _ANYWHERE,
    "res_name": "text_el text_fold text_key",
    "res_description": "text_el text_fold",
    "extras_*": "text_el",
    "code_*": "codes",
    "name": "codes",
    "title_string": "title_sort",
}
"""What of a record is searched in which ways."""


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
        if core.count(place) != 1:
            raise ValueError(f"CKAN's schema.xml: {place!r} stands {core.count(place)} times, expected once")
        core = core.replace(place, f"{_part(additions, part)}\n{place}")
    for field in COUNTED:
        core = _typed(core, field, "string_dv")
    return _typed(core, "_version_", "plong", 'indexed="false" stored="false" docValues="true"')


def _typed(core: str, field: str, kind: str, rest: str | None = None) -> str:
    """The schema with one of CKAN's string fields in another type; ``rest`` replaces its other attributes."""
    pattern = rf'(<(?:field|dynamicField) name="{re.escape(field)}" type=)"string"([^>]*?)(\s*/>)'
    changed, count = re.subn(
        pattern, lambda found: f'{found[1]}"{kind}" {rest or found[2].strip()}{found[3]}', core
    )
    if count != 1:
        raise ValueError(f"CKAN's schema.xml: the string field {field} stands {count} times, expected once")
    return changed


def _part(text: str, name: str) -> str:
    found = re.search(f"<{name}>(.*?)</{name}>", text, re.DOTALL)
    if found is None:
        raise ValueError(f"no part <{name}> in {text[:200]!r}")
    return found[1].strip()


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each ``{{name}}`` replaced; a name that nobody gave stays and breaks loudly in Solr."""
    for name, value in values.items():
        text = text.replace(f"{{{{{name}}}}}", value)
    return text


def _chains() -> dict[str, str]:
    """The filters that field types share, with what key.py says of Greeklish and of endings."""
    latin = "\n".join(
        f'<charFilter class="solr.PatternReplaceCharFilterFactory" pattern={quoteattr(pattern)}'
        f" replacement={quoteattr(replacement)}/>"
        for pattern, replacement in key.LATIN
    )
    ends = f"^(?:{'|'.join(key.ENDS)})$"
    stems = "".join(f"${number}" for number in range(1, len(key.ENDS) + 1))
    text = _filled(
        (OURS / "chains.xml").read_text(encoding="utf-8"), {"latin": latin, "ends": ends, "stems": stems}
    )
    return {name: _part(text, name) for name in ("fold", "stem", "english", "key", "coarse", "without_ends")}


def _copies() -> str:
    return "\n".join(
        f'    <copyField source="{source}" dest="{target}"/>'
        for source, targets in COPIES.items()
        for target in targets.split()
    )


def files() -> dict[str, str]:
    """Every file of the configset by its name."""
    made = dict.fromkeys(EMPTY, "")
    made |= {name: (OURS / name).read_text(encoding="utf-8") for name in (*WORDS, "solrconfig.xml")}
    made["mapping-letters.txt"] = key.letters()
    made["mapping-key.txt"], made["mapping-key2.txt"] = key.mapping(), key.mapping(coarse=True)
    made["synonyms_el.txt"] = synonyms.shipped()
    additions = (OURS / "additions.xml").read_text(encoding="utf-8")
    made["schema.xml"] = schema(core_schema(), _filled(additions, {**_chains(), "copies": _copies()}))
    made["schema.xml"] = _filled(made["schema.xml"], {"fingerprint": _fingerprint(made)})
    return made


def _fingerprint(made: Mapping[str, str]) -> str:
    """Twelve letters that change with any file: a document carries those of its configset."""
    told = "\0".join(f"{name}\0{text}" for name, text in sorted(made.items()))
    return sha256(told.encode()).hexdigest()[:12]


def fingerprint() -> str:
    """The fingerprint of the configset that this version of the package writes."""
    found = re.search(r'name="participation_configset"[^>]*default="(\w+)"', files()["schema.xml"])
    if found is None:
        raise ValueError("schema.xml: no field participation_configset")
    return found[1]


def write(folder: Path) -> None:
    """Fill ``folder`` with the configset; what is equal already, and what the site wrote, stays untouched."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ({OF_SITE: ""} | files()).items():
        path = folder / name
        if not path.exists() or (name != OF_SITE and path.read_text(encoding="utf-8") != text):
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m ckanext.patrasparticipation.search.configset FOLDER")
    write(Path(sys.argv[1]))
