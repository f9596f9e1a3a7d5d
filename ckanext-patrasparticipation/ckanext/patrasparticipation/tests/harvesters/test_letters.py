"""Blocks of lines looked at all at once say what ``bytes`` says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.patrasparticipation.harvesters.readers.letters import Lines, count, pairs

TEXTS = st.lists(st.sampled_from([b"{", b"}", b",", b"\n", b"]", b'"', b":", b"a", b"\xce"])).map(b"".join)


@given(TEXTS)
def test_counts_are_those_of_bytes(data):
    assert count(data, b"\n") == data.count(b"\n")
    assert pairs(data, b'":') == data.count(b'":')


@given(TEXTS, st.sampled_from([b"]", b","]))
def test_the_first_line_with_a_letter_is_found(data, letter):
    found = data.find(b"\n" + letter)
    assert Lines(data).first_with(letter) == (found if found >= 0 else None)


@given(TEXTS)
def test_a_comma_at_the_end_of_an_object_becomes_a_blank(data):
    assert Lines(data).without_commas() == data.replace(b"},\n", b"} \n")


@pytest.mark.parametrize("data", [b"", b"\n", b",\n", b"},\n"])
def test_the_smallest_blocks(data):
    assert len(Lines(data).without_commas()) == len(data)
    assert Lines(data).until(0).block == b""
