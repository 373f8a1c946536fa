"""The duties of the year: what is to be done, by whom, until when, and who receives it (§3.2.1, §4)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import partial

from pingyi.authoring.prose.clauses import LONGEST, MEANS, WITHIN, clauses_of, title_of, without_dates
from pingyi.authoring.prose.dates import When, find_dates
from pingyi.authoring.prose.doers import BUREAU, Doing, leading_doer, opening_doer, stated_doer, subject_of
from pingyi.authoring.prose.draft import Doubt
from pingyi.authoring.prose.offices import Offices, doubt_about_spelling
from pingyi.authoring.prose.page import Page
from pingyi.authoring.prose.phases import PhaseText
from pingyi.authoring.prose.recipients import Recipient, find_recipients
from pingyi.authoring.prose.verbs import is_duty, names_object_first, product_of, proof_of, sets_a_mood
from pingyi.authoring.prose.walk import Duty, Walk, assigned, day_of, hear_how_often, read_label, recurring
from pingyi.rules.plan.people import Doer
from pingyi.rules.plan.schedule import Task

_CLAUSE = re.compile(r"[^，。；：！？\n]+")
_ONLY_FORWARDS = re.compile(
    r"^(?:并|且|并且|同时|及时|统一|一并|分别|按时)*(?:书面|以书面形式)?(?:报送?|上报|呈报|抄报|送|报告|交)"
)
# What is received from above is received by the bureau, whoever was named last.
_ABOVE = re.compile(r"^(?:积极|认真|主动|做好)*(?:迎接|接受|配合)[^，]{0,10}(?:区|县|市|省|上级)")
_ASKED = re.compile(r"^(?:应当|应该|必须|需要|务必)(?:于|在)?(?=[\u4e00-\u9fff])")
_FOUND = re.compile(r"^(?:对)?发现(?:的)?问题(?:的)?(?:要)?(?=[\u4e00-\u9fff]{4})")
_HELPS = re.compile(r"^[^，]{2,12}(?:配合|协助|参与|协同)$")
_SELF_REVIEW = re.compile(r"自查|查摆|查找|整改|剖析")
# 发放征求意见函，由征管股负责，4月底前完成: doer and day stand behind what they belong to.
_CARRIED = re.compile(r"^(?:具体)?由[^，。；]{2,24}(?:负责|承办|带队|落实|实施|完成)$")
_DONE_BY = re.compile(r"^(?:全部|要|须|务必|基本)?(?:完成|落实|到位|落实到位|结束|完毕)?(?:任务)?$")
# 自查报告于5月20日前报监察室: whose it is goes without saying.
_OWN_REPORT = re.compile(r"^自查(?:自纠|整改)?(?:报告|情况|总结)")
_PAPER = re.compile(r"方案|计划|办法|报告|总结|措施|台账|清单|名单|材料")
# 整改情况于9月20日前书面报镇纪委: what is handed in stands first.
_HANDED_IN = re.compile(r"^[^，]{2,40}?(?:书面|及时|统一|一并|分别|按时)?(?:报送?|上报|呈报|抄送|抄报|送|交|提交)")


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
            if start in items and not _is_self_review(walk, text):
                # A new numbered item names its own doer or means the bureau.
                walk.doing = BUREAU
            if read_label(walk, start, end):
                continue
            if not read_title(page, start, end):
                read_sentence(walk, start, end)
        duties += walk.duties
        doubts += walk.doubts
    return duties, doubts


def _asks(bare: str, *, hands_in: bool = False) -> bool:
    """Tell whether a clause without its doer asks for something, with or without the means named first."""
    bare = WITHIN.sub("", _FOUND.sub("", bare))
    if hands_in and _HANDED_IN.match(bare) and not sets_a_mood(bare):
        return True
    return is_duty(bare) or (MEANS.match(bare) is not None and is_duty(MEANS.sub("", bare)))


def _is_self_review(walk: Walk, text: PhaseText) -> bool:
    """自查自纠阶段 1.各单位……；2.针对问题……: who examines himself goes on doing so in the next item."""
    return walk.doing.doer is Doer.EVERY_SECTION and bool(_SELF_REVIEW.search(text.phase.name))


def read_title(page: Page, start: int, end: int) -> bool:
    """制定方案。各单位……: a short title says less than the sentence behind it, and is passed over."""
    node = page.node_starts.get(start)
    if node is None or node.title_end < end or len(node.title) > 10 or "，" in node.title:
        return False
    return node.end - node.title_end > 6


def read_sentence(walk: Walk, start: int, end: int) -> None:
    """Read the duties of one sentence."""
    sentence_due: When | None = None
    for index, clause in enumerate(clauses_of(walk.page, start, end)):
        if any(first < clause[1] and clause[0] < last for first, last in walk.closed):
            continue
        dates = [walk.placed(when) for when in find_dates(walk.page.flat, *clause, year=walk.year)]
        if dates and ((index == 0 and dates[0].start - clause[0] <= 4) or not dates[-1].is_deadline):
            # "3月底前，…，…" dates what follows; "监察室于11月30日前形成…" dates only itself.
            sentence_due = dates[-1]
        if not hear_how_often(walk, *clause, begins=start, dates=dates):
            _read_clause(walk, *clause, due=sentence_due, own=dates)


def _read_clause(walk: Walk, start: int, end: int, *, due: When | None, own: list[When]) -> None:
    clause = walk.page.flat[start:end]
    doing, skipped = leading_doer(without_dates(walk.page, start, end, own), walk.offices)
    named = stated_doer(clause, walk.offices)
    labeled = re.match(r"^（?(?:责任|牵头|承办|负责|主办|实施)(?:单位|部门|科室|人)", clause)
    if labeled and named and walk.duties:
        _assign(walk, named)
        return
    if doing is not None and not _HELPS.search(clause):
        walk.doing = doing
    if _says_more(walk, clause, start, end, named=named, own=own):
        return
    bare = _ASKED.sub("", without_dates(walk.page, start, end, own)[skipped:].strip())
    recipients = find_recipients(walk.page, start, end, walk.offices)
    if (
        recipients
        and _goes_on(walk, doing, start)
        and _ONLY_FORWARDS.match(bare)
        and _is_bare_forward(walk, bare, start)
    ):
        _forward(walk, start, end, due=_day(own), recipients=recipients)
        return
    hands_in = any(one.id != "public" for one in recipients)
    is_asked = _asks(bare, hands_in=hands_in)
    if doing is None and (not _asks(bare) or names_object_first(bare)):
        other = subject_of(bare, partial(_asks, hands_in=hands_in))
        if other is not None:
            walk.doing, bare, is_asked = named or other[0], bare[other[1] :], True
    if not is_asked or _HELPS.search(clause):
        # "由市场部牵头，有关部门配合，逐项……": the first of them carries what follows.
        walk.doing = named or (opening_doer(bare) if doing is None else None) or walk.doing
        return
    _add_duty(walk, title_of(bare), start, end, doing=named, due=due, own=own, recipients=recipients)


def _add_duty(
    walk: Walk,
    title: str,
    start: int,
    end: int,
    *,
    doing: Doing | None,
    due: When | None,
    own: list[When],
    recipients: list[Recipient],
) -> None:
    if _ABOVE.match(title):
        walk.doing = BUREAU
    first = recipients[0].id if recipients else ""
    # "15个工作日内公布" counts from what came before it; no day of the calendar is meant.
    # What recurs has its own days; the day of what stands before it is not its last.
    is_apart = walk.recurs is not None or WITHIN.search(walk.page.flat, start, end)
    carried = None if is_apart else day_of(due) or _day_before(walk, start)
    day = _day(own) or carried
    if walk.doing == BUREAU and doing is None and _OWN_REPORT.match(title):
        doing = Doing(Doer.EVERY_SECTION, "")
    duty = _duty(walk, title, start, end, doing=doing or walk.doing, due=day, recipient=first)
    walk.duties.append(duty)
    _say_spelling(walk, recipients)
    for further in recipients[1:]:
        walk.duties.append(replace(duty, task=replace(duty.task, recipient=further.id)))
    _shift(walk, recipients, walk.page.flat[start:end], start, end, due)


def _day_before(walk: Walk, start: int) -> date | None:
    """4月20日前召开动员会，并将方案报监察室: what follows behind 并 is due on the same day."""
    if not walk.duties or walk.page.flat[start] != "并" or walk.page.flat[start : start + 2] == "并于":
        return None
    last = walk.duties[-1]
    return last.task.due_on if last.start >= walk.page.sentence_at(start)[0] - 1 else None


def _goes_on(walk: Walk, doing: Doing | None, start: int) -> bool:
    """Tell whether a clause still speaks of the duty before it: the same sentence, and nobody else named."""
    if not walk.duties:
        return False
    last = walk.duties[-1]
    if doing is not None:
        return doing.written == last.task.doer_text
    return last.start >= walk.page.sentence_at(start)[0] - 1


def _is_bare_forward(walk: Walk, bare: str, start: int) -> bool:
    """并于11月15日前报监察室: no object of its own, so it completes the duty before it."""
    if re.search(r"备案|存档", bare):
        return bool(_papers(walk, start))
    return not re.search(r"情况|材料|报告|总结|方案", bare)


def _papers(walk: Walk, start: int) -> list[int]:
    """The duties of this sentence that a paper comes of, and that nobody receives yet."""
    sentence = walk.page.sentence_at(start)[0] - 1
    return [
        place
        for place, duty in enumerate(walk.duties)
        if duty.start >= sentence and _PAPER.search(duty.task.title) and not duty.task.recipient
    ]


def _says_more(walk: Walk, clause: str, start: int, end: int, *, named: Doing | None, own: list[When]) -> bool:
    """Add a doer or a day that stands behind a duty of the same sentence."""
    sentence = walk.page.sentence_at(start)[0] - 1
    places = [place for place, duty in enumerate(walk.duties) if duty.start >= sentence]
    if not places:
        return False
    last = walk.duties[places[-1]]
    before = walk.page.flat[max(sentence, 0) : start]
    if named is not None and _CARRIED.match(clause) and not _is_named(last, before):
        for place in places:
            if not _is_named(walk.duties[place], before):
                walk.duties[place] = assigned(walk.duties[place], named)
        walk.duties[-1] = replace(walk.duties[-1], end=end)
        return True
    if own and _DONE_BY.match(without_dates(walk.page, start, end, own).strip()):
        task = replace(last.task, due_on=last.task.due_on or _day(own))
        walk.duties[places[-1]] = Duty(task=task, start=last.start, end=end)
        return True
    return False


def _is_named(duty: Duty, words: str) -> bool:
    """Tell whether a duty's doer stands in these words and was not only carried over."""
    return bool(duty.task.doer_text) and duty.task.doer_text in words


