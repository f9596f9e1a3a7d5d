"""Slugs, file names and their twin in the browser, by ELOT 743."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from ckanext.patrasparticipation.harvesters import elot
from ckanext.patrasparticipation.records import greek, slugs

WORDS = {
    "Κάδοι απορριμμάτων 2024": "kadoi-aporrimmaton-2024",
    "Ανοικτά δεδομένα Δήμου Πατρέων": "anoikta-dedomena-dimou-patreon",
    "Δημοτικός φωτισμός: βλάβες": "dimotikos-fotismos-vlaves",
    "Ψήφισμα Δημοτικού Συμβουλίου": "psifisma-dimotikou-symvouliou",
    "Wi-Fi σημεία": "wi-fi-simeia",
    "ΑΥΤΟΨΙΑ": "aftopsia",
    "Γκύζη": "gkyzi",
    "άγχος, έλεγξη, αγγείο": "anchos-elenxi-angeio",
    "Μπουμπουλίνας (μπάλα) λάμπα τζαμπ": "boumpoulinas-bala-lampa-tzab",
    "ντομάτα": "ntomata",
    "ευχή, αυλή, Εύηνος, εφηύρε, ηυξημένος": "efchi-avli-evinos-efivre-ifximenos",
    "άυλος, ευρωπαϊκός, προϋπολογισμός, Ταΰγετος": "aylos-evropaikos-proypologismos-taygetos",
    "ΟΔΟΣ ΑΓ. ΣΟΦΙΑΣ": "odos-ag-sofias",
    "ᾠδὴ τῆς Πάτρας": "odi-tis-patras",
    "Ρήγα Φεραίου & Μαιζώνος": "riga-feraiou-maizonos",
    "50 µm, Ω, ½": "50-mm-o-1-2",
    "café Łódź straße": "cafe-lodz-strasse",
    "__ --- __": "",
    "日本": "",
    "  <script>alert(1)</script> ": "script-alert-1-script",
    "α" * 300: "a" * 95,
    "φωτιστικά σώματα " * 10: "-".join(["fotistika", "somata"] * 5 + ["fotistika"]),
}


@pytest.mark.parametrize(("title", "expected"), WORDS.items())
def test_a_greek_title_becomes_a_latin_address(title: str, expected: str) -> None:
    assert slugs.slug(title) == expected


def test_every_letter_of_the_greek_blocks_leaves_only_latin() -> None:
    letters = [chr(code) for block in (range(0x370, 0x400), range(0x1F00, 0x2000)) for code in block]
    greek_letters = [letter for letter in letters if re.match("[α-ωάέήίόύώϊϋΐΰ]", letter.lower())]
    assert len(greek_letters) > 60
    for letter in greek_letters:
        assert re.fullmatch("[a-z]+", elot.latin(letter)), letter


def test_the_browser_makes_the_same_addresses() -> None:
    script = Path(slugs.__file__).parent.parent / "assets" / "slug.js"
    program = (
        "const slug = require(process.argv[1]);"
        "const {words, table, length} = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "console.log(JSON.stringify(words.map(word => slug(word, table, length))));"
    )
    given = json.dumps({"words": list(WORDS), "table": greek.table(), "length": slugs.MAX_LENGTH})
    answer = subprocess.run(
        ["node", "-e", program, str(script)], input=given, capture_output=True, text=True, check=True
    )
    assert json.loads(answer.stdout) == list(WORDS.values())


def test_a_title_without_letters_takes_the_fallback() -> None:
    assert slugs.slug("!!!", fallback="dataset") == "dataset"
    assert slugs.slug("Α", fallback="dataset") == "dataset"  # one letter is no address: CKAN asks for two


def test_a_taken_name_gets_the_next_number() -> None:
    assert slugs.unique("kadoi", {"kadoi", "kadoi-2", "kadoi-4"}) == "kadoi-3"
    assert slugs.unique("kadoi", set()) == "kadoi"


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("Κάδοι.csv", "kadoi.csv"),
        ("Κάδοι 2024.CSV", "kadoi-2024.csv"),
        ("Απολογισμός.v2.tar.gz", "apologismos.v2.tar.gz"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Έγγραφα\\λάμπες.xlsx", "lampes.xlsx"),
        (".htaccess", "file.htaccess"),
        ("日本.csv", "file.csv"),
        ("α", "a"),
        ("", "file"),
        ("..", "file"),
        ("κ" * 400 + ".csv", "k" * 75 + ".csv"),
    ],
)
def test_file_names_keep_their_extension(original: str, expected: str) -> None:
    assert slugs.file_name(original) == expected
