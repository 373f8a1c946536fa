"""Every sentence exists in both languages, and one idea has one Chinese word."""

from __future__ import annotations

import importlib
import re
import string
from pathlib import Path

import pytest

from pingyi.web import messages

ROOT = Path(__file__).resolve().parents[2]
TREE = ROOT / "src" / "pingyi"
CATALOGS = sorted(TREE.rglob("locale/zh_Hans/LC_MESSAGES/django.po"))
TABLES = sorted(
    path for path in TREE.rglob("*.py") if re.search(r"^(\w*MESSAGES): dict", path.read_text("utf-8"), re.M)
)

# English word → its one Chinese word (docs/glossary.md); only words that English uses for nothing else.
HELD = {
    "supervision office": "监察室",
    "conduct supervisor": "行风监督员",
    "district office": "区纠风办",
    "service commitment": "服务承诺",
    "convenience measure": "便民措施",
    "notice board": "公示牌",
    "composite score": "综合得分",
    "score sheet": "得分表",
    "pass mark": "合格线",
    "checkpoint": "检查点",
    "ledger": "台账",
    "rehearsal": "演练",
    "admonition": "诫勉谈话",
    "objection": "申诉",
    "veto": "一票否决",
    "make-up day": "调休",
}


def test_every_catalog_is_complete() -> None:
    faults = messages.check()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.relative_to(TREE).as_posix())
def test_sentences_of_the_pure_packages_stand_in_both_languages(path: Path) -> None:
    module = importlib.import_module("pingyi." + ".".join(path.relative_to(TREE).with_suffix("").parts))
    for name in (name for name in vars(module) if name.endswith("MESSAGES")):
        for code, (chinese, english) in getattr(module, name).items():
            assert re.search(r"[\u4e00-\u9fff]", chinese), f"{code} has no Chinese sentence"
            assert re.search(r"[A-Za-z]", english), f"{code} has no English sentence"
            assert _fields(english) <= _fields(chinese), f"{code} tells less in Chinese than in English"


def test_every_held_word_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert not [word for word in HELD.values() if word not in glossary]


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.relative_to(TREE).parts[-5])
def test_a_word_of_the_glossary_has_one_chinese_rendering(path: Path) -> None:
    faults = [f"{msgid!r} → {text!r}: {word} is {chinese}" for msgid, text in _sentences(path)
              for word, chinese in HELD.items()
              if re.search(rf"\b{word}s?\b", msgid, re.IGNORECASE) and chinese not in text]  # fmt: skip
    assert not faults, "\n".join(faults)


def _sentences(path: Path) -> list[tuple[str, str]]:
    return [(_first(message.id), _first(message.string)) for message in messages.read(path) if message.id]


def _first(words: object) -> str:
    return words if isinstance(words, str) else str(words[0]) if isinstance(words, (list, tuple)) else ""


def _fields(sentence: str) -> set[str]:
    # A fact may itself come in two languages, as `why_zh` and `why_en`.
    return {re.sub(r"[.\[].*|_(zh|en)$", "", field) for _, field, _, _ in string.Formatter().parse(sentence) if field}
