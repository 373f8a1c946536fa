"""Puts together what the text says with what a preset must add; each such value is a choice to confirm."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pingyi.authoring.presets import Preset
from pingyi.authoring.prose.scales import ScaleReading
from pingyi.authoring.prose.weights import Share, source_kind
from pingyi.rules.figures import proposed
from pingyi.rules.plan import Choice
from pingyi.rules.plan.measure import Criterion, Empty, Indicator, Measure, Scale, Source, SourceKind
from pingyi.rules.plan.voting import Assembly, Content, ElectorGroup, Survey

_MARKED_BY_PEOPLE = {SourceKind.SURVEY, SourceKind.ASSEMBLY}
_BELONGS = {
    SourceKind.INSPECTION: r"作风|效能|服务|态度|纪律|执法",
    SourceKind.CASES: r"群众反映|突出问题|投诉|诉求|信访|群众|服务",
    SourceKind.RECTIFICATION: r"整改|自查|作风|廉洁|突出问题",
    SourceKind.TASKS: r"任务|履行|职责|工作|效能",
    SourceKind.COMMITMENTS: r"承诺|公开|服务|环境",
    SourceKind.OPINIONS: r"意见|群众|服务",
    SourceKind.FILE_REVIEW: r"依法|执法|行政|规范",
}
_EMPTY = {SourceKind.INSPECTION: Empty.FULL, SourceKind.CASES: Empty.DROP, SourceKind.RECTIFICATION: Empty.DROP}
_STEP = Decimal("0.0001")


@dataclass(slots=True)
class Filling:
    """Collects the choices while the measuring parts of the plan are made."""

    preset: Preset
    choices: list[str] = field(default_factory=list)

    def choose(self, path: str) -> None:
        """Note that a value is the preset's and must be confirmed."""
        if path not in self.choices:
            self.choices.append(path)

    def settle(self, path: str, *, is_stated: bool) -> None:
        """Take a choice back where the text states the value after all."""
        if is_stated and path in self.choices:
            self.choices.remove(path)

    def as_choices(self) -> tuple[Choice, ...]:
        """Return the choices as the plan keeps them."""
        return tuple(Choice(path=path, preset=self.preset.name) for path in self.choices)

    def sources(self, shares: list[Share]) -> tuple[Source, ...]:
        """Return the sources of marks: those of the text, else the preset's."""
        if not shares:
            self.choose("sources")
            named = [(one.name, one.kind, one.weight, one.empty) for one in self.preset.sources]
        else:
            named = [
                (one.name, kind, one.points / 100, _EMPTY.get(kind, Empty.REFUSE))
                for one in shares
                for kind in [source_kind(one.name)]
            ]
        used: set[str] = set()
        return tuple(
            Source(id=_unique(kind.value, used), name=name, kind=kind, weight=weight, empty=empty)
            for name, kind, weight, empty in named
        )

    def scales(self, reading: ScaleReading | None) -> tuple[Scale, ...]:
        """Return the scale of the text, with the preset's values where it has none."""
        if reading is None:
            self.choose("scales")
            return (self.preset.scale,)
        if not reading.has_values:
            self.choose("scales[0].options")
        return (reading.scale,)

    def indicators(
        self, sources: tuple[Source, ...], criteria: tuple[Criterion, ...], *, marks: dict[str, Decimal], scale: str
    ) -> tuple[Indicator, ...]:
        """Return how each source measures the criteria; a ballot asks about all of them, other sources about one."""
        if not criteria:
            return ()
        self.choose("indicators")
        weights = shares_of(criteria, marks)
        made: list[Indicator] = []
        for source in sources:
            if source.kind in _MARKED_BY_PEOPLE:
                made += [
                    _indicator(source, criterion, weight, measure=Measure.SATISFACTION_SCORE, scale=scale)
                    for criterion, weight in zip(criteria, weights, strict=True)
                ]
            else:
                measure = Measure.DEMERITS if source.kind is SourceKind.INSPECTION else Measure.MEAN
                made.append(_indicator(source, _best(source.kind, criteria), Decimal(1), measure=measure, scale=""))
        return tuple(_reaching_all(made, criteria, sources))

    def electors(self, shares: list[Share]) -> tuple[ElectorGroup, ...]:
        """Return the groups of voters: those of the text, else the preset's."""
        if not shares:
            self.choose("assembly.groups")
            return self.preset.electors
        return tuple(
            ElectorGroup(id=f"group_{number}", name=one.name, weight=one.points / 100)
            for number, one in enumerate(shares, 1)
        )

    def assembly(self, assembly: Assembly, criteria: tuple[Criterion, ...], marks: dict[str, Decimal]) -> Assembly:
        """Return the assembly with its ballot's lines."""
        if "assembly.groups" in self.choices:
            self.choices.remove("assembly.groups")
            self.choose("assembly")
        else:
            self.choose("assembly.quorum")
            self.choose("assembly.tellers")
        contents = tuple(
            Content(criterion=criterion.id, weight=weight)
            for criterion, weight in zip(criteria, shares_of(criteria, marks), strict=True)
        )
        if not marks and "assembly" not in self.choices:
            self.choose("assembly.contents")
        return Assembly(
            scale=assembly.scale,
            groups=assembly.groups,
            contents=contents,
            earliest_on=assembly.earliest_on,
            latest_on=assembly.latest_on,
            quote=assembly.quote,
        )

    def survey(self, conductor: str, quote: str, scale: str) -> Survey:
        """Return the survey; its size and precision are the preset's."""
        self.choose("survey")
        return Survey(scale=scale, conductor=conductor, quote=quote)


