"""Who stands above the bureau (lines and blocks, §1.3), and its own working body (§4.1)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pingyi.authoring.prose.draft import Doubt, Span
from pingyi.authoring.prose.page import Found, Page
from pingyi.rules.plan.people import Authority, Chain, Organizer

_LEVELS = {
    "国": 0,
    "省": 1,
    "自治区": 1,
    "市": 2,
    "州": 2,
    "盟": 2,
    "地区": 2,
    "区": 3,
    "县": 3,
    "旗": 3,
    "镇": 4,
    "乡": 4,
    "街道": 4,
}
EVALUATION_OFFICE = (
    r"“?(?:民主评议|政风行风|行风|政行风|双评|万人评议?|软环境|优化环境|优化办?|作风效能|作风|效能|纠风"
    r"|评议|行评|考评|测评)”?(?:工作|建设|评议|治理|评|政风行风|行风|政风){0,4}(?:领导小组)?"
    r"(?:办公室|办(?![事理公法])|督查组)|纠风(?:领导小组)?办公室|纠风办|行评办"
)
_POWER = (
    r"(?:纪检监察机关|纪委监委|纪委监察局|纪委|监委|监察局|监察委员会|党委|党工委|人民政府|政府"
    r"|委(?![员托])|委政法委|政法委|人大常委会|人大(?!代表|、)|政协(?!委员|、|代表)|文明办|政务公开办|督查室|机关工委)(?!(?:机关)?(?:组织部|宣传部|统战部|政法委|老干部局|机关党委|督查室|党校)|办公[室厅][、；])"
)
_BLOCK = re.compile(
    rf"(?<![各社园小校])(?<!各乡)(?P<level>[省市区县旗镇乡州]|街道)(?P<office>(?:委|政府)?{EVALUATION_OFFICE}|{_POWER})"
)
_LINE = re.compile(
    r"(?<!各)(?P<level>国家|省|市|州|地区|区"
    r"|县)(?:级)?(?P<office>(?:(?![和及与办委省市县报向由])[\u4e00-\u9fff]){0,10}?(?:管理局|保护局"
    r"|监督局|总局|局|厅|总队|公司|集团|人民法院|检察院|卫生和计划生育委员会|卫生计生委|卫计委|卫健委|教委))(?!域|面)"
)
_ANY_ABOVE = re.compile(
    r"(?:[省市县区]直|上级)?(?:行业)?(?:业务)?主管(?:部门|单位|局)|上级(?:业务)?部门|上级公司|总公司"
    r"|省公司|市公司|省局|市局|州局|总局"
)
_OWN = re.compile(
    r"(?:(?:我|本|县|区|市)?(?:局|院|公司|校|委|机关|系统|中心|街道|镇"
    r"|乡)(?:机关)?)?(?P<name>(?:纪检)?监察(?:审计|法规)?(?:室|科|股|处|部)|监审(?:室|科|部|处)"
    r"|纪检(?:监察)?(?:室|组|科|处|办公室)|纪委办公室|纪委|(?:民主评议|政风行风|行风|政行风|作风|效能"
    r"|纠风|评议)(?:工作|建设|评议){0,3}(?:领导小组)?(?:办公室|办(?![事理公法]))|纠风办|行评办"
    r"|领导小组办公室|党风(?:廉政)?(?:建设)?(?:室|办|办公室)|督[察查](?:室|科|股|处)|机关党委|党政办公室"
    r"|党政办|热线办(?![理结])|政工科|政工股|人事监察科|党办|行办)"
)
# Where no supervising office is named, the section that reports go to runs the year.
_RECEIVES = re.compile(
    r"(?:报送?至?|上报|交|送|提交给?|向)(?:县|区|市|本|我)?(?:局|院|公司|集团|校|镇|中心)?(?:机关)?"
    r"(?P<name>(?:(?![市县区省局将][局委])[\u4e00-\u9fff]){0,6}?(?:办公室|科|股|处|部))(?=[，。；提报汇备]|$)"
)
_RECEIVING_BODY = re.compile(
    r"报送?至?(?P<name>[省市县区旗](?:直)?[\u4e00-\u9fff]{0,6}?(?:工委|[\u4e00-\u9fff]{2,6}办))(?=[，。；备汇]|$)"
)
_SEAT = re.compile(r"办公室?设在(?:局|院|公司|本院)?(?P<seat>[\u4e00-\u9fff]{2,8}?[科室部股处])(?=[，。；）]|$)")
_OFFICE_OF = re.compile(  # 县教育局行评办: an office within a bureau above
    rf"(?P<level>[省市县区])(?P<office>(?:教育|[\u4e00-\u9fff]{{2,6}}?)局(?:{EVALUATION_OFFICE}|纪检组|监察室|纪委))"
)
_LEADING = re.compile(
    r"(?:成立|组建|建立|设立|调整)(?:了|以[^，。；]{2,40}?(?:为组长|任组长)[^。；]{0,60}?的"
    r"|由[^，。；]{2,60}?(?:组成|任组长|为组长|参加)的?"
    r"|相应的)?(?P<body>[^，。；（、\n]{0,26}?(?:领导小组|工作小组|委员会|工作专班|指挥部))"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Offices:
    """The offices of one text: what they are called, and by which id the plan names them."""

    authorities: tuple[Found[Authority], ...]
    organizer: Found[Organizer] | None
    own_level: str

    def recipient(self, written: str) -> str:
        """Return the id for a recipient as written: an authority's, "supervision_office", "public", or nothing."""
        if re.search(r"社会|群众|公众|媒体|网站", written):
            return "public"
        named = sorted(self.authorities, key=lambda found: -_likeness(found.value.name, written))
        likeness = _likeness(named[0].value.name, written) if named else 0
        own = self.organizer.value.supervision_office if self.organizer else ""
        if own and (own in written or written in own) and likeness < len(own):
            return "supervision_office"
        if likeness >= 2:
            return named[0].value.id
        return "supervision_office" if re.search(rf"^(?:{_OWN.pattern})", written) else ""


