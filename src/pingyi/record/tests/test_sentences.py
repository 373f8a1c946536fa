"""Every verb that somebody may do is a sentence in both languages."""

from __future__ import annotations

import pytest
from django.utils import translation

from pingyi.record.sentences import SENTENCES, sentence
from pingyi.record.tests.conftest import VERBS
from pingyi.rules.permissions import PERMISSIONS

REAL = sorted(PERMISSIONS.keys() - VERBS.keys())


@pytest.mark.parametrize("verb", REAL)
def test_a_verb_is_a_sentence_in_both_languages(verb: str) -> None:
    assert verb in SENTENCES
    with translation.override("en"):
        english = sentence(verb)
    with translation.override("zh-hans"):
        chinese = sentence(verb)
    assert english[0].isupper()
    assert any("\u4e00" <= char <= "\u9fff" for char in chinese)
