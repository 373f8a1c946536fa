"""From a text to a draft: the plan, where each item stands, what gave nothing, what is doubtful."""

from __future__ import annotations

import bisect
import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from pingyi.authoring.presets import PRESETS, Preset
from pingyi.authoring.prose.cleaning import Cleaned, clean
from pingyi.authoring.prose.counting import count_doubts
from pingyi.authoring.prose.draft import Doubt, Draft, Item, Sentence, Span
from pingyi.authoring.prose.facts import half_read, read_facts
from pingyi.authoring.prose.filling import Filling
from pingyi.authoring.prose.page import Page
from pingyi.authoring.prose.plan_parts import make_plan
from pingyi.authoring.prose.reading_all import Reading, read_all
from pingyi.authoring.prose.second import second_plan
from pingyi.authoring.prose.tables import tables_of
from pingyi.authoring.prose.topics import Topic
from pingyi.authoring.unread import Unread
from pingyi.rules.plan import Original

_QUOTE_LIMIT = 300
_MOST_TOLD = 5
# What closes any document and asks for nothing.
_FORMULA = re.compile(
    r"^(?:特此通知|(?:第[一二三四五六七八九十]{1,3}条|[一二三四五六七八九十]{1,2}、)?\s?本(?:办法|方案|细则|意见)(?:自|由|从)[^。]{2,40}(?:施行|实施|执行|解释)"
    r"|[^。\n]{0,60}》的通知$|现(?:就|将|制定|提出|把)[^。：]{0,60}如下[。：]$|（?见附[件表]\d?）?。?$|（?以上(?:均?包括|均?含)本数|附件[\d一二三四五]?：[^。]{0,40}$|(?:合计|总计|小计|总分|\d{1,3})；*$|现将《?[^。]{4,80}印发给|(?:《[^》]+》)[^。]{0,40}(?:同意|审议|研究)[^。]{0,30}印发|[^。\n]{0,40}关于(?:印发|转发)《[^》]+》的通知$|（?此件[^。]{2,12}）?$|附件?：?\s?$|（?联系人：)"
)
_MOJIBAKE = re.compile(r"[鐜鍏鏂瑙鏄闈涓锛銆浠犲瓙鍙敓绯荤]")


def understand(
    text: str,
    *,
    name: str,
    preset: str = "standard",
    year: int | None = None,
    sha256: str = "",
    unread: tuple[Unread, ...] = (),
    lines_are_whole: bool = False,
) -> Draft:
    """Read a plan document written in official prose; `year` is taken where the text names none (§0).

    `sha256` is the digest of the file that the text came from; without it the text's own digest is kept. `unread` is
    what stands in the file besides the text; `lines_are_whole` where each line of it is known to be a paragraph.
    """
    whole = clean(text, lines_are_whole=lines_are_whole)
    second = second_plan(whole.text)
    cleaned = whole if second is None else replace(whole, text=whole.text[:second].rstrip())
    page = Page(cleaned.text)
    reading = read_all(page, year=_published(cleaned) or year)
    filling = Filling(PRESETS.get(preset, PRESETS["standard"]))
    plan, items = make_plan(page, reading, filling)
    items = _quoted(page, [*items, *_signatures(page, plan.issuer)])
    uncovered = _uncovered(page, items)
    facts = read_facts(page, plan, items)
    digest = sha256 or hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return Draft(
        name=name,
        text=cleaned.text,
        plan=replace(plan, original=_original(page, uncovered, name=name, sha256=digest)),
        items=tuple(items),
        uncovered=uncovered,
        lost=page.lost,
        problems=(
            *_second(whole.text, second),
            *taken_away(unread),
            *_doubts(page, reading, filling.preset, preset, cleaned),
        ),
        units=reading.units,
        facts=facts,
        half_read=tuple(half_read(page, facts, uncovered)),
        sentences=len(page.sentences),
        left_out=(*cleaned.left_out, *(words for one in unread for words in one.words)),
    )


def _original(page: Page, uncovered: tuple[Sentence, ...], *, name: str, sha256: str) -> Original:
    """Return what a plan keeps of the document that it was made from."""
    return Original(
        name=name,
        sha256=sha256,
        uncovered=tuple(one.text for one in uncovered),
        lost=tuple(map(str, page.lost)),
    )


def _second(text: str, start: int | None) -> Iterable[Doubt]:
    """Say where a second plan begins; the draft holds the first alone."""
    if start is not None:
        facts: dict[str, str | int] = {"title": text[start:].split("\n", 1)[0], "line": text.count("\n", 0, start) + 1}
        yield Doubt(code="second_plan", facts=facts)


def taken_away(unread: tuple[Unread, ...]) -> Iterable[Doubt]:
    """Say what stands in the file and was not read, for a mark that was set by mistake takes words away too."""
    for one in unread:
        if one.why == "margin":
            continue  # what heads and feet repeat is listed beside the text, as in a document of lines
        words = "；".join(one.words[:_MOST_TOLD]) + ("……" if one.count > _MOST_TOLD else "")
        yield Doubt(code=f"words.{one.why}", facts={"count": one.count, "words": words})


def _published(cleaned: Cleaned) -> int | None:
    """The year in which a web page showed the text: no proof, but nearer than today's."""
    found = re.search(r"(?:19|20)\d\d(?=[-/.年])", " ".join(cleaned.left_out))
    return int(found.group()) if found else None


