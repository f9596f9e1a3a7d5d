"""A small sound file for each role that has fixed columns, and one that breaks a rule of it."""

from __future__ import annotations

SOUND: dict[str, str] = {
    "proposals": (
        "Κωδικός πρότασης;Τίτλος;Θέμα;Δημοτική ενότητα;Ημερομηνία υποβολής;Κατάσταση;Υποστηρίξεις\n"
        "Π1;Ποδηλατόδρομος στην Κορίνθου;Κινητικότητα;370101;03/02/2025;Έγινε δεκτή;120\n"
        "Π2;Παιδική χαρά στο Ρίο;Δημόσιος χώρος;Δ.Ε. Ρίου;04/02/2025;under_review;48\n"
    ),
    "tally": "Επιλογή;Ψήφοι\nΛογότυπο Α;120\nΛογότυπο Β;95\nΛευκό;12\n",
    "contributions_aggregate": (
        "Περίοδος;Είδος συνεισφοράς;Στάση;Δημοτική ενότητα;Κανάλι;Πλήθος\n"
        "2025-03;Πρόταση;Υπέρ;370101;Πλατφόρμα;42\n"
        "2025-03;Ένσταση;Κατά;370105;Διά ζώσης;17\n"
    ),
    "comments_counts": (
        "Κωδικός ενότητας;Τίτλος ενότητας;Στάση;Πλήθος\n3;Άρθρο 3;Υπέρ;12\n3;Άρθρο 3;Κατά;2\n"
    ),
    "participation_profile": (
        "Διάσταση;Κατηγορία;Πλήθος\nΗλικιακή ομάδα;18–29;25\nΗλικιακή ομάδα;30–49;60\n"
        "Φύλο;Γυναίκες;45\nΦύλο;Άνδρες;40\n"
    ),
    "beneficiaries": (
        "Περίοδος;Δράση;Εγγραφές;Διαφορετικοί ωφελούμενοι\n"
        "2025-01;Συσσίτιο;240;180\n2025-01;Φροντιστήριο;60;55\n"
    ),
    "needs": (
        "Περίοδος;Δημοτική ενότητα;Θέμα;Μέθοδος;Πλήθος\n"
        "2025;370101;Υγεία;survey;35\n2025;370105;Αθλητισμός;survey;22\n"
    ),
    "pb_projects": (
        "project_id;name;cost;votes;category;selected\n1;Πλατεία Υψηλών Αλωνίων;12500;310;Δημόσιος χώρος;1\n"
        "2;Φωτισμός γηπέδου;8000;95;Αθλητισμός;0\n"
    ),
    "observations": (
        "Περίοδος;Κωδικός περιοχής;Αριθμητής;Παρονομαστής;Συντελεστής;Τιμή;Μονάδα;Κατάσταση τιμής\n"
        "2023;3701;320;170000;100000;188,2;1/100000;Πραγματική\n"
        "2024;3701;;;;;;M\n"
    ),
    "actions_plan": (
        "Στόχος;Δράση;Υπεύθυνη υπηρεσία;Έναρξη;Προθεσμία;Πορεία;Δείκτης;Προϋπολογισμός;Πηγή χρηματοδότησης\n"
        "Ψηφιακή συμμετοχή;Πλατφόρμα διαβούλευσης;Διεύθυνση Πληροφορικής;01/01/2025;31/12/2025;Σε εξέλιξη;"
        "diavouleyseis-ana-etos;25.000,00;ΕΣΠΑ 2021–2027\n"
    ),
    "criteria": (
        "Κριτήριο;Μόρια;Δικαιολογητικό;Νομική βάση\n"
        "Πολύτεκνη οικογένεια;20;Πιστοποιητικό;ΚΥΑ Δ23/2016\nΑνεργία;15,5;Βεβαίωση;\n"
    ),
    "stock_flow": (
        "Περίοδος;Κατηγορία είδους;Μονάδα μέτρησης;Απόθεμα έναρξης;Εισαγωγές;Εξαγωγές;Απόθεμα λήξης\n"
        "2025-01;Τρόφιμα;kg;120,5;80;95,5;105\n2025-01;Φάρμακα;τεμάχια;40;0;12;28\n"
    ),
}
"""By role: Greek headings and labels, as staff write them."""

BROKEN: dict[str, tuple[str, str, str, tuple[int, ...]]] = {
    "proposals": (
        SOUND["proposals"]
        .replace("03/02/2025;Έγινε δεκτή;120", "03/02/2025;Έγινε δεκτή;120")
        .replace("Υποστηρίξεις\n", "Υποστηρίξεις;Ημερομηνία απάντησης\n")
        .replace(";120\n", ";120;01/02/2025\n")
        .replace(";48\n", ";48;\n"),
        "at_most",
        "created_date",
        (2,),
    ),
    "contributions_aggregate": (
        SOUND["contributions_aggregate"].replace(";17", ";3"),
        "small_count",
        "count",
        (3,),
    ),
    "comments_counts": (SOUND["comments_counts"].replace(";Κατά;", ";Υπέρ;"), "unique", "section_id", (2, 3)),
    "participation_profile": (
        SOUND["participation_profile"].replace(";25", ";2"),
        "small_count",
        "count",
        (2,),
    ),
    "beneficiaries": (
        SOUND["beneficiaries"].replace("60;55", "60;75"),
        "at_most",
        "beneficiaries_distinct",
        (3,),
    ),
    "needs": (SOUND["needs"].replace(";22", ";9"), "small_count", "count", (3,)),
    "observations": (SOUND["observations"].replace("188,2", "198,2"), "ratio", "value", (2,)),
    "actions_plan": (
        SOUND["actions_plan"].replace("01/01/2025", "01/01/2026"),
        "at_most",
        "start_date",
        (2,),
    ),
    "stock_flow": (SOUND["stock_flow"].replace(";28", ";27"), "balance", "closing", (3,)),
}
"""By role: a file, the rule it breaks, the column and the rows that are named."""