def _likeness(name: str, written: str) -> int:
    if name in written:
        return len(name)
    if _is_short_for(written, name) and len(written) >= 3:
        return len(written)
    return len(written) if len(written) >= 3 and name.startswith(written) else 0


def read_offices(page: Page, *, issuer: str) -> Offices:
    """Return the authorities above the bureau and its own working body."""
    level = _own_level(page.flat, issuer)
    authorities = _authorities(page, issuer=issuer, level=level)
    organizer = _organizer(page, authorities, issuer)
    if not issuer or (level and re.search(rf"{level}(?:委|政府|人民政府|纪委)", issuer)):
        authorities, organizer = _own_office(page, authorities, organizer, level)
    return Offices(authorities=tuple(authorities), organizer=organizer, own_level=level)


def _own_office(
    page: Page, authorities: list[Found[Authority]], organizer: Found[Organizer] | None, level: str
) -> tuple[list[Found[Authority]], Found[Organizer] | None]:
    """A plan of the city itself: 市行评办 is no authority above but runs the year."""
    own = [one for one in authorities if re.fullmatch(rf"{level}{EVALUATION_OFFICE}", one.value.name)]
    if not own or not level:
        return authorities, organizer
    name = max(own, key=lambda one: page.flat.count(one.value.name)).value.name
    mine = next(one for one in own if one.value.name == name)
    made = organizer.value if organizer else Organizer(supervision_office="")
    is_same = made.supervision_office.startswith(name[1:-1]) and made.supervision_office.endswith("办公室")
    if not (is_same or name.endswith(made.supervision_office)):
        return authorities, organizer
    rest = [one for one in authorities if one is not mine]
    return rest, Found(replace(made, supervision_office=name, quote=mine.value.quote), mine.start, mine.end)


