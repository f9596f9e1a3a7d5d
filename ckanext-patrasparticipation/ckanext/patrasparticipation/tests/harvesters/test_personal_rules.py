"""What counts as personal data, how it may be written, and what only looks like it."""

from random import Random

import polars as pl
import pytest

from ckanext.patrasparticipation.harvesters.personal import RULES, Finding, Gate
from ckanext.patrasparticipation.harvesters.readers.raw import ROW

from . import people

CHANCE = Random(5)
AFM, AMKA, IBAN = people.afm(CHANCE), people.amka(CHANCE), people.iban(CHANCE)


def found(values, label="Στήλη"):
    """The findings of one column, as ``{rule: rows}``."""
    gate = Gate({"c": label})
    gate.look(pl.DataFrame({ROW: pl.int_range(2, len(values) + 2, eager=True), "c": values}))
    return {item.rule: item.rows for item in gate.findings()}


ONE_BY_ONE = [
    ("email", "nobody@example.gr"),
    ("email", "γράψτε στο Ν.Κανένας@δήμος.ελ, παρακαλώ"),
    ("email", "<a href=mailto:no.body+x@mail.example.org>"),
    ("phone", "+30 2610 123456"),
    ("phone", "+302610123456"),
    ("phone", "0030 697 123 4567"),
    ("phone", "+30 (2610) 123.456"),
    ("phone", "Καλέστε 6971234567"),
    ("phone", "τηλ.2610123456"),
    ("phone", "Τηλέφωνο: 2610-123456 (πρωί)"),
    ("phone", "κιν 69 71 23 45 67"),
    ("phone", "στο 2610 12 34 56 ή στο γραφείο"),
    ("phone", "2610123456, 2610123457"),
    ("phone", "ρωτήστε (2610) 123456"),
    ("phone", "γραφείο 697\N{EN DASH}1234567"),
    ("phone", "γραφείο 697\N{NO-BREAK SPACE}123\N{NO-BREAK SPACE}4567"),
    ("phone", "γραφείο 697\N{ZERO WIDTH SPACE}1234567"),
    ("afm", f"ΑΦΜ {AFM}"),
    ("afm", f"Α.Φ.Μ.: {AFM}"),
    ("afm", f"με αφμ {AFM[:3]} {AFM[3:6]} {AFM[6:]} και έδρα"),
    ("afm", f"ΑΦΜ: EL{AFM}"),
    ("afm", f"ΑΦΜ 111111111 και ΑΦΜ {AFM}"),
    ("afm", f"VAT number {AFM}"),
    ("amka", f"ΑΜΚΑ {AMKA}"),
    ("amka", AMKA),
    ("amka", f"ο ασθενής {AMKA[:6]} {AMKA[6:]}, "),
    ("iban", IBAN),
    ("iban", " ".join(IBAN[at : at + 4] for at in range(0, 27, 4))),
    ("iban", f"στον λογαριασμό {IBAN.lower()}."),
    ("identity_card", "ΑΔΤ ΑΒ 123456"),
    ("identity_card", "Αρ. ταυτότητας: AB123456"),
    ("identity_card", "Α.Δ.Τ. Χ-123456"),
    ("plate", "το όχημα ΑΧΑ-1234 μπροστά"),
    ("plate", "αρ. κυκλοφορίας AXA1234"),
    ("plate", "μοτοσυκλέτα ΝΒΕ 1234"),
    ("plate", "ΙΧ ΑΧΑ 1234"),
]


@pytest.mark.parametrize(("rule", "text"), ONE_BY_ONE)
def test_more_than_a_form_counts_one_by_one(rule, text):
    assert found(["Κορίνθου", text, None, "12"]) == {rule: 1}
    assert found([text.upper()])[rule] == 1
    assert found([text], {"el": "Κωδικός", "en": "code"}).get(rule) == 1


