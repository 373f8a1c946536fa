"""The duties of the year: what is to be done, by whom, until when, and who receives it (§3.2.1, §4)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from pingyi.authoring.prose.dates import When, find_dates
from pingyi.authoring.prose.doers import BUREAU, Doing, leading_doer, stated_doer
from pingyi.authoring.prose.draft import Doubt
from pingyi.authoring.prose.offices import Offices, doubt_about_spelling
from pingyi.authoring.prose.outline import Node
from pingyi.authoring.prose.page import Page
from pingyi.authoring.prose.phases import PhaseText
from pingyi.authoring.prose.recipients import find_recipients
from pingyi.authoring.prose.verbs import is_duty, proof_of, starts_with_verb
from pingyi.authoring.prose.walk import Duty, Walk, assigned, day_of, read_label
from pingyi.rules.plan.people import Doer
from pingyi.rules.plan.schedule import Task

_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_ONLY_FORWARDS = re.compile(
    r"^(?:并|且|并且|同时|及时|统一|一并|分别|按时)*(?:书面|以书面形式)?(?:报送?|上报|呈报|抄报|送|报告|交)"
)
_DATE_WORDS = re.compile(r"^(?:并)?(?:在|于|自|从|截[止至]到?|最迟|务必|应|须|要)*\s*$")
# What is received from above is received by the bureau, whoever was named last.
_ABOVE = re.compile(r"^(?:积极|认真|主动|做好)*(?:迎接|接受|配合)[^，]{0,10}(?:区|县|市|省|上级)")
_MEANS = re.compile(r"^(?:通过|采取|采用|利用|以)[^，]{2,60}?等?(?:形式|方式|方法|途径|渠道)，?(?=[\u4e00-\u9fff]{3,})")
_HELPS = re.compile(r"^[^，]{2,12}(?:配合|协助|参与|协同)$")
_ASKED = re.compile(r"^(?:应当|应该|必须|需要|务必)(?:于|在)?(?=[\u4e00-\u9fff])")
_LONGEST = 60


def read_duties(
    page: Page, phases: list[PhaseText], *, offices: Offices, year: int, closed: list[tuple[int, int]]
) -> tuple[list[Duty], list[Doubt]]:
    """Return the duties of every phase in order; `closed` stretches hold consequences and result uses, not duties."""
    duties: list[Duty] = []
    doubts: list[Doubt] = []
    items = page.node_starts
    for text in phases:
        walk = Walk(page, offices, text.phase.id, year, closed=tuple(closed), begins=text.phase.begins_on)
        for start, end in page.within(text.head_end, text.end):
            if start in items:
                # A new numbered item names its own doer or means the bureau.
                walk.doing = BUREAU
            if read_label(walk, start, end):
                continue
            if not _is_title(items.get(start), end):
                _read_sentence(walk, start, end)
        duties += walk.duties
        doubts += walk.doubts
    return duties, doubts


def read_dated_duties(
    page: Page,
    span: tuple[int, int],
    *,
    phases: list[PhaseText],
    offices: Offices,
    year: int,
    closed: list[tuple[int, int]],
) -> list[Duty]:
    """Return duties outside the phases that have both a deadline and a recipient."""
    walk = Walk(page, offices, "", year, closed=tuple(closed))
    for start, end in page.within(*span):
        _read_sentence(walk, start, end)
    due = [duty for duty in walk.duties if duty.task.due_on and duty.task.recipient]
    return [replace(duty, task=replace(duty.task, phase=_phase_of(duty.task.due_on, phases))) for duty in due]


def _is_title(node: Node | None, end: int) -> bool:
    """制定方案。各单位……: a short title says less than the sentence behind it."""
    if node is None or node.title_end < end or len(node.title) > 10 or "，" in node.title:
        return False
    return node.end - node.title_end > 6


def _phase_of(day: date | None, phases: list[PhaseText]) -> str:
    within = (text.phase.id for text in phases if day and text.phase.begins_on <= day <= text.phase.ends_on)
    return next(within, phases[-1].phase.id)


def _read_sentence(walk: Walk, start: int, end: int) -> None:
    sentence_due: When | None = None
    for index, clause in enumerate(_clauses(walk.page, start, end)):
        if any(first < clause[1] and clause[0] < last for first, last in walk.closed):
            continue
        dates = [walk.placed(when) for when in find_dates(walk.page.flat, *clause, year=walk.year)]
        if dates and ((index == 0 and dates[0].start - clause[0] <= 4) or not dates[-1].is_deadline):
            # "3月底前，…，…" dates what follows; "监察室于11月30日前形成…" dates only itself.
            sentence_due = dates[-1]
        _read_clause(walk, *clause, due=sentence_due, own=dates)


def _clauses(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence at its commas, but not inside brackets; 、 parts verbs: 建立机构、制定方案."""
    spans: list[tuple[int, int]] = []
    begin, depth = start, 0
    for place in range(start, end):
        sign = page.flat[place]
        depth += (sign in "（“《") - (sign in "）”》")
        is_cut = sign in "，。；：！？\n" or (sign == "、" and _parts_verbs(page.flat, begin, place, end))
        if is_cut and depth <= 0:
            spans.append((begin, place))
            begin, depth = place + 1, 0
    spans.append((begin, end))
    return [_bare(page, *span) for span in spans if page.flat[slice(*span)].strip(" \n")]


