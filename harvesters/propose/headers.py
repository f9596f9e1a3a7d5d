"""What a header alone says of its column: a code, a telephone, a day, a yes or no, a key."""

from __future__ import annotations

import re

from .words import fold, split_unit

_CONTACT = re.compile(
    r"\b(τηλ\w*|κινητο\w*|phone\w*|tel|telephone|mobile|fax|φαξ|αφμ|α φ μ|αμκα|α μ κ α|αμα|τκ|τ κ"
    r"|ταχ\w* κωδ\w*|ταχυδρομικοσ κωδικασ|zip|zip code|postcode|postal code|iban|αδτ|αρ ταυτοτητασ|vat|tin)\b"
)
_CODE = re.compile(
    r"\b(κωδ\w*|code\w*|codice|id|αδα|αδαμ|καεκ|kaek|ref|αρ πρωτ\w*|πρωτοκολλο\w*)\b|_id$|(^| )id$"
)
_DATE = re.compile(
    r"(ημ νια|ημερομην\w*|\bημερ\b|\bdate|date\b|\bημνια|_on\b|\bdat\w{1,3}\b|ληξη|εναρξη|απο εωσ)"
)
_FLAG = re.compile(
    r"^(is|has|εχει|ειναι|αν) "
    r"|\b(ναι οχι|ο ν|ν ο|y n|yes no|flag"
    r"|ενεργο\w*|active|enabled|indoor|διαθετει|προσβασιμ\w*)\b"
)
_KEY = re.compile(
    r"^(id|fid|gid|uid|uuid|guid|oid|objectid|feature id|key|κλειδι|κωδικοσ\w*|κωδ|code|codice|αα|α α|a a|αδα"
    r"|αδαμ|καεκ|asset id|ref|osm id|αριθμοσ μητρωου|μητρωο|αυξων αριθμοσ|αυξ αρ\w*|αρ πρωτ\w*"
    r"|αριθμοσ πρωτοκολλου)\b|\b(id|code|κωδικοσ|codice)$"
)


def is_contact(header: str) -> bool:
    """A telephone, a postcode, a tax number: digits that are no quantity."""
    return bool(_CONTACT.search(_bare(header)))


def is_code(header: str) -> bool:
    """A code or identifier."""
    return bool(_CODE.search(_bare(header)))


def is_date(header: str) -> bool:
    """A day."""
    return bool(_DATE.search(_bare(header)))


def is_flag(header: str) -> bool:
    """A yes or no."""
    return bool(_FLAG.search(_bare(header)))


def is_key(header: str) -> bool:
    """What tells one row from another."""
    return bool(_KEY.search(_bare(header)))


def _bare(header: str) -> str:
    return fold(split_unit(header)[0])