COLUMNS = [
    ("phone", people.landline, "Τηλέφωνα", 1),
    ("phone", people.mobile, "mobilePhone", 1),
    ("phone", people.mobile, "x", 3),
    ("phone", people.landline, "x", 3),
    ("afm", people.afm, "Α.Φ.Μ. οφειλέτη", 1),
    ("afm", people.afm, "customer_vat", 1),
    ("afm", people.afm, "x", 3),
    ("afm", lambda chance: f"EL{people.afm(chance)}", "Κωδικός", 3),
    ("amka", people.amka, "x", 1),
    ("identity_card", people.card, "Αριθμός ταυτότητας", 1),
    ("identity_card", people.card, "x", 20),
    ("plate", people.plate, "Πινακίδα", 1),
    ("plate", people.plate, "x", 20),
]


@pytest.mark.parametrize(("rule", "make", "label", "count"), COLUMNS)
def test_a_column_of_bare_numbers_counts(rule, make, label, count):
    chance = Random(7)
    values = [make(chance) for _ in range(count)]
    assert found([*values, None, ""], label) == {rule: count}


@pytest.mark.parametrize(
    ("rule", "make"), [("afm", people.afm), ("phone", people.mobile), ("amka", people.amka)]
)
@pytest.mark.parametrize("kind", [int, float, lambda text: f"{text}.0"])
def test_numbers_that_a_spreadsheet_made_of_them_count_too(rule, make, kind):
    values = [kind(make(Random(number + 10))) for number in range(5)]
    assert found(values).get(rule) == 5


def test_where_the_name_says_what_it_is_short_forms_count():
    chance = Random(3)
    short = [people.afm(chance, "04") for _ in range(30)]
    assert found([int(number) for number in short], "ΑΦΜ") == {"afm": 30}
    assert found(["ΝΒΕ 123", "ΝΒΕ 12"], "Πινακίδες") == {"plate": 2}


CODES = Random(11)
NOT_PERSONAL = {
    "nine digits": [f"{CODES.randrange(10**8, 10**9)}" for _ in range(2000)],
    "nine digits in order": [f"{100000000 + number}" for number in range(2000)],
    "one code again and again": [AFM] * 500,
    "ten digits": [f"{CODES.randrange(10**9, 10**10)}" for _ in range(2000)],
    "eleven digits": [f"{CODES.randrange(10**10, 10**11)}" for _ in range(2000)],
    "bar codes": [f"520{CODES.randrange(10**10):010}" for _ in range(500)],
    "KAEK": [f"26{CODES.randrange(10**10):010}" for _ in range(500)],
    "ADA": ["ΨΩΞ7ΩΗ5-ΑΒ1", "6ΩΤΝ46ΜΤΛΒ-9ΝΓ", "ΒΕΥΕ9-2610", "Ω2610123456-1"],
    "ADAM": [f"24SYMV0{CODES.randrange(10**8):08}" for _ in range(50)],
    "asset codes": [f"ΦΩ{number:06}" for number in range(500)],
    "asset codes of shared letters": [f"ΚΑ {number:06}" for number in range(500)],
    "codes with a dash": [f"ΚΑΔ-{1000 + number}" for number in range(500)],
    "CPV": ["45233141-9", "50232100-1", "90511000-2"] * 5,
    "coordinates": [f"{21 + CODES.random():.8f}" for _ in range(500)],
    "grid": [f"{2610000 + CODES.random() * 1000:.3f}" for _ in range(500)],
    "areas": [f"{2610 + CODES.random():.6f}" for _ in range(500)],
    "pairs": [f"38.24{CODES.randrange(10**6)}, 21.73{CODES.randrange(10**6)}" for _ in range(500)],
    "days": [f"20{year}-11-{day}" for year in range(10, 27) for day in range(10, 29)],
    "moments": [
        "2026-11-24 10:30:00",
        "24/11/2026 10:30",
        "2026-11-24T10:30:00Z",
        "24.11.26 10.30",
        "2611241030",
    ],
    "compact moments": ["20261124103000", "202611241030", "2026112410"] * 4,
    "seconds": [str(1764039600 + 3600 * hour) for hour in range(500)],
    "postcodes": ["26223", "262 23", "26223 26504", "26223-26225", "264 41 Πάτρα"],
    "addresses": [
        "Κορίνθου 213-215, 26221",
        "Μαιζώνος 45 & Αγ. Νικολάου 2",
        "25ης Μαρτίου 2610",
        "Ρήγα Φεραίου 61",
    ],
    "routes": ["601", "6Α", "Γραμμή 2 1234", "9/2610", "201-202-203-2041"],
    "internet addresses": ["213.215.26.22", "212.205.212.205"],
    "amounts": ["2.610.996.600", "2,610,996,600.50", "2 610 996 600", "21.345.678,90 €"],
    "laws": ["ΚΥΑ 1234/2020", "ν. 4412/2016 (ΦΕΚ Α 147)", "ΕΕ L 119/2016", "ΦΕΚ 2610/Β/2023"],
    "links": ["https://www.google.com/maps/@38.2466,21.7346,15z", "https://example.org/@someone/1234"],
    "versions": ["2.61.0.123456", "v6.9.7.1234567"],
    "long descriptions": [
        "Ανάπλαση της πλατείας με νέες πλακοστρώσεις, φωτιστικά, δενδροφυτεύσεις και αστικό εξοπλισμό, "
        "σύμφωνα με την εγκεκριμένη μελέτη της Τεχνικής Υπηρεσίας. Περιλαμβάνονται ράμπες για την πρόσβαση "
        "όλων, όδευση τυφλών, στάσεις λεωφορείων και χώρος για ποδήλατα στη βόρεια πλευρά της πλατείας."
    ],
    "long lists": ["; ".join(str(number) for number in range(100))],
}


