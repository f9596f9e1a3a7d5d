"""What the actions about synonyms take; anything else in a call is refused."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ...search import synonyms

LONGEST_WHY = 500
MOST_TYPED = 2000


def words(value: Any) -> list[str]:
    """A list of words, or a text that has one a line or commas between."""
    given = synonyms.split(value) if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(word, str) for word in given):
        raise tk.Invalid(tk._("Must be a list of words, or a text with one word a line."))
    if sum(map(len, given)) > MOST_TYPED:
        most = MOST_TYPED
        raise tk.Invalid(tk._("Too long: at most {most} letters altogether.").format(most=most))
    try:
        return synonyms.checked(given)
    except synonyms.NotSynonyms as wrong:
        raise tk.Invalid(told(wrong)) from wrong


def why(value: Any) -> str:
    """A reason in a sentence, on one line."""
    text = " ".join(str(value).split())
    if len(text) > LONGEST_WHY:
        raise tk.Invalid(tk._("Too long: at most {most} letters.").format(most=LONGEST_WHY))
    if not text.isprintable():
        raise tk.Invalid(tk._("Only letters, digits and punctuation, please."))
    if len(text) < 3:
        raise tk.Invalid(tk._("Say in a few words why these mean the same."))
    return text


def told(wrong: synonyms.NotSynonyms) -> str:
    """The refusal as a sentence that names the word and says what was expected."""
    sentences = {
        "few": tk._("A group needs at least two words that mean the same."),
        "many": tk._("{found} words: a group has at most {most_words}."),
        "twice": tk._("“{word}” stands twice: case, accents and endings make no difference."),
        "long": tk._("“{word}…” has {found} letters: a word or phrase has at most {longest}."),
        "parts": tk._("“{word}” has {found} words: a phrase has at most {most_parts}."),
        "empty": tk._("“{word}” is no word: at least two letters or digits, please."),
        "sign": tk._("“{word}” has “{found}” in it: only letters, digits, blank, hyphen, full stop, & and apostrophe may stand in a word."),  # noqa: E501
        "stop": tk._("“{word}” has the word “{found}”, which search leaves out: write the phrase without it, or another word."),  # noqa: E501
        "known": tk._("These words are a group already: {word}."),
    }  # fmt: skip
    return sentences[wrong.code].format(
        word=wrong.word[: synonyms.LONGEST] if wrong.code != "known" else wrong.word,
        found=wrong.found,
        longest=synonyms.LONGEST,
        most_words=synonyms.MOST_WORDS,
        most_parts=synonyms.MOST_PARTS,
    )


@validator_args
def miss_list(
    default: ValidatorFactory,
    natural_number_validator: Validator,
    limit_to_configured_maximum: ValidatorFactory,
) -> Schema:
    """Of the last how many days, and how many."""
    limit = limit_to_configured_maximum("ckan.search.rows_max", 1000)
    return {
        "days": [default(30), natural_number_validator],
        "limit": [default(100), natural_number_validator, limit],
    }


@validator_args
def preview(not_empty: Validator) -> Schema:
    """``words``: a list, or a text."""
    return {"words": [not_empty, words]}


@validator_args
def create(not_empty: Validator) -> Schema:
    """``words`` and ``why`` they mean the same."""
    return {"words": [not_empty, words], "why": [not_empty, why]}


@validator_args
def delete(not_empty: Validator, natural_number_validator: Validator) -> Schema:
    """``id`` of a group of staff."""
    return {"id": [not_empty, natural_number_validator]}
