"""Scores, ranks, grades and triggers from a bundle's tables alone: parts 7 to 9 of `docs/reference/bundle.md`."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from fractions import Fraction as Q
from typing import Any

from tests.second.files import Row, need

Worth = Callable[[Any], Q | None]
READINGS = {"survey": "people", "assembly": "people", "opinions": "people", "inspection": "visits",
            "file_review": "visits", "cases": "cases"}  # fmt: skip
PLAIN = {"level": "0.05", "minimum_ratings": 30, "minimum_ballots": 15, "triggers": "plain", "weight_range": "0.25"}
BLANK: Row = {"criterion": "", "points": Q(0), "mark": None, "raw": None, "weight": Q(0), "count": Q(0),
              "dont_know": None, "satisfaction_score": None, "satisfaction_rate": None, "is_too_few": False,
              "dropped_groups": [], "references": []}  # fmt: skip


def rounded(exact: Q, digits: int, mode: str = "half_even") -> Q:
    whole, rest = divmod(abs(exact) * 10**digits, 1)
    up = rest > Q(1, 2) or (rest == Q(1, 2) and (mode == "half_up" or whole % 2 == 1))
    return Q(whole + up, 10**digits) * (1 if exact >= 0 else -1)


def fixed(exact: Q, digits: int, mode: str = "half_even") -> str:
    whole = int(rounded(exact, digits, mode) * 10**digits)
    text = str(abs(whole)).rjust(digits + 1, "0")
    return ("-" if whole < 0 else "") + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)


def shown(exact: Q) -> str:
    return fixed(exact, 4).rstrip("0").rstrip(".")


def number(text: object) -> Q | None:
    return None if text is None else Q(str(text))


def reason(code: str, **facts: str) -> Row:
    return {"code": code, "facts": facts}


def mean(rows: Sequence[Row], worth: Worth) -> tuple[Q, int] | None:
    """Return the weighted mean of the answers that have a value, and how many these are."""
    kept = [(value, row) for row in rows if (value := worth(row["value"])) is not None]
    whole = sum(row["whole"] for _, row in kept)
    return (
        (sum(value * row["whole"] for value, row in kept) / whole, sum(r["times"] for _, r in kept)) if whole else None
    )


class Year:
    """What a plan makes of the evidence."""

    def __init__(self, plan: Row, sections: list[Row], rows: list[Row], past: list[Row]) -> None:
        self.plan, self.sections, self.rows, self.past = plan, sections, rows, past
        self.rules = plan["statistics"] or PLAIN
        self.sources = {one["id"]: one for one in plan["sources"]}
        self.reading = {
            name: one["reading"] or READINGS.get(one["kind"], "facts") for name, one in self.sources.items()
        }
        self.indicators = {one["id"]: one for one in plan["indicators"]}
        self.boxes = {scale["id"]: {box["id"]: box for box in scale["options"]} for scale in plan["scales"]}
        self.piles: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        lines: Counter[tuple[str, str, str, str]] = Counter()
        for row in rows:
            row["times"], row["weight"] = int(row["times"]), Q(row["weight"])
            row["value"] = Q(row["value"]) if row["kind"] == "number" else row["value"]
            row["whole"] = row["times"] * row["weight"]
            self.piles[row["section"], row["source"], row["indicator"]].append(row)
            lines[row["source"], row["group"], row["section"], row["indicator"]] += row["times"]
        self.returned: Counter[tuple[str, str]] = Counter()
        for (source, group, *_), many in lines.items():
            self.returned[source, group] = max(self.returned[source, group], many)
        self.ranked = [one["id"] for one in plan["subject"]["classes"] if one["is_ranked"]]

    # 8.1 what can be computed with

    def require(self) -> None:
        for name in ["", *self.sources]:
            mine = [one for one in self.indicators.values() if one["source"] == name] if name else self.sources.values()
            weights = [Q(one["weight"]) for one in mine]
            need(sum(weights, Q(0)) == 1 or (name and not weights), "plan.json: weights of", name or "the sources")
            need(all(weight >= 0 for weight in weights), "plan.json: a weight below 0")
        names, known = [one["id"] for one in self.sections], self.allowed()
        need(len(names) == len(set(names)), "sections.json: a section twice")
        need({one["section_class"] for one in self.sections} <= {one["id"] for one in self.plan["subject"]["classes"]},
             "sections.json: a class that the plan does not have")  # fmt: skip
        for row in self.rows:
            least, boxes = known.get((row["source"], row["indicator"]), (None, set()))
            is_box = row["kind"] == "option" and row["value"] in boxes
            is_mark = row["kind"] == "number" and least is not None and 0 <= row["value"] <= least
            fits = row["section"] in names and row["whole"] >= 0 and row["times"] >= 0
            need(fits and (is_box or is_mark), "evidence.csv:", *row.values())
        for source in self.sources:
            groups = {one["id"] for one in self.groups(source)}
            named = {row["group"] for row in self.rows if row["source"] == source}
            need(not groups or named in ({""}, set()) or named <= groups, "evidence.csv: groups of", source)

    def allowed(self) -> dict[tuple[str, str], tuple[Q | float | None, set[str]]]:
        """Return for a source and an indicator the greatest number, or the boxes of its scale."""
        known: dict[tuple[str, str], tuple[Q | float | None, set[str]]] = {}
        for one in self.indicators.values():
            need(Q(one["maximum"]) > 0 and one["source"] in self.sources, "plan.json: indicator", one["id"])
            greatest = Q(one["maximum"]) if one["measure"] == "mean" else math.inf
            is_scaled = one["measure"].startswith("satisfaction")
            boxes = self.boxes[one["scale"]] if is_scaled else {}
            values = [number(box["value"]) or Q(0) for box in boxes.values()]
            is_within = all(0 <= value <= Q(one["maximum"]) for value in values)
            need(is_within or one["measure"] != "satisfaction_score", "plan.json: boxes of", one["id"])
            known[one["source"], one["id"]] = (None, set(boxes)) if is_scaled else (greatest, set())
        for source, part in (("bonus", self.plan["bonus"]), ("deduction", self.plan["deductions"])):
            known |= {(source, one["id"]): (math.inf, set()) for one in (part["items"] if part else ())}
        return known | {("veto", one["id"]): (math.inf, set()) for one in self.plan["vetoes"]}

    def groups(self, source: str) -> list[Row]:
        return (self.plan["assembly"] or {}).get("groups", []) if self.sources[source]["kind"] == "assembly" else []

    def worth(self, one: Row, measure: str) -> Worth:
        """Return what an answer is worth in the measure's own unit; None for a box without a value."""
        if measure == "mean":
            return lambda value: value
        boxes = self.boxes[one["scale"]]
        if measure == "satisfaction_score":
            return lambda box: number(boxes[box]["value"])
        return lambda box: None if boxes[box]["value"] is None else Q(100 * boxes[box]["is_satisfied"])

    def most(self, one: Row) -> Q:
        return Q(100) if one["measure"] == "satisfaction_rate" else Q(one["maximum"])

    def by_groups(self, rows: Sequence[Row], worth: Worth, source: str) -> tuple[tuple[Q, int] | None, list[str]]:
        groups = self.groups(source)
        if not groups or not any(row["group"] for row in rows):
            return mean(rows, worth), []
        found = {one["id"]: mean([row for row in rows if row["group"] == one["id"]], worth) for one in groups}
        is_in = {one["id"]: self.returned[source, one["id"]] >= max(one["minimum"], 1) for one in groups}
        kept = {one["id"]: Q(one["weight"]) for one in groups if is_in[one["id"]] and found[one["id"]]}
        dropped, share = [one["id"] for one in groups if one["id"] not in kept], sum(kept.values())
        if not share:
            return None, dropped
        means = [(weight, *(found[name] or (Q(0), 0))) for name, weight in kept.items()]
        return (sum(w * raw for w, raw, _ in means) / share, sum(n for *_, n in means)), dropped

    # 8.2 a line for each indicator

    def marked(self, section: str, one: Row) -> Row:
        source, rows = one["source"], self.piles[section, one["source"], one["id"]]
        names = sorted({row["reference"] for row in rows} - {""}) if self.reading[source] != "people" else []
        line = {**BLANK, "kind": "mark", "source": source, "indicator": one["id"], "criterion": one["criterion"],
                "references": names, "reason": reason("line.no_evidence")}  # fmt: skip
        if one["measure"] == "demerits":
            lost, many = sum((row["value"] * row["whole"] for row in rows), Q(0)), Q(sum(row["times"] for row in rows))
            mark = max(Q(0), 100 - lost)
            said = reason("line.demerits", lost=shown(lost), mark=shown(mark))
            return line | ({"mark": mark, "raw": lost, "count": many, "reason": said} if rows else {})
        everyone = sum(row["times"] for row in rows)
        if one["measure"] != "mean" and everyone:
            boxes = self.boxes[one["scale"]]
            silent = sum(row["times"] for row in rows if boxes[row["value"]]["value"] is None)
            line["dont_know"] = Q(silent, everyone)
        found, line["dropped_groups"] = self.by_groups(rows, self.worth(one, one["measure"]), source)
        if found is None:
            return line
        raw, count = found
        mark = 100 * raw / self.most(one)
        facts = {"raw": shown(raw), "mark": shown(mark), "n": str(count), "maximum": shown(self.most(one))}
        for name in ("satisfaction_score", "satisfaction_rate") if one["measure"] != "mean" else ():
            line[name] = (self.by_groups(rows, self.worth(one, name), source)[0] or (Q(0), 0))[0]
            facts |= {
                name.removeprefix("satisfaction_"): shown(line[name]),
                "dont_know": shown(100 * line["dont_know"]),
            }
        return line | {"mark": mark, "raw": raw, "count": Q(count), "is_too_few": count < one["minimum_count"],
                       "reason": reason(f"line.{one['measure']}", **facts)}  # fmt: skip

    # 8.3 what it weighs

    def settled(self, line: Row, *, is_bare: bool) -> bool:
        """Put into a line without a mark what the plan says of that; return whether it is missing."""
        rule = self.sources[line["source"]]["empty"]
        if not is_bare and self.indicators[line["indicator"]]["measure"] == "demerits":
            line |= {"mark": Q(100), "raw": Q(0), "reason": reason("line.no_demerits")}
        elif rule in {"zero", "full"}:
            line |= {"mark": Q(0 if rule == "zero" else 100), "reason": reason(f"line.empty_{rule}")}
        else:
            line["reason"] = reason("line.empty_drop" if rule == "drop" else "line.refused")
        counts = Q(self.sources[line["source"]]["weight"]) and Q(self.indicators[line["indicator"]]["weight"])
        return rule == "refuse" and line["mark"] is None and bool(counts)

    def weighed(self, section: str) -> tuple[list[Row], list[Row]]:
        lines, gaps, shares = [], [], {name: Q(one["weight"]) for name, one in self.sources.items()}
        for name, source in self.sources.items():
            mine = [self.marked(section, one) for one in self.plan["indicators"] if one["source"] == name]
            is_bare = all(one["mark"] is None for one in mine)
            missing = [one for one in mine if one["mark"] is None and self.settled(one, is_bare=is_bare)]
            if is_bare and source["empty"] == "refuse":
                gaps += [{"source": name, "indicator": ""}] if shares[name] else []
            else:
                gaps += [{"source": name, "indicator": one["indicator"]} for one in missing]
            if is_bare and source["empty"] == "drop":
                shares[name] = Q(0)
            within = {one["indicator"]: Q(self.indicators[one["indicator"]]["weight"]) for one in mine
                      if one["mark"] is not None}  # fmt: skip
            for one in mine:
                one["weight"] = within.get(one["indicator"], Q(0)) / (sum(within.values()) or 1) * shares[name]
            lines += mine
        whole = sum(shares.values())
        if not whole and not gaps:
            gaps = [{"source": next(iter(self.sources)), "indicator": ""}]
        for one in lines:
            one["weight"] /= whole or 1
            one["points"] = (one["mark"] or Q(0)) * one["weight"]
            one["reason"]["facts"] |= {"weight": shown(100 * one["weight"]), "points": shown(one["points"])}
        return lines, gaps

    # 8.4 what is added, taken off, capped, vetoed; 8.5 one rounding

    def occurred(self, section: str, source: str, item: str) -> tuple[Q, list[str]]:
        rows = self.piles[section, source, item]
        return sum((r["value"] * r["whole"] for r in rows), Q(0)), sorted({row["reference"] for row in rows} - {""})

    def adjusted(self, section: str) -> list[Row]:
        lines, caps = [], []
        for source, part, sign in (("bonus", self.plan["bonus"], 1), ("deduction", self.plan["deductions"], -1)):
            given_all = Q(0)
            for item in part["items"] if part else ():
                times, names = self.occurred(section, source, item["id"])
                if not times:
                    continue
                asked = Q(item["points"]) * times
                given = asked if item["cap"] is None else min(asked, Q(item["cap"]))
                given_all += given
                said = reason(f"line.{source}{'' if given == asked else '_capped'}", times=shown(times),
                              each=shown(Q(item["points"])), asked=shown(asked), points=shown(given))  # fmt: skip
                lines.append({**BLANK, "kind": source, "source": source, "indicator": item["id"], "raw": times,
                              "count": times, "criterion": item["criterion"], "points": sign * given,
                              "references": names, "reason": said})  # fmt: skip
            if part and part["cap"] is not None and given_all > Q(part["cap"]):
                said = reason(f"line.cap_{source}", given=shown(given_all), cap=shown(Q(part["cap"])))
                caps.append({**BLANK, "kind": "cap", "source": source, "indicator": "", "reason": said,
                             "points": sign * (Q(part["cap"]) - given_all)})  # fmt: skip
        return lines + caps

    def sheet(self, section: Row) -> Row:
        lines, gaps = self.weighed(section["id"])
        lines += self.adjusted(section["id"])
        score, vetoes = sum((one["points"] for one in lines), Q(0)), []
        if score < 0:
            floor = {"kind": "floor", "source": "floor", "indicator": "", "points": -score}
            lines, score = [*lines, {**BLANK, **floor, "reason": reason("line.floor")}], Q(0)
        for event in self.plan["vetoes"]:
            times, names = self.occurred(section["id"], "veto", event["id"])
            if times:
                limit = {"score_zero": Q(0), "score_cap": Q(event["cap"] or 0)}.get(event["effect"], score)
                said = reason(f"line.veto_{event['effect']}", event=event["name"], score=shown(score), cap=shown(limit))
                lines.append({**BLANK, "kind": "veto", "source": "veto", "indicator": event["id"], "reason": said,
                              "references": names, "points": min(score, limit) - score})  # fmt: skip
                score, vetoes = min(score, limit), [*vetoes, event["id"]]
        rule, is_ranked = self.plan["rounding"], section["section_class"] in self.ranked
        return {
            "section": section["id"], "name": section["name"], "kind": section["kind"],
            "section_class": section["section_class"], "score": None if gaps else score,
            "rounded": None if gaps else rounded(score, rule["digits"], rule["mode"]), "printed": "",
            "vetoes": vetoes, "gaps": gaps if is_ranked else [], "lines": lines,
        }  # fmt: skip

    def printed(self, sheet: Row, sheets: Sequence[Row]) -> str:
        rule, exact = self.plan["rounding"], sheet["score"]
        limits = [Q(test["score"]) for trigger in self.plan["triggers"] for test in trigger["all_of"]
                  if test["kind"] in {"below", "above"} and test["score"] is not None]  # fmt: skip
        limits += [Q(one["minimum"]) for one in self.plan["grades"] if one["minimum"] is not None]
        near = {one["score"] for one in sheets if one["section_class"] == sheet["section_class"]} - {None, exact}
        digits = rule["digits"]
        while (text := rounded(exact, digits, rule["mode"])) != exact:
            sides = [(text > at, text < at) != (exact > at, exact < at) for at in limits]
            if not (rule["comparison"] == "exact" and any(sides)) and text not in {
                rounded(other, digits, rule["mode"]) for other in near
            }:
                break
            digits += 1
        return fixed(exact, digits, rule["mode"])

    def sheets(self) -> list[Row]:
        found = [self.sheet(section) for section in self.sections]
        return [one | {"printed": "" if one["score"] is None else self.printed(one, found)} for one in found]

    def compared(self, sheet: Row) -> Q | None:
        return sheet["score" if self.plan["rounding"]["comparison"] == "exact" else "rounded"]


def mark_of(sheet: Row, source: str) -> tuple[Q, Q | None]:
    """Return a source's weight in a sheet and its mark there."""
    mine = [one for one in sheet["lines"] if one["kind"] == "mark" and one["source"] == source and one["weight"]]
    weight = sum((one["weight"] for one in mine), Q(0))
    return weight, sum(one["points"] for one in mine) / weight if weight else None