@pytest.mark.parametrize("name", NOT_PERSONAL)
def test_what_only_looks_like_it_does_not_count(name):
    assert found(NOT_PERSONAL[name]) == {}
    assert found([*NOT_PERSONAL[name], None, "Πάτρα"], {"el": "Κωδικός", "en": "Code"}) == {}


LETTER = (
    "Καλημέρα σας, μένω στην οδό Κορίνθου απέναντι από το σχολείο και εδώ και τρεις εβδομάδες το φωτιστικό "
    "μπροστά στο σπίτι μου δεν ανάβει. Η μητέρα μου, που περπατά δύσκολα, έπεσε χθες το βράδυ. Παρακαλώ "
    "να το δείτε το συντομότερο, γιατί το πέρασμα είναι επικίνδυνο για όλους τους γείτονες."
)


def test_free_text_counts_where_somebody_speaks_or_the_name_says_so():
    assert found([LETTER]) == {"free_text": 1}
    assert found([LETTER, *["Λάμπα"] * 30]) == {}
    assert found([LETTER, *["Λάμπα"] * 30], "Σχόλια πολίτη") == {"free_text": 1}
    assert found(NOT_PERSONAL["long descriptions"], "Σχόλια") == {"free_text": 1}
    assert found(["Μου αρέσει!"], "Σχόλια") == {}


def test_batches_add_up_and_the_first_rows_are_named():
    chance = Random(9)
    gate = Gate({"a": "ΑΦΜ", "b": "x", "gone": "x"})
    for start in range(2, 100, 10):
        rows = {
            ROW: range(start, start + 10),
            "a": [people.afm(chance) for _ in range(10)],
            "b": ["", None] * 5,
        }
        gate.look(pl.DataFrame(rows))
    assert gate.findings() == [Finding("a", "afm", 100, tuple(range(2, 22)))]


def test_a_finding_says_column_rule_and_rows_in_both_languages_and_no_value():
    finding = Finding("ΑΦΜ", "afm", 3, (2, 3, 9))
    assert finding.text["el"] == (
        "Στήλη «ΑΦΜ»: αριθμοί φορολογικού μητρώου (ΑΦΜ), πλήθος γραμμών 3 (γραμμές 2, 3, 9)"
    )
    assert set(finding.told) == {"column", "rule", "rows", "first", "label", "why", "instead"}
    assert Finding("x", "afm", 50, tuple(range(20))).text["en"].endswith("19, …)")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_says_what_why_and_what_instead(rule):
    for text in (rule.label, rule.why, rule.instead):
        assert set(text) == {"el", "en"}


def test_a_name_of_the_column_that_speaks_of_something_else_changes_nothing():
    assert found(["Καλή", "Πρότυπο"], "Τηλέφωνο / ΑΦΜ / e-mail") == {}