def _reaching_all(
    made: list[Indicator], criteria: tuple[Criterion, ...], sources: tuple[Source, ...]
) -> list[Indicator]:
    """Where nobody is asked about everything, the heaviest source measures what no other does."""
    missed = [one for one in criteria if all(item.criterion != one.id for item in made)]
    heaviest = max(sources, key=lambda one: one.weight, default=None)
    if not missed or heaviest is None:
        return made
    own = [item for item in made if item.source == heaviest.id]
    judged = [*(one for one in criteria if any(item.criterion == one.id for item in own)), *missed]
    weights = shares_of(tuple(judged), {})
    again = [
        _indicator(heaviest, one, weight, measure=own[0].measure if own else Measure.MEAN, scale="")
        for one, weight in zip(judged, weights, strict=True)
    ]
    return [*(item for item in made if item.source != heaviest.id), *again]


def shares_of(criteria: tuple[Criterion, ...], marks: dict[str, Decimal]) -> list[Decimal]:
    """Return weights that add up to exactly 1: the text's marks where every criterion has one, else equal."""
    if not criteria:
        return []
    total = sum(marks.values(), Decimal(0))
    if len(marks) == len(criteria) and total > 0:
        weights = [(marks[one.id] / total).quantize(_STEP) for one in criteria]
    else:
        weights = [(Decimal(1) / len(criteria)).quantize(_STEP)] * len(criteria)
    weights[-1] += 1 - sum(weights, Decimal(0))
    return [Decimal(f"{weight.normalize():f}") for weight in weights]


def _indicator(source: Source, criterion: Criterion, weight: Decimal, *, measure: Measure, scale: str) -> Indicator:
    made = Indicator(
        id=f"{source.id}_{criterion.id}",
        name=f"{source.name}：{criterion.title}"[:60],
        criterion=criterion.id,
        source=source.id,
        weight=weight,
        measure=measure,
        scale=scale,
    )
    return replace(made, takes=proposed(made, source))


def _best(kind: SourceKind, criteria: tuple[Criterion, ...]) -> Criterion:
    pattern = _BELONGS.get(kind, r"$^")
    scored = [
        (len(re.findall(pattern, one.title)) * 3 + len(re.findall(pattern, one.text)), -place)
        for place, one in enumerate(criteria)
    ]
    return criteria[-max(scored)[1]]


def _unique(word: str, used: set[str]) -> str:
    number, unique = 2, word
    while unique in used:
        unique, number = f"{word}_{number}", number + 1
    used.add(unique)
    return unique
