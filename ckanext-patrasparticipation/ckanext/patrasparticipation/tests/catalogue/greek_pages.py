"""Read a page as a Greek reader does: the English runs in its words, labels, tooltips and questions."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Comment, Tag

WORD = r"[A-Za-z][A-Za-z'’]*"
RUN = re.compile(rf"(?<![\w@/.-]){WORD}(?:[ \n\t,;:]+{WORD}){{2,}}(?![\w@/-])")
READ_ATTRIBUTES = (
    "aria-label",
    "title",
    "placeholder",
    "alt",
    "data-bs-content",
    "data-module-content",
    "data-module-i18n",
)
# Names that have no Greek form.
NAMES = re.compile(
    r"GeoJSON|GeoPackage|Shapefile|LibreOffice|Excel"
    r"|JavaScript|Python|curl|Open Data Commons[\w ()]*|Creative Commons[\w .-]*"
    r"|Open Database License|GNU Free Documentation License"
)
NOT_READ = ["script", "style", "template", "noscript", "pre", "code", "svg"]


def english_runs(html: str, least: int = 3) -> list[str]:
    """Every run of ``least`` or more English words outside data.

    Data is what stands in an element with ``data-content`` or in another language (``lang``), and code.
    """
    page = BeautifulSoup(html, "html.parser")
    for element in (
        page.find_all(NOT_READ) + page.select("[data-content]") + page.select("[lang]:not([lang=el])")
    ):
        if element.name != "html":
            element.decompose()
    for comment in page.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    texts = [str(text) for text in page.find_all(string=True)]
    for element in page.find_all(True):
        texts.extend(read_attributes(element))
    return [run for text in texts for run in runs(text, least)]


def read_attributes(element: Tag) -> list[str]:
    """The attributes of an element that are read aloud, shown on hovering, or asked before a step."""
    texts = [str(element[name]) for name in READ_ATTRIBUTES if element.get(name)]
    if element.name == "input" and element.get("type") in ("submit", "button", "reset"):
        texts.append(str(element.get("value", "")))
    if element.name == "option" and element.get("label"):
        texts.append(str(element["label"]))
    if element.name == "meta" and element.get("name") == "description":
        texts.append(str(element.get("content", "")))
    return texts


def runs(text: str, least: int) -> list[str]:
    """The English runs in one text; abbreviations alone (`CSV, XML, JSON`) are no English."""
    found = RUN if least == 3 else re.compile(rf"{WORD}(?:[ \n\t,;:]+{WORD}){{{least - 1},}}")
    text = re.sub(r"<[^>]*>|\\u[0-9a-f]{4}|&\w+;", " ", NAMES.sub(" ", text))
    matches = (" ".join(match.group(0).split()) for match in found.finditer(text))
    return [run for run in matches if re.search(r"\b[a-z]|\b[A-Z][a-z]", run)]
