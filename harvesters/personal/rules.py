"""What is looked for: one rule for each kind of personal data, with the evidence that it needs.

A form alone is weak evidence: nine digits pass the check of a tax number once in eleven, ``ΑΒ123456`` is an
identity card or a lamp. So a cell counts **one by one** only where there is more than its form: a word of the
column's name (``words``), a word before it in the same cell, or a form that nothing else has (an e-mail
address, an account number, ``+30 697…``). Without such a word a **column** counts when it holds enough
different values (``least``) and nearly all its cells of that form are right (``share``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from ..messages import message
from . import digits, forms
from .folding import worded

Check = Callable[[pl.Expr], pl.Expr]


@dataclass(frozen=True)
class Rule:
    """One kind of personal data.

    Args:
        code: its name in findings and messages.
        words: words of a column's name that say the column holds it; ``*`` stands for every ending.
        inside: the form in a longer text, words before it included; its first group is checked, if any.
        cell: the form of a cell that holds nothing else; what ``share`` is a share of.
        worded_cell: a looser form, where the column's name says what it is.
        check: the check of the number without blanks.
        share: which part of the cells of that form must pass.
        least: how many different values, or different letters in front of the number, must pass.
        by_letters: the form is also that of many codes, which differ in few letters: ``least`` counts these.
        short: whether cells without a long number are looked at too.
        coded: whether a column that is called a code is believed to be one.
    """

    code: str
    words: tuple[str, ...] = ()
    inside: str = ""
    cell: str = ""
    worded_cell: str = ""
    check: Check = digits.anything
    share: float = 0.9
    least: int = 3
    by_letters: bool = False
    short: bool = False
    coded: bool = False

    @cached_property
    def named(self) -> re.Pattern[str]:
        """Finds the rule's words in a folded name."""
        return worded(self.words)

    def cell_form(self, worded: bool) -> str:
        """The form of a cell, looser where the column's name says what it is."""
        return (worded and self.worded_cell) or self.cell

    @property
    def label(self) -> dict[str, str]:
        """What it is, ``{"el": …, "en": …}``."""
        return message(f"personal_{self.code}")

    @property
    def why(self) -> dict[str, str]:
        """Why it may not be published."""
        return message(f"personal_{self.code}_why")

    @property
    def instead(self) -> dict[str, str]:
        """What to do instead."""
        return message(f"personal_{self.code}_instead")


EMAIL = Rule(
    "email", ("e-mail*", "email*", "ηλ. ταχυδρομείο", "ηλεκτρονικό ταχυδρομείο"), forms.EMAIL, short=True
)
PHONE = Rule(
    "phone",
    ("τηλ", "τηλέφων*", "κιν", "κινητό*", "κινητού", "κινητά", "σταθερό", "φαξ", "phone*", "telephone*",
     "tel", "mob", "mobile*", "cell", "cellphone*", "fax", "contact*", "επικοινωνία*", "επικοινωνίας"),
    forms.PHONE,
    forms.PHONE_CELL,
    check=digits.phone,
    coded=True,
)  # fmt: skip
AFM = Rule(
    "afm",
    ("ΑΦΜ", "φορολογικό μητρώο", "φορολογικού μητρώου", "AFM", "VAT", "VATIN", "TIN", "tax", "taxid"),
    forms.AFM,
    forms.AFM_CELL,
    forms.AFM_SHORT,
    digits.afm,
)
AMKA = Rule(
    "amka",
    ("ΑΜΚΑ", "AMKA", "κοινωνικής ασφάλισης", "social security*", "SSN"),
    forms.AMKA,
    forms.AMKA_CELL,
    check=digits.amka,
    share=0.5,
    least=1,
)
IBAN = Rule("iban", ("IBAN",), forms.IBAN, check=digits.iban)
CARD = Rule(
    "identity_card",
    ("ΑΔΤ", "ταυτότητα", "ταυτότητας", "ταυτότητες", "identity card*", "id card*", "ADT"),
    forms.CARD,
    forms.CARD_CELL,
    check=digits.card,
    least=5,
    by_letters=True,
    short=True,
    coded=True,
)
PLATE = Rule(
    "plate",
    ("πινακίδα*", "πινακίδας", "πινακίδες", "κυκλοφορίας", "plate*", "licence*", "license*", "vehicle*",
     "όχημα", "οχήματος", "registration"),
    forms.PLATE,
    forms.PLATE_CELL,
    check=digits.plate,
    least=5,
    by_letters=True,
    short=True,
    coded=True,
)  # fmt: skip
FREE_TEXT = Rule(
    "free_text",
    ("σχόλι*", "μήνυμα", "μηνύματα", "γνώμη", "γνώμες", "άποψη", "απόψεις", "πρόταση", "παράπονο", "παράπονα",
     "αίτημα", "αιτήματα", "comment*", "message*", "feedback", "opinion*", "complaint*"),
    share=0.05,
    least=1,
    short=True,
)  # fmt: skip

NUMBERS = (EMAIL, PHONE, AFM, AMKA, IBAN, CARD, PLATE)
RULES = (*NUMBERS, FREE_TEXT)
CODES = worded(
    ("κωδ", "κωδικ*", "α/α", "αρ", "αριθμός πρωτοκόλλου", "πρωτόκολλο", "πρωτοκόλλου", "ΑΔΑ", "ΑΔΑΜ", "ΚΑΕΚ",
     "code*", "id", "key", "ref", "reference", "serial*", "asset*", "sku", "barcode")
)  # fmt: skip
"""Finds in a folded name that the column holds codes."""
