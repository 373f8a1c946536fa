"""Print → import is the identity, and what a file carries is never believed against what it shows (§0)."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.shared import Mm
from PIL import Image
from pypdfium2 import raw

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.printed import Carriage, judge
from pingyi.authoring.printing.render import to_html
from pingyi.authoring.prose import sentence
from pingyi.authoring.reading import read_document
from pingyi.authoring.tests.leaves import changed, leaves
from pingyi.authoring.tests.plans import SHIPPED, shipped_plan
from pingyi.authoring.tests.plans_made import made
from pingyi.authoring.tests.test_print_says_all import is_unsaid
from pingyi.documents.plan_docx import to_docx
from pingyi.documents.plan_pdf import to_pdf
from pingyi.documents.tests.prints import FORMATS, Format, brought, docx_with
from pingyi.rules.plan import Plan

SAMPLE = 4  # made plans here; `./pingyi bench prints` takes fifty
EACH = 60  # of the values that can be at odds, one in so many is tried here
each_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


@each_format
@pytest.mark.parametrize("tongue", ["zh", "en"])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_print_brings_its_plan_back(name: str, tongue: str, form: Format) -> None:
    plan = shipped_plan(name)
    found = brought(form.printed(plan, tongue))
    assert found.carriage is Carriage.UNCHANGED
    assert found.draft.plan == plan
    assert found.draft.problems == ()


@each_format
@pytest.mark.parametrize("seed", range(SAMPLE))
def test_a_made_plan_comes_back(seed: int, form: Format) -> None:
    plan = made(seed)
    assert plan not in map(shipped_plan, SHIPPED)
    found = brought(form.printed(plan, "zh"))
    assert found.is_printed
    assert found.draft.plan == plan


def lowered(plan: Plan) -> Plan:
    """The demo plan, its limit of 80 points made 20."""
    below = next(one for one in plan.triggers if one.id == "below_80")
    test = replace(below.all_of[0], score=Decimal(20))
    return replace(plan, triggers=tuple(replace(one, all_of=(test,)) if one is below else one for one in plan.triggers))


@each_format
def test_a_limit_that_is_shown_as_80_and_carried_as_20_is_not_believed(form: Format) -> None:
    plan = shipped_plan()
    found = brought(form.forged(plan, to_yaml(lowered(plan)).encode()))
    assert found.carriage is Carriage.CHANGED
    (doubt,) = found.draft.problems
    assert doubt.code == "print.differs"
    assert plan.title in sentence(doubt.code, doubt.facts, language="zh")
    assert found.changed is not None
    (told,) = [one.sentence() for one in found.changed.changes]
    assert "§ 七（一）2" in told
    assert "由“20”改为“80”" in told
    assert found.draft.plan == plan
    assert [one.score for trigger in found.draft.plan.triggers for one in trigger.all_of if one.score] != [Decimal(20)]


@each_format
def test_carried_and_shown_at_odds_in_one_value_are_never_unchanged(form: Format) -> None:
    plan = shipped_plan()
    content = form.printed(plan, "zh")
    document = read_document(content, name="print")
    said = [leaf for leaf in leaves(plan) if not is_unsaid(leaf)]
    tried = [(leaf, leaf.others[-1]) for leaf in said[FORMATS.index(form) :: EACH]]
    assert len(tried) > 10
    for leaf, other in tried:
        forged = replace(document, carried=to_yaml(changed(plan, leaf, other)).encode())
        assert judge(forged, content=content).carriage in {Carriage.CHANGED, Carriage.UNREAD}, leaf.path


@each_format
def test_two_cells_are_not_one_number(form: Format) -> None:
    plan = shipped_plan()
    first, *others = plan.indicators
    shown, carried = (
        replace(plan, indicators=(replace(first, maximum=Decimal(most), minimum_count=least), *others))
        for most, least in ((100, 12), (1001, 2))
    )
    assert judge_of(form.forged(shown, to_yaml(carried).encode())) is Carriage.CHANGED


def judge_of(content: bytes) -> Carriage:
    return judge(read_document(content, name="print"), content=content).carriage


def saved(content: bytes, change: Callable[[Any], None]) -> bytes:
    """Open a DOCX, change it as a person would, and save it."""
    document = Document(io.BytesIO(content))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_print_that_was_only_opened_and_saved_comes_back() -> None:
    assert brought(saved(to_docx(shipped_plan()), lambda document: None)).is_printed


def _says_20(document: Any) -> None:
    (paragraph,) = [one for one in document.paragraphs if "认定条件：综合得分低于80分" in one.text]
    paragraph.runs[0].text = paragraph.runs[0].text.replace("综合得分低于80分。", "综合得分低于20分。")


def _has_a_cell_changed(document: Any) -> None:
    document.tables[0].cell(1, 2).paragraphs[0].runs[0].text = "60%"


@pytest.mark.parametrize("change", [_says_20, _has_a_cell_changed])
def test_a_print_that_was_changed_by_hand_is_read_by_its_text(change: Callable[[Any], None]) -> None:
    found = brought(saved(to_docx(shipped_plan()), change))
    assert found.carriage is Carriage.CHANGED


def _has_a_comment(document: Any) -> None:
    document.add_comment(document.paragraphs[5].runs, text="此处改为20分", author="甲")


def _has_a_head(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "第七条作废"


def _has_a_picture(document: Any) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    document.paragraphs[5].add_run().add_picture(io.BytesIO(buffer.getvalue()), width=Mm(20))


def _has_hidden_words(document: Any) -> None:
    document.paragraphs[5].add_run("另有规定").font.hidden = True


@pytest.mark.parametrize("change", [_has_a_comment, _has_a_head, _has_a_picture, _has_hidden_words])
def test_a_print_on_which_more_stands_than_its_text_is_not_taken_for_it(change: Callable[[Any], None]) -> None:
    found = brought(saved(to_docx(shipped_plan()), change))
    assert found.carriage is Carriage.COVERED
    assert found.draft.problems[0].code == "print.covered"


def test_a_page_whose_looks_hide_words_is_not_taken_for_the_print() -> None:
    page = to_html(shipped_plan()).replace("table {", "p:nth-of-type(9) { display: none } table {")
    assert brought(page.encode()).carriage is Carriage.COVERED


def test_a_pdf_with_a_note_over_its_page_is_not_taken_for_the_print() -> None:
    document = pypdfium2.PdfDocument(to_pdf(shipped_plan()))
    page = document[0]
    note = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_SQUARE)
    raw.FPDFPage_CloseAnnot(note)
    buffer = io.BytesIO()
    document.save(buffer)
    assert brought(buffer.getvalue()).carriage is Carriage.COVERED


@pytest.mark.parametrize("data", [b"format: pingyi-plan/1\n", b"\xff\x00", b"- " * 9_000, b"title: x\n" * 200_000])
def test_what_is_carried_and_no_whole_plan_is_said_and_left(data: bytes) -> None:
    found = brought(docx_with(shipped_plan(), data))
    assert found.carriage is Carriage.UNREAD
    assert found.draft.problems[0].code == "print.unread"


def test_two_plans_carried_are_none() -> None:
    block = to_html(shipped_plan()).partition("<script")[2].partition("</script>")[0]
    page = to_html(shipped_plan()).replace("</body>", f"<script{block}</script></body>")
    assert brought(page.encode()).carriage is Carriage.NONE


def test_a_print_without_its_data_is_prose() -> None:
    assert brought(docx_with(shipped_plan(), b"")).carriage is Carriage.NONE
