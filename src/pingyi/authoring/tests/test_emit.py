"""A plan written as YAML reads back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from pingyi.authoring.emit import _words


@given(st.text(max_size=60))
def test_any_words_survive_the_writing(text: str) -> None:
    text = text.encode("utf-8", errors="ignore").decode()
    assert YAML(typ="safe").load(f"a: {_words(text)}  # note\n") == {"a": text}


def test_words_that_yaml_would_read_otherwise_are_quoted() -> None:
    for text in ("yes", "null", "12345", "2012-03-15", "a: b", "- x", "# x", "", " x", "是 # 否"):
        assert YAML(typ="safe").load(f"a: {_words(text)}\n") == {"a": text}