def _own_level(flat: str, issuer: str) -> str:
    for level in ("街道", "镇", "乡", "县", "旗", "区", "市", "州", "省"):
        if level in issuer[:-1] and not issuer.startswith(level):
            return level
    counts = Counter(found["level"] for found in _BLOCK.finditer(flat))
    own = issuer[:1] if issuer[:1] in _LEVELS else ""
    return own or (counts.most_common(1)[0][0] if counts else "")


def _authorities(page: Page, *, issuer: str, level: str) -> list[Found[Authority]]:
    found: dict[str, tuple[re.Match[str], Chain]] = {}
    for match in _BLOCK.finditer(page.flat):
        if match.group() not in issuer:
            found.setdefault(match.group(), (match, Chain.BLOCK))
    for match in _OFFICE_OF.finditer(page.flat):
        if match.group() not in issuer and not issuer.endswith(match["office"][:4]):
            found.setdefault(match.group(), (match, Chain.LINE))
    for match in [*_namesakes(page.flat, issuer), *_LINE.finditer(page.flat), *_ANY_ABOVE.finditer(page.flat)]:
        if _is_line(match, issuer=issuer, level=level, flat=page.flat):
            found.setdefault(match.group(), (match, Chain.LINE))
    if re.search(r"[镇乡]$|街道(?:办事处|党政办公室)?$|政府$", issuer):
        found = {name: one for name, one in found.items() if one[1] is Chain.LINE or name[0] != level[0]}
    names = [
        name
        for name in found
        if not any(name != other and (_is_short_for(name, other) or other.endswith(name)) for other in found)
    ]
    used: set[str] = set()
    authorities = [
        Found(
            Authority(id=_id(name, chain, used), name=name, chain=chain, quote=page.quote(match.start(), match.end())),
            match.start(),
            match.end(),
        )
        for name in names
        for match, chain in [found[name]]
    ]
    return sorted(authorities, key=lambda item: item.start)


def _namesakes(flat: str, issuer: str) -> Iterator[re.Match[str]]:
    """市林业和园林局 above 朝阳区林业和园林局: the same name one level up, whatever words are in it."""
    own = re.match(r".*[省市县区旗州](?!场)(?P<tail>[\u4e00-\u9fff]{2,16}(?:局|厅|委|公司|院))$", issuer)
    return re.finditer(rf"(?P<level>[省市州])(?P<office>{re.escape(own['tail'])})", flat) if own else iter(())


def _is_short_for(short: str, full: str) -> bool:
    """县软环境办 is 县软环境建设办公室, and 区纠风 is 区纠风办."""
    if full.startswith(short):
        return True
    signs = iter(full)
    is_within = len(short) >= 4 and short[:3] == full[:3] and all(sign in signs for sign in short)
    return is_within and short[-1] in "办委局"


def _is_line(match: re.Match[str], *, issuer: str, level: str, flat: str) -> bool:
    """An office of the same business on a higher level: 市环保局 for a district's 环保局."""
    name = match.group()
    if (
        name in issuer
        or "统计" in name
        or "监察局" in name
        or re.search(r"各|机关|全|我|本|和|及|与|对|由|报|向|将", name)
    ):
        return False
    own_rank = _LEVELS.get(level, 3)
    rank = _LEVELS.get(name[0], _LEVELS.get(name[:2], 0))
    if re.fullmatch(r"[省市州][局厅]", name) and re.search(rf"{name[1]}(?:直|机关)", flat):
        return False
    if _ANY_ABOVE.fullmatch(name):
        return rank < own_rank or name[0] in "上总"
    if rank >= own_rank and not issuer.endswith(("医院", "院", "校", "中学", "小学", "站", "所", "中心", "园")):
        return False
    business = set(match["office"]) - set("局厅管理委员会公司总队和")
    before = flat[max(0, match.start() - 12) : match.start()]
    return bool(business & set(issuer)) or not business or bool(re.search(r"报送?[^，。]{0,8}$", before))