def _parts_verbs(flat: str, begin: int, place: int, end: int) -> bool:
    before, after = flat[begin:place], re.split(r"[、，。；]", flat[place + 1 : end])[0]
    is_means = re.match(r"\s*(?:同时|并)?(?:要)?(?:通过|采取|利用|运用|以|按照|围绕|对|在)", before)
    return (
        len(before) >= 5
        and len(after) >= 5
        and starts_with_verb(after)
        and starts_with_verb(before.strip())
        and not is_means
    )


def _bare(page: Page, start: int, end: int) -> tuple[int, int]:
    while start < end and page.flat[start] in " \n":
        start += 1
    # The number before an item is not part of its words.
    node = page.node_starts.get(start)
    return (node.title_start if node and node.title_start <= end else start), end


def _read_clause(walk: Walk, start: int, end: int, *, due: When | None, own: list[When]) -> None:
    clause = walk.page.flat[start:end]
    doing, skipped = leading_doer(_without_dates(walk.page, start, end, own), walk.offices)
    named = stated_doer(clause, walk.offices)
    labeled = re.match(r"^（?(?:责任|牵头|承办|负责|主办|实施)(?:单位|部门|科室|人)", clause)
    if labeled and named and walk.duties:
        _assign(walk, named)
        return
    if doing is not None and not _HELPS.search(clause):
        walk.doing = doing
    bare = _ASKED.sub("", _without_dates(walk.page, start, end, own)[skipped:].strip())
    recipients = find_recipients(walk.page, start, end, walk.offices)
    if recipients and _goes_on(walk, doing, start) and _ONLY_FORWARDS.match(bare) and _is_bare_forward(bare):
        _forward(walk, start, end, due=_day(own), recipients=recipients)
        return
    if not is_duty(bare) or _HELPS.search(clause):
        # "由市场部牵头，有关部门配合，逐项……": the first of them carries what follows.
        walk.doing = named or walk.doing
        return
    title = _title(bare)
    if _ABOVE.match(title):
        walk.doing = BUREAU
    first = recipients[0] if recipients else None
    duty = _duty(
        walk,
        title,
        start,
        end,
        doing=named or walk.doing,
        due=_day(own) or day_of(due),
        recipient=first.id if first else "",
    )
    walk.duties.append(duty)
    _say_spelling(walk, recipients)
    for other in recipients[1:]:
        walk.duties.append(replace(duty, task=replace(duty.task, recipient=other.id)))
    _shift(walk, recipients, clause, start, end, due)


def _goes_on(walk: Walk, doing: Doing | None, start: int) -> bool:
    """Tell whether a clause still speaks of the duty before it: the same sentence, and nobody else named."""
    if not walk.duties:
        return False
    last = walk.duties[-1]
    if doing is not None:
        return doing.written == last.task.doer_text
    return last.start >= walk.page.sentence_at(start)[0] - 1


