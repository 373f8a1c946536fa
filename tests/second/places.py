"""Ranks, grades and triggers from the sheets: parts 8.6, 8.7 and 9 of `docs/reference/bundle.md`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction as Q

from tests.second.score import Row, Year, fixed, mark_of, number, reason, shown

Proven = Callable[[Row, str], bool]  # whether the evidence confirms a test of a section


class Outcome:
    """What follows from the sheets of a year."""

    def __init__(self, year: Year, sheets: Sequence[Row], proven: Proven) -> None:
        self.year, self.plan, self.sheets, self.proven = year, year.plan, sheets, proven
        self.places = self.placed()
        self.grades = {one["section"]: found for one in sheets if (found := self.grade(one))}
        self.fired: dict[str, set[str]] = {}

    def verdict(self) -> Row:
        return {
            "format": "pingyi-verdict/2", "title": self.plan["title"], "year": self.plan["year"],
            "is_complete": not any(sheet["gaps"] for sheet in self.sheets), "grades": self.grades,
            "sheets": [sheet | {"lines": [one | {"points_shown": shown(one["points"])} for one in sheet["lines"]]}
                       for sheet in self.sheets],
            "placements": list(self.places.values()), "triggers": self.triggers(),
        }  # fmt: skip

    # 8.6 ranks and grades

    def is_put_last(self, sheet: Row) -> bool:
        return any(one["effect"] == "rank_last" for one in self.plan["vetoes"] if one["id"] in sheet["vetoes"])

    def ordered(self, sheets: Sequence[Row]) -> list[list[Row]]:
        """Return those that share a place together, best first."""
        lowered, rule = [one for one in sheets if self.is_put_last(one)], self.plan["ranking"]
        groups = [[one for one in sheets if not self.is_put_last(one)]]
        for source in ["", *(rule["tie_sources"] if rule["ties"] == "by_sources" else ())]:
            parts = []
            for group in groups:
                keys = [mark_of(one, source)[1] if source else one["score"] for one in group]
                split = [[one for one, key in zip(group, keys, strict=True) if key == at]
                         for at in sorted(set(keys) - {None}, reverse=True)]  # fmt: skip
                parts += [group] if None in keys else split
            groups = parts
        return [*groups, lowered] if lowered else groups

    def placed(self) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for name in {sheet["section_class"] for sheet in self.sheets}:
            mine = [sheet for sheet in self.sheets if sheet["section_class"] == name]
            is_open = any(sheet["score"] is None for sheet in mine)
            waits = "unranked" if name not in self.year.ranked else "waits" if is_open else ""
            better, groups = 0, [mine] if waits else self.ordered(mine)
            for group in groups:
                is_last = not waits and group is groups[-1] and self.can_be_last(group, len(mine))
                for sheet in group:
                    others = [other for other in group if other is not sheet]
                    said = reason("place.tied" if others else "place.ranked", rank=str(better + 1), of=str(len(mine)),
                                  others="、".join(other["name"] for other in others))  # fmt: skip
                    found[sheet["section"]] = {
                        "section": sheet["section"], "section_class": name, "rank": None if waits else better + 1,
                        "of": 0 if waits else len(mine), "is_last": is_last,
                        "tied_with": [] if waits else [other["section"] for other in others],
                        "reason": reason(f"place.{waits}") if waits else said,
                    }  # fmt: skip
                better += len(group)
        return {sheet["section"]: found[sheet["section"]] for sheet in self.sheets}

    def can_be_last(self, group: Sequence[Row], size: int) -> bool:
        rule = self.plan["ranking"]
        shares = len(group) == 1 or rule["last_place"] == "all" or self.is_put_last(group[0])
        return size >= rule["least_class_size"] and shares

    def grade(self, sheet: Row) -> str:
        score, place = self.year.compared(sheet), self.places[sheet["section"]]
        for one in self.plan["grades"] if score is not None else ():
            least, share = number(one["minimum"]), number(one["top_share"])
            is_top = share is None or (place["rank"] is not None and place["rank"] <= int(share * place["of"]))
            if is_top and (least is None or score > least or (one["minimum_is_inclusive"] and score == least)):
                return str(one["id"])
        return ""

    # 8.7 triggers

    def triggers(self) -> list[Row]:
        judged: dict[str, list[Row]] = {}
        waiting = {one["id"]: one for one in self.plan["triggers"]}
        while waiting:
            counted = {
                name: {t["trigger"] for t in one["all_of"] if t["kind"] == "times"} for name, one in waiting.items()
            }
            name = next(name for name, asked in counted.items() if not asked & waiting.keys())
            one = waiting.pop(name)
            judged[name] = self.within_quota(one, [self.tested(one, sheet) for sheet in self.sheets])
            self.fired[name] = {found["section"] for found in judged[name] if found["fires"]}
        return [found for one in self.plan["triggers"] for found in judged[one["id"]]]

    def tested(self, trigger: Row, sheet: Row) -> Row:
        name, place = sheet["section"], self.places[sheet["section"]]
        tests = []
        for test in trigger["all_of"]:
            if place["reason"]["code"] == "place.unranked" or sheet["score"] is None:
                code = "unranked" if place["reason"]["code"] == "place.unranked" else "no_score"
                holds, facts = False, {}
            elif test["kind"] in {"last", "bottom", "top"} and place["rank"] is None:
                holds, code, facts = False, "waits", {}
            else:
                holds, code, facts = getattr(self, f"ask_{test['kind']}")(test, sheet, place)
                asks = self.year.rules["triggers"] == "only_confirmed" and test["kind"] in {"last", "below"}
                if holds and asks and not self.proven(test, name):
                    holds, code = False, f"{test['kind']}_unproven"
            tests.append({"kind": test["kind"], "holds": holds, "reason": reason(f"test.{code}", **facts)})
        fires = bool(tests) and all(one["holds"] for one in tests)
        return {"trigger": trigger["id"], "section": name, "fires": fires, "tests": tests, "quota": None}

    def worse(self, place: Row) -> int:
        peers = [one for one in self.places.values() if one["section_class"] == place["section_class"]]
        return sum((one["rank"] or 0) > place["rank"] for one in peers)

    def facts(self, sheet: Row, place: Row, **more: str) -> Row:
        return place["reason"]["facts"] | {"score": sheet["printed"]} | more

    def ask_last(self, test: Row, sheet: Row, place: Row) -> tuple[bool, str, Row]:
        facts, least = self.facts(sheet, place), self.plan["ranking"]["least_class_size"]
        if place["is_last"]:
            return True, "last_tied" if place["tied_with"] else "last", facts
        if place["of"] < least:
            return False, "class_too_small", facts | {"least": str(least)}
        return False, "not_last" if self.worse(place) else "last_shared", facts

    def ask_below(self, test: Row, sheet: Row, place: Row) -> tuple[bool, str, Row]:
        score, limit = self.year.compared(sheet) or Q(0), number(test["score"]) or Q(0)
        is_past = score < limit if test["kind"] == "below" else score > limit
        holds, rule = is_past or (test["is_inclusive"] and score == limit), self.plan["rounding"]
        is_exact = rule["comparison"] == "exact"
        code = ("" if holds else "not_") + test["kind"] + ("_or_at" if test["is_inclusive"] else "")
        facts = {"score": sheet["printed"] if is_exact else fixed(score, rule["digits"]), "limit": shown(limit)}
        return holds, code if is_exact else f"{code}_rounded", facts

    ask_above = ask_below

    def ask_rate_below(self, test: Row, sheet: Row, place: Row) -> tuple[bool, str, Row]:
        one, kind, least = self.year.indicators[test["indicator"]], test["kind"], 1
        line = next(x for x in sheet["lines"] if x["kind"] == "mark" and x["indicator"] == one["id"])
        rate = line["mark"] if line["satisfaction_rate"] is None else line["satisfaction_rate"]
        n, boxes, names = int(line["count"]), self.year.boxes.get(one["scale"], {}), [one["name"]]
        if asked := test["options"]:
            votes: Row = {}
            for row in self.year.piles[sheet["section"], one["source"], one["id"]]:
                votes[row["value"]] = votes.get(row["value"], 0) + row["times"]
            n = sum(many for box, many in votes.items() if box in asked or boxes[box]["value"] is not None)
            rate = Q(sum(votes.get(box, 0) for box in asked), n) * 100 if n else None
            names += [boxes[box]["label"] for box in asked]
        limit, least = (number(test["share"]) or Q(0)) * 100, max(least, one["minimum_count"])
        facts = {"what": "、".join(names), "n": str(n), "limit": shown(limit)}
        if rate is None or n < least:
            return False, "rate_too_few", facts | {"least": str(least)}
        holds = (test["is_inclusive"] and rate == limit) or (rate < limit if kind == "rate_below" else rate > limit)
        code = ("" if holds else "not_") + kind + ("_or_at" if test["is_inclusive"] else "")
        return holds, code, facts | {"rate": shown(rate)}

    ask_rate_above = ask_rate_below

    def asked(self, test: Row, place: Row) -> int:
        shares = [] if test["share"] is None else [int(Q(test["share"]) * place["of"])]
        return int(min([*([] if test["count"] is None else [test["count"]]), *shares], default=0))

    def ask_bottom(self, test: Row, sheet: Row, place: Row) -> tuple[bool, str, Row]:
        limit, rule = self.asked(test, place), self.plan["ranking"]
        facts = self.facts(sheet, place, limit=str(limit))
        if place["of"] < rule["least_class_size"]:
            return False, "class_too_small", facts | {"least": str(rule["least_class_size"])}
        reach = self.worse(place) + 1 + (0 if rule["last_place"] == "all" else len(place["tied_with"]))
        return reach <= limit, "bottom" if reach <= limit else "not_bottom", facts

    def ask_top(self, test: Row, sheet: Row, place: Row) -> tuple[bool, str, Row]:
        limit = self.asked(test, place)
        holds = place["rank"] <= limit
        return holds, "top" if holds else "not_top", self.facts(sheet, place, limit=str(limit))

    def ask_veto(self, test: Row, sheet: Row, place: Row) -> tuple[bool, str, Row]:
        names = {one["id"]: one["name"] for one in self.plan["vetoes"]}
        holds = bool(sheet["vetoes"])
        return holds, "veto" if holds else "no_veto", {"events": "、".join(names[one] for one in sheet["vetoes"])}

    def ask_grade(self, test: Row, sheet: Row, place: Row) -> tuple[bool, str, Row]:
        names, mine = {one["id"]: one["name"] for one in self.plan["grades"]}, self.grades.get(sheet["section"], "")
        facts = {"grade": names.get(mine, "—"), "asked": names.get(test["grade"], test["grade"])}
        holds = bool(mine) and mine == test["grade"]
        return holds, "grade" if holds else "not_grade", facts

    def ask_times(self, test: Row, sheet: Row, place: Row) -> tuple[bool, str, Row]:
        name, year = test["trigger"], self.plan["year"]
        mine = [one for one in self.year.past if (one["section"], one["trigger"]) == (sheet["section"], name)]
        past = {int(one["year"]) for one in mine if int(one["year"]) < year}
        run = next(length for length in range(len(past) + 1) if year - length - 1 not in past)
        times = (
            (run if test["is_consecutive"] else len(past)) + 1 if sheet["section"] in self.fired.get(name, ()) else 0
        )
        names, asked = {one["id"]: one["name"] for one in self.plan["triggers"]}, test["count"] or 1
        years = "、".join(str(one) for one in sorted(past)) or "—"
        facts = {"trigger": names.get(name, name), "times": str(times), "asked": str(asked), "years": years}
        if not times:
            return False, "times_not_now", facts
        code = "times" if times >= asked else "not_times"
        return times >= asked, code + ("_in_a_row" if test["is_consecutive"] else ""), facts

    def within_quota(self, trigger: Row, tested: list[Row]) -> list[Row]:
        """Keep so many of those who meet the tests, in each class; equals are treated alike."""
        most, all_of = trigger["at_most"], {test["kind"] for test in trigger["all_of"]}
        if most is None:
            return tested
        kinds = {one["kind"] for one in self.plan["consequences"] if one["id"] in trigger["consequences"]}
        is_honor, meet = (
            bool(all_of & {"top", "above"}) or kinds == {"honor"},
            [t["section"] for t in tested if t["fires"]],
        )
        kept: set[str] = set()
        for one in self.plan["subject"]["classes"]:
            mine = [s for s in self.sheets if s["section"] in meet and s["section_class"] == one["id"]]
            groups, first = self.ordered(mine), set[str]()
            for group in groups if is_honor else groups[::-1]:
                fits = len(first) + len(group) <= most
                if len(first) >= most or not (fits or self.plan["ranking"]["last_place"] == "all"):
                    break
                first |= {sheet["section"] for sheet in group}
            kept |= first
        beyond = "quota.beyond_top" if is_honor else "quota.beyond"
        for found in tested:
            if found["fires"]:
                found["fires"] = found["section"] in kept
                found["quota"] = reason("quota.within" if found["fires"] else beyond, quota=str(most))
        return tested