def _signatures(page: Page, issuer: str) -> Iterable[Item]:
    """The issuer's name once more under the text."""
    for found in re.finditer(r"(?m)^[ ]*(?P<name>[\u4e00-\u9fffX×*〇（）]{4,30})[ ]*$", page.text):
        if issuer.endswith(found["name"]):
            yield Item(path="issuer", start=found.start(), end=found.end(), quote="", label=issuer)


def _quoted(page: Page, items: Iterable[Item]) -> list[Item]:
    quoted: list[Item] = []
    for item in items:
        end = item.end if item.end - item.start <= _QUOTE_LIMIT else page.sentence_at(item.start)[1]
        quoted.append(replace(item, quote=page.quote(item.start, max(end, item.start + 1))))
    return sorted(quoted, key=lambda item: (item.start, item.path))


def _uncovered(page: Page, items: list[Item]) -> tuple[Sentence, ...]:
    """Sentences that no item touches; headings only hold the others together."""
    spans = sorted((item.start, item.end) for item in items)
    starts = [start for start, _ in spans]
    furthest: list[int] = []
    for _, end in spans:
        furthest.append(max(end, furthest[-1] if furthest else 0))
    headings = [(node.start, node.title_end) for node in page.nodes if node.children or node.title_end < node.end - 1]
    heading_ends = dict(headings)
    # The heads of a table that was read name its columns and ask for nothing.
    heads = [(one.start, one.rows[0][0].start) for one in tables_of(page) if _touches(spans, one.start, one.end)]
    found: list[Sentence] = []
    for start, end in page.sentences:
        before = bisect.bisect_left(starts, end) - 1
        is_covered = before >= 0 and furthest[before] > start
        is_heading = heading_ends.get(start, 0) >= end or _is_nothing(page, start, end)
        is_heading = is_heading or any(first <= start < last for first, last in heads)
        if not is_covered and not is_heading:
            found.append(Sentence(start=start, end=end, text=page.text[start:end]))
    return tuple(found)


def _touches(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(start <= first < end for first, _ in spans)


def _is_nothing(page: Page, start: int, end: int) -> bool:
    """Marks alone, the title once more, the line of addressees (各科室：)."""
    words = page.text[start:end]
    is_repeated = words == page.first_line
    flat = page.flat[start:end]
    is_salutation = start < 400 and bool(re.fullmatch(r"[^。；]{0,20}各[^。；]{2,80}：", flat))
    is_formula = bool(_FORMULA.match(flat))
    return is_formula or len(re.sub(r"\W", "", words)) < 2 or is_repeated or is_salutation


def _doubts(page: Page, reading: Reading, preset: Preset, asked: str, cleaned: Cleaned) -> Iterable[Doubt]:
    """List everything that a person must look at, the gravest first."""
    if not (reading.criteria or reading.has_phases or reading.outcome.triggers or reading.grades or _says_who(reading)):
        garbled = len(_MOJIBAKE.findall(cleaned.text)) > max(10, len(cleaned.text) // 20)
        yield Doubt(code="text.mojibake") if garbled else Doubt(code="nothing")
        if garbled:
            yield Doubt(code="nothing")
        return
    if asked != preset.name:
        yield Doubt(code="preset.unknown", facts={"name": asked, "taken": preset.name})
    yield from _missing(reading, preset)
    for lost in page.lost:
        facts: dict[str, str | int] = {"before": lost.before, "found": lost.found, "after": lost.after}
        yield Doubt(code="lost", facts=facts, span=Span(start=lost.start, end=lost.end))
    yield from reading.doubts
    yield from reading.scale.doubts if reading.scale else ()
    counts = {
        Topic.PRINCIPLES: len(reading.principles),
        Topic.PHASES: len(reading.phases) if reading.has_phases else 0,
        Topic.CRITERIA: len(reading.criteria),
    }
    yield from count_doubts(page, counts)


def _says_who(reading: Reading) -> bool:
    """Tell whether a text without contents and phases still says who is judged, with which marks or weights."""
    title = reading.identity.title
    is_of_evaluation = title is not None and re.search(r"评议|测评|考评|评价|考核|满意", title.value)
    return bool(is_of_evaluation and (reading.subject or reading.scale or reading.weights.sources))


def _missing(reading: Reading, preset: Preset) -> Iterable[Doubt]:
    identity, organizer = reading.identity, reading.offices.organizer
    if identity.year is None:
        yield Doubt(code="year.missing", facts={"year": reading.year}, path="year")
    if identity.title is None:
        yield Doubt(code="title.missing", path="title")
    if identity.issuer is None:
        yield Doubt(code="issuer.missing", path="issuer")
    if organizer is None or not organizer.value.supervision_office:
        yield Doubt(code="organizer.missing", facts={"taken": preset.supervision_office}, path="organizer")
    if reading.subject is None:
        yield Doubt(code="subject.missing", path="subject")
    elif reading.subject.value.text.startswith("各") and len(reading.subject.value.text) < 12:
        span = Span(start=reading.subject.start, end=reading.subject.end)
        yield Doubt(code="subject.guessed", facts={"written": reading.subject.value.text}, span=span, path="subject")
    if not reading.criteria:
        yield Doubt(code="criteria.missing", path="criteria")
    if not reading.has_phases:
        yield Doubt(code="phases.missing", path="phases")
    if not reading.outcome.triggers:
        yield Doubt(code="triggers.missing", path="triggers")
