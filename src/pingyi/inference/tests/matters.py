"""Made-up matters of a made-up district: enough to learn from, the same every time."""

from __future__ import annotations

from itertools import product

from pingyi.inference.features import Example

PLACES = ("清源小区", "东风路", "南湖花园", "新华街", "北苑社区", "河西大道", "柳林镇", "石桥村")
TIMES = ("每天深夜", "这个月以来", "上周开始", "一到周末", "大清早")
MATTERS = {
    "噪声": ("工地夜间施工噪声太大，老人孩子睡不着", "歌厅音响震天，噪声扰民没人管", "广场音箱噪声扰民，影响孩子学习"),
    "污水": ("工厂往河里排污水，河水发黑发臭", "污水管道堵了，污水流到路面", "养猪场排污水，井水都不能喝了"),
    "扬尘": ("渣土车不盖篷布，扬尘满天", "搅拌站扬尘很大，窗户不敢开", "拆迁工地不洒水，扬尘呛人"),
    "油烟": ("楼下饭店油烟直排，家里全是油味", "烧烤摊油烟熏人，开不了窗", "餐馆油烟管道对着住户，油烟扰民"),
}
SECTIONS = {"噪声": "执法大队", "污水": "水务科", "扬尘": "执法大队", "油烟": "大气科"}


def examples() -> list[Example]:
    """Return every place, time and matter together, labelled by its theme."""
    return [
        Example(label=theme, text=f"{place}{time}，{said}，请求处理。", facets=(("place", place),))
        for theme, sentences in MATTERS.items()
        for place, time, said in product(PLACES, TIMES, sentences)
    ]
