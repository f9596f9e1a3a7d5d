"""The sheet «Οδηγίες» of a template: how it is filled in, in Greek, with the columns and what they hold."""

from __future__ import annotations

from collections.abc import Mapping

import xlsxwriter

from .columns import Shape

NAME = "Οδηγίες"
KIND = {
    "code": "Διαλέξτε από τη λίστα του κελιού.",
    "codes": "Ένα ή περισσότερα από τη λίστα, χωρισμένα με ερωτηματικό (;).",
    "date": "Ημερομηνία, π.χ. 13/11/2025.",
    "datetime": "Ημερομηνία και ώρα Ελλάδας, π.χ. 13/11/2025 18:00.",
    "time": "Ώρα, π.χ. 18:00.",
    "integer": "Ακέραιος αριθμός, π.χ. 1.250.",
    "number": "Αριθμός, π.χ. 5.525,00.",
    "boolean": "Ναι ή Όχι. Κενό σημαίνει ότι δεν το ξέρουμε.",
    "name": "Η διεύθυνση μιας εγγραφής του καταλόγου, όπως φαίνεται στο τέλος της σελίδας της.",
    "names": "Διευθύνσεις εγγραφών του καταλόγου, χωρισμένες με ερωτηματικό (;).",
    "place": "Πλάτος και μήκος, π.χ. 38.2466, 21.7346, ή GeoJSON.",
}
LINES = (
    "Μία γραμμή είναι μία εγγραφή. Η τρίτη γραμμή είναι παράδειγμα και δεν εισάγεται.",
    "Οι στήλες με αστερίσκο (*) είναι υποχρεωτικές. Αν λείπει κάτι, η εγγραφή μένει πρόχειρη και το λέει.",
    "Ό,τι δεν ξέρετε μένει κενό. Τίποτα δεν συμπληρώνεται με εικασίες.",
    "Στήλες που δεν χρειάζεστε μπορείτε να τις σβήσετε· η σειρά τους δεν έχει σημασία.",
    "Δεύτερη εισαγωγή του ίδιου αρχείου ενημερώνει τις ίδιες εγγραφές: τις γνωρίζουμε από τον κωδικό στην "
    "πηγή, τη διεύθυνση στον κατάλογο, ένα αναγνωριστικό, αλλιώς από τον τίτλο.",
    "Ό,τι διόρθωσε κάποιος στον κατάλογο δεν το αλλάζει η εισαγωγή.",
    "Ονόματα ανθρώπων, προσωπικά τηλέφωνα και ΑΦΜ ιδιωτών δεν καταχωρίζονται.",
)
PARTS = (
    "Κάθε επαναλαμβανόμενο μέρος έχει δικό του φύλλο. Στη στήλη «Α/Α» γράψτε τον αριθμό που έχει η εγγραφή "
    "στο πρώτο φύλλο· πολλές γραμμές μπορούν να έχουν τον ίδιο."
)


def write(book: xlsxwriter.Workbook, shape: Shape, parts: Mapping[str, str]) -> None:
    """Add the sheet; ``parts`` has the sheet's name of each repeating part."""
    sheet = book.add_worksheet(NAME)
    bold, wrapped = book.add_format({"bold": True, "font_size": 13}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 110, wrapped)
    sheet.write_string(0, 0, f"Εισαγωγή εγγραφών: {shape.label['el']}", bold)
    lines = [*LINES, *([PARTS] if parts else [])]
    lines += [f"Φύλλο «{name}»: {shape.part_labels[part]['el']}" for part, name in parts.items()]
    for row, line in enumerate(lines, 2):
        sheet.write_string(row, 0, line, wrapped)
