"""What came out of `pingyi estimate` as tables in a terminal: scores, intervals, standings, in words."""

from __future__ import annotations

from decimal import Decimal

from rich import box
from rich.console import Console
from rich.table import Table

from pingyi.inference.chain import Chain
from pingyi.rules.estimate import Certainty, LimitStanding, RankInterval, SectionCertainty, Standing

WORDS: dict[str, tuple[str, str]] = {
    "rank": ("名次", "Rank"),
    "section": ("科室", "Section"),
    "score": ("综合得分", "Score"),
    "interval": ("{level}%置信区间", "{level}% interval"),
    "ranks": ("名次区间", "Ranks"),
    "against": ("与{limit}分", "Against {limit}"),
    "last": ("末位", "Last place"),
    "weights": ("权重±25%时的得分", "Score at weights ±25%"),
    "survey": ("满意度调查", "survey"),
    "hotline": ("热线", "hotline"),
    "covert": ("暗访", "visits"),
    "assembly": ("评议大会", "assembly"),
    "below.confirmed": ("确实低于", "surely below"),
    "below.refuted": ("确实不低于", "surely not below"),
    "below.undetermined": ("不能确定", "undetermined"),
    "below.insufficient": ("佐证不足", "too little evidence"),
    "last.confirmed": ("确为末位", "surely last"),
    "last.refuted": ("不是末位", "not last"),
    "last.undetermined": ("可能末位，不能确定", "perhaps last"),
    "last.insufficient": ("佐证不足", "too little evidence"),
    "last.tie": ("并列末位", "tie for last"),
    "no_ranking": (
        "各科室差异未达到统计显著（{p}）：以下名次不宜当作优劣",
        "The sections do not differ significantly ({p}): do not read the ranks as better and worse",
    ),
    "gap": (
        "末位{section}与最接近的{rival}相差{gap}分，标准误{error}，{p}：{standing}",
        "{section}, the last, is {gap} below its closest competitor {rival}, standard error {error}, {p}: {standing}",
    ),
    "flip": (
        "{source}：去掉{of}份中的{records}份，末位就会换成{rival}",
        "{source}: without {records} of {of} records {rival} would be last",
    ),
    "flip_never": ("{source}：去掉哪些都不会换末位", "{source}: no removal changes the last place"),
    "dominance": (
        "{share}%的科室两两比较与权重无关",
        "{share}% of the pairs of sections do not depend on the weights",
    ),
    "agreement": (
        "投票人一致性：ICC(2,k) = {icc}，Kendall W = {w}",
        "Agreement of voters: ICC(2,k) = {icc}, Kendall's W = {w}",
    ),
    "weak": ("，评议大会难以区分科室", "; the assembly hardly distinguishes sections"),
    "dropped": (
        "没有{source}的科室：{sections}；它们的其余权重按比例放大",
        "Without {source}: {sections}; their other weights are scaled up",
    ),
    "shares": ("权重：{shares}", "Weights: {shares}"),
}


def show(found: Chain, *, language: str) -> None:
    """Print the result."""
    console, sure = Console(), found.certainty
    if sure.ranking is not None and not sure.ranking.is_there:
        console.print(_word("no_ranking", language, p=_p(sure.ranking.p)), style="bold yellow")
    console.print(_table(sure, language))
    comma = "、" if language == "zh" else ", "
    shares = [f"{_word(source, language)} {float(weight):.4g}" for source, weight in found.nominal.items()]
    console.print(_word("shares", language, shares=comma.join(shares)))
    for source, own in found.weights.items():
        without = [name for name, weight in own.items() if not weight]
        if without:
            names = comma.join(without)
            console.print(_word("dropped", language, source=_word(source, language), sections=names))
    for line in _lines(found, language):
        console.print(line)


def _table(sure: Certainty, language: str) -> Table:
    table = Table(box=box.SIMPLE_HEAVY)
    limits = [limit.limit for limit in sure.sections[0].limits] if sure.sections else []
    heads = [_word("rank", language), _word("section", language), _word("score", language),
             _word("interval", language, level=f"{float(sure.level * 100):g}"), _word("ranks", language),
             *(_word("against", language, limit=f"{limit.normalize():f}") for limit in limits),
             _word("last", language), _word("weights", language)]  # fmt: skip
    for at, head in enumerate(heads):
        table.add_column(head, justify="right" if at in {0, 2} else "left", overflow="fold")
    for one in sorted(sure.sections, key=lambda section: (section.rank, section.section)):
        table.add_row(*_row(one, language))
    return table


def _row(one: SectionCertainty, language: str) -> list[str]:
    score = max((_beside(one.interval.score, limit) for limit in one.limits), key=len, default="")
    weights = one.weights
    return [
        str(one.rank),
        one.section,
        score or _two(one.interval.score),
        f"{_two(one.interval.low)} – {_two(one.interval.high)}",
        _ranks(one.ranks),
        *(_word(f"below.{limit.standing.value}", language) for limit in one.limits),
        _word(f"last.{one.last.value}", language),
        "" if weights is None else f"{_two(weights.low)} – {_two(weights.high)}",
    ]


def _lines(found: Chain, language: str) -> list[str]:
    sure, lines = found.certainty, []
    if sure.last is not None and sure.last.standing is not Standing.TIE:
        last = sure.last
        lines.append(
            _word("gap", language, section=last.sections[0], rival=last.rival, gap=_two(last.gap), p=_p(last.p),
                  error=_two(last.standard_error), standing=_word(f"last.{last.standing.value}", language))
        )  # fmt: skip
    for flip in sure.flips:
        if flip.claim == "last":
            code = "flip_never" if flip.records is None else "flip"
            source = _word(flip.source, language)
            lines.append(
                _word(code, language, source=source, records=flip.records, of=flip.of, rival=flip.rival)
            )  # fmt: skip
    if sure.dominance is not None:
        lines.append(_word("dominance", language, share=f"{sure.dominance * 100:.0f}"))
    agreed = found.reliability
    if agreed is not None:
        numbers = ["—" if one is None else f"{one:.2f}" for one in (agreed.mean, agreed.concordance)]
        weak = _word("weak", language) if agreed.is_weak else ""
        lines.append(_word("agreement", language, icc=numbers[0], w=numbers[1]) + weak)
    return lines


def _beside(score: Decimal, limit: LimitStanding) -> str:
    """Print a score so that it does not contradict its side of the limit: 79.996 is not 80.00."""
    digits = 2
    while digits < 10 and (Decimal(f"{score:.{digits}f}") < limit.limit) != limit.is_below:
        digits += 1
    return f"{score:.{digits}f}"


def _ranks(one: RankInterval) -> str:
    return str(one.best) if one.best == one.worst else f"{one.best} – {one.worst}"


def _two(number: Decimal) -> str:
    return f"{number:.2f}"


def _p(number: Decimal) -> str:
    return "p < 0.0001" if number < Decimal("0.0001") else f"p = {number:.4f}"


def _word(name: str, language: str, **facts: object) -> str:
    return WORDS[name][0 if language.startswith("zh") else 1].format(**facts)
