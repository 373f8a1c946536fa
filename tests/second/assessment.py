"""`estimates.json` computed again: parts 12 and 13 of `docs/reference/bundle.md`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction as Q
from itertools import combinations

from tests.second.certainty import Source
from tests.second.flips import Flips
from tests.second.margins import Box, shrunk
from tests.second.score import Row, Year, mark_of, rounded
from tests.second.standing import Class, Composite, UnsureError, estimate

Tables = dict[str, list[Row]]


class Assessment:
    """How sure a verdict is, class by class."""

    def __init__(self, year: Year, sheets: Sequence[Row], tables: Tables) -> None:
        self.year, self.tables, self.sources, rules = year, tables, list[Source](), year.rules
        self.paired: set[tuple[str, ...]] = set()
        self.boxes: dict[str, Box] = {}
        self.lowering = {one["id"] for one in year.plan["vetoes"] if one["effect"] == "rank_last"}
        classes = {name: [s for s in sheets if s["section_class"] == name] for name in year.ranked}
        self.classes = {name: self.of_class(name, mine) for name, mine in classes.items() if mine}
        names = ("level", "minimum_ratings", "minimum_ballots", "weight_range")
        told = {name: Q(str(rules[name])) for name in names}
        self.whole = {"format": "pingyi-estimates/2", "classes": list(self.classes.values()), **told}

    def of_class(self, name: str, sheets: Sequence[Row]) -> Row:
        scored = [one for one in sheets if one["score"] is not None]
        put_last = [one["section"] for one in scored if self.lowering & set(one["vetoes"])]
        compared = [one for one in scored if one["section"] not in put_last]
        names = [one["section"] for one in compared]
        given = [s["section"] for s in compared if any(one["kind"] == "veto" and one["points"] for one in s["lines"])]
        sources, estimates, unsure = [], [], []
        for source in (Source(self.year, one, compared, self.tables) for one in self.year.sources):
            if source.values:
                try:
                    estimates.append(estimate(self.year, source))
                    sources.append(source)
                except UnsureError as error:
                    unsure.append({"source": source.name, "code": str(error), "facts": {}})
        weights = [[Q(0) if one["section"] in given else mark_of(one, source.name)[0] for one in compared]
                   for source in sources]  # fmt: skip
        found: Row = {"section_class": name, "sections": names, "estimates": estimates, "weights": weights,
                      "certainty": None, "unsure": unsure, "given": given, "put_last": put_last,
                      "without_score": [one["section"] for one in sheets if one["score"] is None]}  # fmt: skip
        self.sources += sources
        self.paired |= {(one, *sorted(pair)) for one in self.year.sources for pair in self.pairs(one, scored)}
        if compared and not unsure:
            found["certainty"] = self.certainty(found, [one["score"] for one in compared], sources)
        return found

    def certainty(self, held: Row, scores: Sequence[Q], sources: Sequence[Source]) -> Row:
        names, thin = held["sections"], self.thin(held)
        is_coarse = any(source.is_numbered for source in sources)
        plain = Class(self.year, Composite(held["estimates"], held["weights"], names, scores),
                      thin=thin, is_coarse=is_coarse)  # fmt: skip
        counted = [estimate(self.year, source, by_counts=True) for source in sources]
        wide = Class(self.year, Composite(counted, held["weights"], names, scores), thin=thin, is_coarse=is_coarse)
        rows, others = plain.sections(), wide.sections()
        for one, other, drawn in zip(rows, others, shrunk(scores, plain.found.errors), strict=True):
            one["shrunk"] = drawn
            same = {name: one[name] == other[name] for name in ("last", "may_be_last", "ranks", "ranks_together")}
            limits = [a["standing"] == b["standing"] for a, b in zip(one["limits"], other["limits"], strict=True)]
            error = {name: other["interval"][name] for name in ("standard_error", "df")}
            one["alone"] = {**error, **same, "limits": limits} if counted else None
        flips = [one for source, weights in zip(sources, held["weights"], strict=True)
                 if source.heaps and self.year.reading[source.name] == "people"
                 for one in Flips(source, names, scores, weights).found(plain.limits, str)]  # fmt: skip
        box = Box(self.year.plan, held, scores, Q(str(self.year.rules["weight_range"])))
        share = box.dominance()
        self.boxes[held["section_class"]] = box
        return {"level": 1 - Q(str(self.year.rules["level"])), "flips": flips,
                "dominance": None if share is None else rounded(share, 10), "sections": rows,
                "covariance": plain.found.cells, "last": plain.last, "ranking": plain.ranking(),
                "insufficient": thin}  # fmt: skip

    def thin(self, held: Row) -> list[str]:
        """Return the sections of which every source with a least count has less."""
        least = {"survey": int(self.year.rules["minimum_ratings"]), "assembly": int(self.year.rules["minimum_ballots"])}
        found = [(dict(zip(one["sections"], one["counts"], strict=True)), least[kind]) for one in held["estimates"]
                 if (kind := self.year.sources[one["source"]]["kind"]) in least]  # fmt: skip
        return [one for one in held["sections"] if found and all(told.get(one, 0) < many for told, many in found)]

    def proven(self, test: Row, section: str) -> bool:
        """8.7 Return whether the evidence confirms a test of a section."""
        held = next(one for one in self.classes.values() if section in [*one["sections"], *one["put_last"]])
        if section in held["put_last"]:
            return True
        sure = held["certainty"]
        mine = next(one for one in sure["sections"] if one["section"] == section) if sure else None
        if test["kind"] == "last":
            return mine is not None and mine["last"] == "confirmed" and not held["put_last"]
        limit = Q(test["score"] or 0)
        return mine is not None and any(o["limit"] == limit and o["standing"] == "confirmed" for o in mine["limits"])

    def unproved(self, told: Row) -> Iterator[str]:
        """13: yield what of other weights is not proved by what stands beside it."""
        for at, (name, one) in enumerate(self.classes.items()):
            for j in range(len(one["sections"]) if one["certainty"] else 0):
                row = told["classes"][at]["certainty"]["sections"][j]
                faults = self.boxes[name].faults(j, row["weights"])
                yield from (f"/classes/{at}/certainty/sections/{j}/weights/{name}" for name in faults)

    def pairs(self, name: str, scored: Sequence[Row]) -> Iterator[tuple[str, str]]:
        """10.3: yield the pairs of a class of which there has to be a line."""
        source = Source(self.year, name, scored, self.tables)
        persons = sum(int(one["persons"] or 0) for one in source.strata.values())
        if source.is_numbered and persons >= 15:
            yield from combinations({section for section, *_ in source.heaps}, 2)

    def impossible(self) -> list[str]:
        """10.3 Return the pairs that should not be told or are not, and those that no pairing of the sheets gives."""
        told = {(one["source"], one["a"], one["b"]) for one in self.tables["pairs.csv"]}
        found = [" ".join(one) for one in sorted(told ^ self.paired)]
        for source in self.sources:
            for (a, b), steps in source.steps.items():
                if a in source.values and b in source.values and source.strata:
                    cell = float(steps * source.step(a, b))
                    found += [f"{source.name} {a} {b}"] if cell > source.greatest(a, b) + 1e-9 else []
        return found