def _forward(walk: Walk, start: int, end: int, *, due: date | None, recipients: list[Recipient]) -> None:
    papers = _papers(walk, start)
    place = papers[-1] if papers else len(walk.duties) - 1
    last = walk.duties[place]
    task = recurring(replace(last.task, recipient=recipients[0].id, due_on=due or last.task.due_on), walk.recurs)
    walk.duties[place] = Duty(task=task, start=last.start, end=end)
    walk.duties += [Duty(task=replace(task, recipient=one.id), start=last.start, end=end) for one in recipients[1:]]
    _say_spelling(walk, recipients)
    _shift(walk, recipients, walk.page.flat[start:end], start, end, None)


def _assign(walk: Walk, doing: Doing) -> None:
    """（责任单位：办公室）behind a duty names its doer."""
    walk.duties[-1] = assigned(walk.duties[-1], doing)


def _shift(walk: Walk, recipients: list[Recipient], clause: str, start: int, end: int, due: When | None) -> None:
    """报监察室汇总: collating is the office's own duty, and what follows is done by it."""
    collates = re.search(r"报送?[^，]{2,20}?(?P<verb>汇总(?!表)|审核|审定|汇总上报)", clause)
    if not collates or not recipients or recipients[0].id != "supervision_office":
        return
    before, walk.doing = walk.doing, Doing(Doer.SUPERVISION_OFFICE, recipients[0].written)
    stated = re.search(r"(?:将|把)(?P<what>[^，]{2,30}?)(?:书面|及时|统一)?报", clause)
    title = f"{collates['verb']}{before.written}{stated['what'] if stated else '上报的材料'}"[:LONGEST]
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
        product=product_of(title),
        recipient=recipient,
        section=section,
        doer_text=doing.written,
        text=walk.page.words(start, end),
        quote=walk.page.quote(start, end),
    )
    return Duty(task=recurring(task, walk.recurs), start=start, end=end)


def untitled_duty(walk: Walk, title: str, start: int, end: int) -> Duty:
    """Return a duty of the bureau that only a heading names."""
    return _duty(walk, title[:LONGEST], start, end, doing=BUREAU, due=None, recipient="")


def _say_spelling(walk: Walk, recipients: list[Recipient]) -> None:
    for one in recipients:
        if one.taken_as:
            walk.doubts.append(doubt_about_spelling(one.written, one.taken_as, one.start, one.end))


def _day(dates: list[When]) -> date | None:
    return day_of(dates[-1]) if dates else None
