"""Whatever this house can say, it says in the reader's language, and in the words of people (§5.4).

What fields, validators, passwords and accounts say comes from libraries: it is held to the same.
"""

from __future__ import annotations

import re

import pytest

from tests.architecture.said import FACTS, LANGUAGES, Said, everything, house_forms

SAID = everything()
# What is called so in both languages: kinds of files, programs, what a keeper types or finds, what stands on paper.
NAMES = re.compile(
    r"""https?://\S* | \bpingyi(?:\.[a-z]+)+ | [\w.-]+@[\w.-]+ | PINGYI_\w+ | (?:docs|plans)/[\w./-]*
    | [\w.-]*\.(?:json|xml|zip|keys|age|yaml|docx?|wps|pdf|html|txt|xlsx)\b
    | \bpingyi\ (?:[a-z-]+\ ?)+ | (?<![\w-])--?[a-z][a-z-]* | \b(?:[A-Z0-9]{4}\ ?){2,}
    | (?<![A-Za-z])(?:TXT|PDF|XLSX?|CSV|DOCX|HTML|JSON|XML|YAML|UTF-8|GB18030|MB|KB|OCR|SHA-256|WCAG|AA?|ICC|NAME|AB)\b
    | \b(?:Word|WPS|Excel|Python|PostgreSQL|SQLite|Debian|OpenSSH|Open311|English|Tab|Kendall)\b
    | \bage1?\b | ssh-ed25519 | AGE-SECRET-KEY | apt-get\ install\ [\w-]+ | max_connections
    | \bsetup-code\b | \bwitnesses\b | \bmember/ | contents_sha256 | \bformat: | \btrue\b | \bfalse\b
    | \b(?:survey|hotline|covert|assembly)\b""",
    re.VERBOSE | re.ASCII,
)
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|\{[^{}]*\}|%[sd]|<[^>]*>")
OF_THE_PROGRAM = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\b[a-z]+[A-Z]\w*\b", re.ASCII)
TO_PROGRAMS = re.compile(r"interface|georeport|open311")  # what other systems send is named as they must send it


def bare(text: str) -> str:
    """A sentence without its facts and without what is called so in every language."""
    return NAMES.sub(" ", PLACEHOLDERS.sub(" ", text))


def to_people(language: str) -> list[Said]:
    """The sentences that people read in a language."""
    return [one for one in SAID if one.language == language and not TO_PROGRAMS.search(one.where)]


def list_of(faults: list[Said]) -> str:
    return "\n".join(f"{one.where}: {one.text}" for one in faults)


def test_the_sentences_are_found() -> None:
    assert len(house_forms()) > 100
    assert all(len(to_people(language)) > 4000 for language in LANGUAGES)
    places, texts = " ".join(one.where for one in SAID), {one.text for one in SAID}
    for place in ("refusal verdict.", "account ", "lint_words.py"):
        assert place in places
    assert {"密码太短，至少要有 10 个字符。", "请填写完整的邮箱地址，如 name@example.gov.cn。"} <= texts
    assert {"This password is too short. It must contain at least 10 characters.", "Enter a valid URL."} <= texts


def test_no_english_stands_in_chinese() -> None:
    faults = [one for one in to_people("zh-hans") if re.search(r"[A-Za-z]{2,}", bare(one.text))]
    assert not faults, list_of(faults)


def test_no_chinese_stands_in_an_english_fault() -> None:
    told = [one for one in to_people("en") if one.is_fault]
    faults = [one for one in told if re.search(r"[\u4e00-\u9fff]", bare(one.text).replace(str(FACTS["value"]), ""))]
    assert not faults, list_of(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_program_stands_in_a_sentence(language: str) -> None:
    faults = [one for one in to_people(language) if OF_THE_PROGRAM.search(bare(one.text))]
    assert not faults, list_of(faults)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("密码太短，至少要有 10 个字符。", ""),
        ("This password is too short.", "This"),
        ("请用“pingyi sign”启动，或另存为XLSX。", ""),
        ("请补充 time_limits。", "time"),
        ("输入一个有效的 Email 地址。", "Email"),
        ("%(limit_value)d 个字", ""),
    ],
)
def test_this_check_sees_english(text: str, found: str) -> None:
    assert "".join(re.findall(r"[A-Za-z]{2,}", bare(text))[:1]) == found


def test_this_check_sees_words_of_the_program() -> None:
    assert OF_THE_PROGRAM.search(bare("Add 'time_limits' for each kind of case."))
    assert OF_THE_PROGRAM.search(bare("The minCount is missing."))
    assert not OF_THE_PROGRAM.search(bare("Raise max_connections, or %(other_name)s."))
