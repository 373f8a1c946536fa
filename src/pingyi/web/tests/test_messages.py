from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from pingyi.web import messages
from pingyi.web.words_used import wanted_by

HEAD = 'msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
PAGE = (
    '{% translate \'Save\' %}{% translate "Late" context "desk" %}'
    "{% blocktranslate trimmed with name=x %}\n Now: {{ name }}\n{% endblocktranslate %}"
    "<c-tag title=\"{% translate 'Inside' %}\" />"
)
WHOLE = (
    'msgid "Save"\nmsgstr "保存"\n\nmsgctxt "desk"\nmsgid "Late"\nmsgstr "逾期"\n\n'
    '#, python-format\nmsgid "Now: %(name)s"\nmsgstr "当前：%(name)s"\n\nmsgid "Inside"\nmsgstr "内"\n\n'
    'msgid "Refused {count}"\nmsgstr "未获准 {count}"\n'
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    room = tmp_path / "web"
    (room / "templates").mkdir(parents=True)
    (room / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    (room / "rules.py").write_text('words = _("Refused {count}")\n', encoding="utf-8")
    catalog = room / messages.CATALOG
    catalog.parent.mkdir(parents=True)
    catalog.write_text(HEAD + WHOLE, encoding="utf-8")
    return tmp_path


def rewrite(tree: Path, old: str, new: str) -> None:
    catalog = tree / "web" / messages.CATALOG
    text = catalog.read_text(encoding="utf-8")
    assert old in text
    catalog.write_text(text.replace(old, new), encoding="utf-8")


def test_a_complete_catalog_has_no_fault(tree: Path) -> None:
    assert messages.check(tree) == []


def test_words_are_found_in_templates_attributes_and_python(tree: Path) -> None:
    assert {one.key for one in wanted_by(tree)} == {
        ("", "Save"), ("desk", "Late"), ("", "Now: %(name)s"), ("", "Inside"), ("", "Refused {count}"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgid "Save"\nmsgstr "保存"\n\n', "", "web/templates/page.html:1  missing: 'Save'"),
        ('msgctxt "desk"\n', "", "missing: 'Late' (context 'desk')"),
        ('msgstr "保存"', 'msgstr ""', "empty: 'Save'"),
        ('msgid "Save"', '#, fuzzy\nmsgid "Save"', "fuzzy: 'Save'"),
        ("当前：%(name)s", "当前：%(title)s", "other placeholders"),
        ("未获准 {count}", "未获准 {number}", "other placeholders"),
        ('msgid "Save"', 'msgid "Gone"\nmsgstr "无"\n\nmsgid "Save"', "unused: 'Gone'"),
    ],
)
def test_a_faulty_catalog_is_told_with_its_place(tree: Path, old: str, new: str, fault: str) -> None:
    rewrite(tree, old, new)
    assert any(fault in line for line in messages.check(tree)), messages.check(tree)


def test_two_rooms_that_render_one_sentence_differently_are_told(tree: Path) -> None:
    room = tree / "plans"
    (room / messages.CATALOG).parent.mkdir(parents=True)
    (room / "views.py").write_text('words = _("Save")\n', encoding="utf-8")
    (room / messages.CATALOG).write_text(HEAD + 'msgid "Save"\nmsgstr "储存"\n', encoding="utf-8")
    assert any("give one a context" in line for line in messages.check(tree))


def test_a_catalog_is_compiled_once_and_again_when_it_changes(tree: Path) -> None:
    (written,) = messages.compile_all(tree)
    with written.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Save") == "保存"
    assert messages.compile_all(tree) == []