def _is_bare_forward(bare: str) -> bool:
    """并于11月15日前报监察室: no object of its own, so it completes the duty before it."""
    return not re.search(r"备案|存档|情况|材料|报告|总结|方案", bare)


def _forward(walk: Walk, start: int, end: int, *, due: date | None, recipients: list) -> None:  # type: ignore[type-arg]
    last = walk.duties[-1]
    task = replace(last.task, recipient=recipients[0].id, due_on=due or last.task.due_on)
    walk.duties[-1] = Duty(task=task, start=last.start, end=end)
    _say_spelling(walk, recipients)
    _shift(walk, recipients, walk.page.flat[start:end], start, end, None)


def _assign(walk: Walk, doing: Doing) -> None:
    """（责任单位：办公室）behind a duty names its doer."""
    walk.duties[-1] = assigned(walk.duties[-1], doing)


def _shift(walk: Walk, recipients: list, clause: str, start: int, end: int, due: When | None) -> None:  # type: ignore[type-arg]
    """报监察室汇总: collating is the office's own duty, and what follows is done by it."""
    collates = re.search(r"报送?[^，]{2,20}?(?P<verb>汇总(?!表)|审核|审定|汇总上报)", clause)
    if not collates or not recipients or recipients[0].id != "supervision_office":
        return
    before, walk.doing = walk.doing, Doing(Doer.SUPERVISION_OFFICE, recipients[0].written)
    stated = re.search(r"(?:将|把)(?P<what>[^，]{2,30}?)(?:书面|及时|统一)?报", clause)
    title = f"{collates['verb']}{before.written}{stated['what'] if stated else '上报的材料'}"[:_LONGEST]
    walk.duties.append(_duty(walk, title, start, end, doing=walk.doing, due=day_of(due), recipient=""))


def _duty(walk: Walk, title: str, start: int, end: int, *, doing: Doing, due: date | None, recipient: str) -> Duty:
    section = doing.section if doing.doer is Doer.NAMED_SECTION else ""
    task = Task(
        id="",
        title=title,
        phase=walk.phase,
        doer=doing.doer,
        due_on=due,
        proof=proof_of(title),
        recipient=recipient,
        section=section,
        doer_text=doing.written,
        text=walk.page.words(start, end),
        quote=walk.page.quote(start, end),
    )
    return Duty(task=task, start=start, end=end)


def _say_spelling(walk: Walk, recipients: list) -> None:  # type: ignore[type-arg]
    for one in recipients:
        if one.taken_as:
            walk.doubts.append(doubt_about_spelling(one.written, one.taken_as, one.start, one.end))


def _without_dates(page: Page, start: int, end: int, dates: list[When]) -> str:
    """The clause without leading dates: 3月底前，各科室要… and 于11月30日前形成…."""
    clause = page.flat[start:end]
    for when in reversed(dates):
        clause = clause[: when.start - start] + clause[when.end - start :]
    clause = re.sub(r"（[^（）]*(?:责任|牵头|完成时[限间]|时间|时限)[^（）]*）|（\s*）", "", clause)
    clause = re.sub(r"[，：]", "", clause)
    return (
        re.sub(
            r"^(?:并)?(?:在|于|自|从|到|截[止至]到?|最迟|不迟于|将于|拟于"
            r"|务必于)(?=[\u4e00-\u9fff])(?!.{0,30}(?:基础上|位置|范围))",
            "",
            clause.strip(),
        )
        if dates
        else clause
    )


def _title(bare: str) -> str:
    title = re.sub(r"^(?:均|将|须|应|也|都|要|并|于|在(?=形成|完成|上报))+", "", bare.strip(" 、，。；："))
    title = re.sub(r"（(?:联系人|联系电话|电话|邮箱|电子邮箱|传真)[^）]*）", "", title)
    title = _MEANS.sub("", title)
    title = re.sub(r"(?<=[\u4e00-\u9fff])(?:并)?于(?=形成|报|完成|上报)", "", title)
    return title[:_LONGEST]


def _day(dates: list[When]) -> date | None:
    return day_of(dates[-1]) if dates else None
