"""One call to the API as it is written in each language; nothing of a table gets into code unquoted."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

Query = Mapping[str, str | int]

PLACE = re.compile(r"«(\w+)»")
PYTHON = """import json
from urllib.parse import urlencode
from urllib.request import urlopen
"""
R_ADDRESS = """query <- c(«r»)
parts <- paste0(names(query), "=", sapply(query, URLencode, reserved = TRUE))
address <- paste0(«address», "?", paste(parts, collapse = "&"))
"""

RECORDS = {
    "curl": "curl --get «shell»«words»",
    "Python": PYTHON + """
query = «python»
with urlopen(«address» + "?" + urlencode(query)) as answer:
    rows = json.load(answer)["result"]["records"]
for row in rows:
    print(row)""",
    "pandas": PYTHON + """
import pandas

query = «python»
with urlopen(«address» + "?" + urlencode(query)) as answer:
    rows = pandas.DataFrame(json.load(answer)["result"]["records"])
print(rows.to_string())""",
    "R": "library(jsonlite)\n\n" + R_ADDRESS + """rows <- fromJSON(url(address))$result$records
print(rows)""",
    "JavaScript": """const query = new URLSearchParams(«javascript»);
fetch(«address» + "?" + query)
  .then((answer) => answer.json())
  .then(({ result }) => console.log(result.records));""",
}  # fmt: skip

PAGES = {
    "curl": "curl --get «shell»«words»",
    "Python": PYTHON + """
query = «python»
rows = []
while True:
    with urlopen(«address» + "?" + urlencode(query)) as answer:
        result = json.load(answer)["result"]
    if not result["records"]:
        break
    rows += result["records"]
    query["offset"] = len(rows)
print(len(rows))""",
    "pandas": PYTHON + """
import pandas

query = «python»
pages = []
while True:
    with urlopen(«address» + "?" + urlencode(query)) as answer:
        result = json.load(answer)["result"]
    if not result["records"]:
        break
    pages.append(pandas.DataFrame(result["records"]))
    query["offset"] += len(result["records"])
rows = pandas.concat(pages)
print(len(rows))""",
    "R": """library(jsonlite)

query <- c(«r»)
rows <- NULL
repeat {
  parts <- paste0(names(query), "=", sapply(query, URLencode, reserved = TRUE))
  page <- fromJSON(url(paste0(«address», "?", paste(parts, collapse = "&"))))$result$records
  if (length(page) == 0) break
  rows <- rbind(rows, page)
  query["offset"] <- format(nrow(rows), scientific = FALSE)
}
print(nrow(rows))""",
    "JavaScript": """const query = new URLSearchParams(«javascript»);
async function all() {
  const rows = [];
  for (;;) {
    const answer = await fetch(«address» + "?" + query);
    if (!answer.ok) throw new Error(await answer.text());
    const { result } = await answer.json();
    if (!result.records.length) return rows;
    rows.push(...result.records);
    query.set("offset", rows.length);
  }
}
all().then((rows) => console.log(rows.length));""",
}  # fmt: skip

FILE = {
    "curl": "curl --fail --output «shell_file» --get «shell»«words»",
    "Python": """from urllib.parse import urlencode
from urllib.request import urlretrieve

query = «python»
urlretrieve(«address» + "?" + urlencode(query), «file»)""",
    "pandas": """from urllib.parse import urlencode

import pandas

query = «python»
rows = pandas.read_csv(«address» + "?" + urlencode(query))
print(rows.head().to_string())""",
    "R": R_ADDRESS + """rows <- read.csv(address, encoding = "UTF-8", check.names = FALSE)
head(rows)""",
    "JavaScript": """const query = new URLSearchParams(«javascript»);
fetch(«address» + "?" + query)
  .then((answer) => answer.text())
  .then((text) => console.log(text));""",
}  # fmt: skip

WHOLE = {
    "curl": "curl --fail --output «shell_file» «shell»",
    "Python": """from urllib.request import urlretrieve

urlretrieve(«address», «file»)""",
    "pandas": """import pandas

rows = pandas.read_csv(«address»)
print(rows.head().to_string())""",
    "R": """rows <- read.csv(«address», encoding = "UTF-8", check.names = FALSE)
head(rows)""",
    "JavaScript": """fetch(«address»)
  .then((answer) => answer.text())
  .then((text) => console.log(text));""",
}  # fmt: skip

KINDS = {"records": RECORDS, "pages": PAGES, "file": FILE, "whole": WHOLE}
LANGUAGES = tuple(RECORDS)


@dataclass(frozen=True)
class Call:
    """What is asked where; ``kind`` says what is done with the answer, ``file`` what it is called."""

    kind: str
    address: str
    query: Query
    file: str = ""


def code(language: str, call: Call) -> str:
    """The call in a language, as it can be run."""
    template = KINDS[call.kind][language]
    parts = {
        "address": _text(call.address),
        "file": _text(call.file),
        "shell": shlex.quote(call.address),
        "shell_file": shlex.quote(call.file),
        "words": "".join(
            f" \\\n  --data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in call.query.items()
        ),
        "python": _lines(call.query, '    "{name}": {value},'),
        "javascript": _lines(call.query, "  {name}: {value},"),
        "r": ", ".join(f"{name} = {_text(str(value))}" for name, value in call.query.items()),
    }
    return PLACE.sub(lambda found: parts[found[1]], template)


def _text(value: str) -> str:
    """A text between quotes, as Python, R and JavaScript read it alike."""
    return json.dumps(value, ensure_ascii=False)


def _lines(query: Query, line: str) -> str:
    """The query as an object, a parameter a line."""
    written = [
        line.format(name=name, value=value if isinstance(value, int) else _text(value))
        for name, value in query.items()
    ]
    return "\n".join(["{", *written, "}"])
