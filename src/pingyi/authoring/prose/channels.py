"""The hotlines, columns, boxes and pages by which matters come in (§3.2.2)."""

from __future__ import annotations

import re

from pingyi.authoring.prose.page import Found, Page
from pingyi.rules.plan.conduct import Channel, ChannelKind

_PHONE = r"(?:\d{3,4}-)?\d{5,8}(?:、\d{5,8})*|\d{3,5}"
_CHANNELS = (
    (
        ChannelKind.HOTLINE,
        re.compile(
            r"(?<![\d-])(?P<number>(?:\d{3,4}-)?\d{3,8})(?:、(?P<more>\d{3,8}))*(?P<name>[\u4e00-\u9fff]{0,12}?(?:热线"
            r"|电话|专线|平台))(?!报道)"
        ),
    ),
    (
        ChannelKind.HOTLINE,
        re.compile(
            rf"(?P<name>(?:[\u4e00-\u9fff]{{2,10}}?(?:热线|专线)(?:电话)?|(?:监督|举报|投诉|咨询|评议"
            rf"|服务)(?:举报|投诉|监督|咨询|服务)?电话|热线电话))(?:为|是|：|（|”)*"
            rf"\s?(?:[\u4e00-\u9fff]{{2,12}}(?:：|\s)?)?\s?(?P<number>{_PHONE})"
        ),
    ),
    (
        ChannelKind.HOTLINE,
        re.compile(
            r"“(?P<name>[^”\d\n，。]{2,12}热线)”|(?P<name2>(?:行风|阳光|政风行风|民生|市长|县长|区长"
            r"|局长|纠风|政务服务|便民服务|市民服务)热线)"
        ),
    ),
    (
        ChannelKind.COLUMN,
        re.compile(
            r"“(?P<name>[^”\n，。]{2,14}(?:栏目|专栏|直通车|面对面|论坛|追踪))”|(?P<name2>公众监督栏目"
            r"|(?:电视|广播|报纸)[\u4e00-\u9fff]{0,6}栏目)"
        ),
    ),
    (
        ChannelKind.LETTER,
        re.compile(
            r"“?(?P<name>(?:(?:行风|监督|举报|投诉|评议|局长|市长|县长|区长|院长|校长|网上|电子|廉政"
            r"|群众)[\u4e00-\u9fff]{0,2}(?:信箱|邮箱)|(?<![子箱])邮箱(?=：)|(?:网上|电子)?意见箱|举报箱"
            r"|监督箱))”?(?:：(?P<mail>[\w.@-]{5,40}))?"
        ),
    ),
    (
        ChannelKind.WEB,
        re.compile(
            r"“?(?P<name>(?:门户|政府|政务|局|官方|行风)?(?:网站|网)(?:留言板?|评议专栏|互动平台"
            r"|投诉平台|监督平台)|官方微博|政务微博|微信公众号|网络问政平台?|网上投诉平台?)”?"
        ),
    ),
)
_MORE = re.compile(r"(?:[、，和或/]\s?(?:[\u4e00-\u9fff]{1,6}\s?(?=\d{7}))?(?:\d{3,4}-)?\d{3,8}(?!\d|[年月日]))+")


def read_channels(page: Page) -> list[Found[Channel]]:
    """Return the hotlines, columns and boxes by which matters come in (§3.2.2)."""
    found: dict[str, Found[Channel]] = {}
    numbers: set[str] = set()
    for kind, pattern in _CHANNELS:
        for match in pattern.finditer(page.flat):
            groups = match.groupdict()
            number, *others = (groups.get("number") or groups.get("mail") or "").split("、")
            name = (groups.get("name") or groups.get("name2") or "").strip("“”")
            label = (
                f"{number}{name}"
                if kind is ChannelKind.HOTLINE
                and match.start("name") > match.start()
                and number
                and match.start("number") < match.start("name")
                else name
            )
            known = label in found or (number and number in numbers) or any(name and name in other for other in found)
            if known or (number.isdigit() and _is_year(page.flat, match)):
                continue
            numbers |= {number, *others, *_more_numbers(page, match, kind, label, found)}
            _add_numbers(page, match, kind, label, others, found)
            found[label] = Found(
                Channel(id="", name=label, kind=kind, number=number, quote=page.quote(*match.span())), *match.span()
            )
    ordered = sorted(found.values(), key=lambda one: one.start)
    return [
        Found(
            Channel(
                id=_channel_id(one.value, number),
                name=one.value.name,
                kind=one.value.kind,
                number=one.value.number,
                quote=one.value.quote,
            ),
            one.start,
            one.end,
        )
        for number, one in enumerate(ordered, 1)
    ]


def _add_numbers(
    page: Page,
    match: re.Match[str],
    kind: ChannelKind,
    label: str,
    numbers: list[str],
    found: dict[str, Found[Channel]],
) -> None:
    for number in numbers:
        quote = page.quote(*match.span())
        channel = Channel(id="", name=f"{label}（{number}）", kind=kind, number=number, quote=quote)
        place = page.flat.find(number, match.start())
        found[channel.name] = Found(channel, place, place + len(number))


def _more_numbers(
    page: Page, match: re.Match[str], kind: ChannelKind, label: str, found: dict[str, Found[Channel]]
) -> set[str]:
    """监督电话110、12389: further numbers of the same name are channels of their own."""
    more = _MORE.match(page.flat, match.end(), match.end() + 60)
    numbers = re.findall(r"(?:\d{3,4}-)?\d{3,8}", more.group()) if more and match.end("number") == match.end() else []
    _add_numbers(page, match, kind, label, numbers, found)
    return set(numbers)


def _is_year(flat: str, match: re.Match[str]) -> bool:
    return flat[match.end("number") : match.end("number") + 1] in {"年", "月", "分", "%"}


def _channel_id(channel: Channel, number: int) -> str:
    digits = re.sub(r"\D", "", channel.number)
    return f"hotline_{digits}" if channel.kind is ChannelKind.HOTLINE and digits else f"{channel.kind.value}_{number}"
