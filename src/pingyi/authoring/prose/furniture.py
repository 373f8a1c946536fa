"""Lines that a web page or a printer added around the document: left out and listed, never read as the plan."""

from __future__ import annotations

import re
from collections import Counter

from pingyi.authoring.prose.flat import flatten

_LONGEST = 160
_ALWAYS = re.compile(
    r"^(?:发布|发表|更新|录入|添加)?(?:时间|日期)：?\s*(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}"
    r"|^(?:导语|导读|摘要|核心提示|内容提要|文章摘要|本文导航|阅读提示)："
    r"|^(?:来源|文章来源|信息来源|稿源|作者|编辑|责任编辑|责编|审核|录入|撰稿|供稿|投稿|浏览|点击|阅读"
    r"|人气|关注|字体|字号|字体大小|分享到?"
    r"|关键词|关键字|标签|Tags?|上一篇|下一篇|上一页|下一页|相关(?:文章|阅读|推荐|链接|信息)|推荐阅读"
    r"|延伸阅读|热门|栏目|分类)\s*[：〔]"
    r"|^(?:您?(?:现在|当前|所在)?的?位置|当前位置|首页|网站首页|主页|本站首页)\s*(?:[：>›»→|/-]|是：)"
    r"|^(?:〔?(?:打印本页|打印此页|关闭窗口|返回顶部|打印|关闭|收藏)〕? ?)+$"
    r"|^(?:打印|关闭|收藏|分享|返回|返回顶部|返回首页|返回列表|加入收藏|设为首页|网站地图|联系我们"
    r"|关于我们|登录|注册|搜索|扫一扫.*|大 ?中 ?小)$"
    r"|^(?:首页|新闻|公告)(?: [\u4e00-\u9fff]{2,6}){2,}$"
    r"|网友上传|不代表本站|仅供参考|欢迎参考|版权所有|备案号|ICP备|公网安备|Copyright|©|技术支持："
    r"|主办单位：|承办单位：.*网|点击数|浏览次数|阅读次数"
    r"|〔? ?大 ?中 ?小 ?〕?.*(?:打印|关闭)|字体.{0,4}大.{0,3}中.{0,3}小|分享到|扫码|微信扫|点击下载"
    r"|下载本文|范文|更多.*(?:文章|方案).*(?:请|关注)"
    r"|^(?:https?：|www\.)\S+$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"^(?:[-·. ]{0,4}\d{1,4}[-·. ]{0,4}|第 ?[\d一二三四五六七八九十百]{1,4} ?页.{0,14}"
    r"|\d{1,4} ?/ ?\d{1,4}|Page ?\d{1,4}.{0,10})$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


def part_furniture(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines of the document and those that only surround it."""
    repeated = _repeated(lines)
    kept: list[str] = []
    left_out: list[str] = []
    for line in lines:
        bare = flatten(line).strip()
        if bare and (_is_furniture(bare) or _DIGITS.sub("#", bare) in repeated):
            left_out.append(line)
            kept.append("")
        else:
            kept.append(line)
    return kept, left_out


def _is_furniture(bare: str) -> bool:
    return bool(_PAGE_NUMBER.match(bare)) or (len(bare) <= _LONGEST and bool(_ALWAYS.search(bare)))


def _repeated(lines: list[str]) -> set[str]:
    """Find heads and feet of printed pages: the same short line at the edge of three pages or more."""
    pages: list[list[str]] = [[]]
    for line in lines:
        if line == "\f":
            pages.append([])
        elif line.strip():
            pages[-1].append(_DIGITS.sub("#", flatten(line).strip()))
    if len(pages) == 2 and pages[0] and pages[1]:
        # Two pages: the same head, or the same foot, on both.
        return {one for one, other in zip(_edge(pages[0]), _edge(pages[1]), strict=True) if one and one == other}
    if len(pages) < 3:
        return set()
    edges = Counter(line for page in pages for line in {*page[:2], *page[-2:]} if len(line) <= 40)
    return {line for line, count in edges.items() if count >= max(3, len(pages) // 2)}


def _edge(page: list[str]) -> tuple[str, str]:
    head, foot = page[0], page[-1]
    return _short(head), _short(foot)


def _short(line: str) -> str:
    return line if len(line) <= 40 and "。" not in line else ""