_IDS = (
    (Chain.BLOCK, re.compile(EVALUATION_OFFICE), "district_office"),
    (Chain.BLOCK, re.compile(r"政府$"), "district_government"),
    (Chain.BLOCK, re.compile(r"纪"), "discipline_commission"),
    (Chain.BLOCK, re.compile(r"委$|党委|党工委"), "district_committee"),
    (Chain.BLOCK, re.compile(r"监察|监委"), "inspection_bureau"),
    (Chain.LINE, re.compile(r""), "city_bureau"),
    (Chain.BLOCK, re.compile(r""), "authority"),
)


def _id(name: str, chain: Chain, used: set[str]) -> str:
    word = next(word for own, pattern, word in _IDS if own is chain and pattern.search(name))
    number, unique = 2, word
    while unique in used:
        unique, number = f"{word}_{number}", number + 1
    used.add(unique)
    return unique


def _leading_body(page: Page) -> re.Match[str] | None:
    """The body that is set up to lead; what a criterion asks about (是否建立……) is none."""
    found = [
        match
        for match in _LEADING.finditer(page.flat)
        if not re.search(r"是否|有无", page.flat[page.sentence_at(match.start())[0] : match.end()])
    ]
    return next((one for one in found if re.search(r"...领导小组$", one["body"])), found[0] if found else None)


def _organizer(page: Page, authorities: list[Found[Authority]], issuer: str) -> Found[Organizer] | None:
    """The office that reports go to, named most often."""
    counts: Counter[str] = Counter()
    first: dict[str, re.Match[str]] = {}
    taken = [place.span() for one in authorities for place in re.finditer(re.escape(one.value.name), page.flat)]
    for match in _OWN.finditer(page.flat):
        if any(first <= match.start("name") and match.end() <= last for first, last in taken):
            continue
        if issuer and issuer in page.flat[match.start() - len(issuer) : match.end() + 1]:
            continue
        before = page.flat[max(0, match.start() - 3) : match.start()]
        counts[match["name"]] += 3 if re.search(r"报送?至?$|由$|交$|送$|向$", before) else 1
        first.setdefault(match["name"], match)
    if not counts:
        for match in _RECEIVES.finditer(page.flat):
            counts[match["name"]] += 1
            first.setdefault(match["name"], match)
    leading = _leading_body(page)
    body = re.sub(r"^(?:健全|完善|了)+", "", leading["body"].strip()) if leading else ""
    if not counts and (receiver := _RECEIVING_BODY.search(page.flat)) is not None:
        counts[receiver["name"]], first[receiver["name"]] = 1, receiver
    if not counts:
        return Found(Organizer(supervision_office="", leading_body=body), *leading.span()) if leading else None
    name = counts.most_common(1)[0][0]
    match = first[name]
    name = _full_name(page, name, match)
    quote = page.quote(match.start(), match.end())
    return Found(Organizer(supervision_office=name, leading_body=body, quote=quote), match.start(), match.end())


def _full_name(page: Page, name: str, match: re.Match[str]) -> str:
    """镇纪委 rather than 纪委; the short name that a text gives; the section in which a leading group's office sits."""
    if name == "纪委":
        return match.group().removeprefix("报").removeprefix("向")
    short = re.search(
        rf"[县市区局]?{re.escape(name)}（(?:以下)?(?:简称|统称)“?(?P<short>[^）”]{{2,10}})”?）", page.flat
    )
    if short is not None:
        return short["short"]
    seat = re.search(
        r"办公室?设在(?:局|院|公司|本院)?(?P<seat>[\u4e00-\u9fff]{2,8}?[科室部股处])(?=[，。；）]|$)", page.flat
    )
    return seat["seat"] if seat is not None and name == "领导小组办公室" else name


def doubt_about_spelling(written: str, taken: str, start: int, end: int) -> Doubt:
    """A recipient that is spelled unlike anywhere else: taken, but said so."""
    return Doubt(code="recipient.spelling", facts={"written": written, "taken": taken}, span=Span(start=start, end=end))
