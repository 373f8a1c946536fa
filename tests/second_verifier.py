"""A second program that checks a bundle, written from `docs/reference/bundle.md`; it shares no line with the product.

    python -m tests.second_verifier bundle.zip --vkey KEY

It prints what does not hold and ends with 0, 1 or 2 as part 15 of that page says.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction as Q
from functools import cache
from pathlib import Path
from typing import Any

from tests.second.assessment import Assessment, Tables
from tests.second.files import HEADS, SIGNED, BundleError, Files, manifest, need, opened, plan_of, sha_of, table
from tests.second.places import Outcome
from tests.second.record import WHOLE, Record
from tests.second.score import Year, fixed

PROVED = "/classes/#/certainty/sections/#/weights"  # 13: not computed but multiplied out; `#` is any row
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, StopIteration, ZeroDivisionError)
DECIMAL = {"level", "weight_range"}
Finding = tuple[str, str]  # the check, and what does not hold


class Computed:
    """All that follows from the eight files that are computed from."""

    def __init__(self, files: Files) -> None:
        self.tables: Tables = {name: table(files, name) for name in HEADS}
        plan, sections = json.loads(files["plan.json"]), json.loads(files["sections.json"])
        self.year = Year(plan, sections, self.tables["evidence.csv"], self.tables["past.csv"])
        self.year.require()
        self.sheets = self.year.sheets()
        self.sure = Assessment(self.year, self.sheets, self.tables)
        self.verdict = Outcome(self.year, self.sheets, self.sure.proven).verdict()


def differences(found: Any, told: Any, place: str = "", known: str = "") -> Iterator[str]:
    """Yield every place at which a file says something else than what was computed."""
    if isinstance(found, dict) and isinstance(told, dict):
        for name in sorted(found.keys() | told.keys()):
            if f"{known}/{name}" == PROVED:
                continue
            if name in found and name in told:
                yield from differences(found[name], told[name], f"{place}/{name}", f"{known}/{name}")
            else:
                yield f"{place}/{name}"
    elif isinstance(found, list) and isinstance(told, list) and len(found) == len(told):
        for at, (one, other) in enumerate(zip(found, told, strict=True)):
            yield from differences(one, other, f"{place}/{at}", f"{known}/#")
    elif not is_same(found, told, known):
        yield place


def is_same(found: Any, told: Any, known: str) -> bool:
    """Whether a number, text or truth value is the one that was computed (12: to the last digit but one)."""
    if isinstance(found, bool | str) or found is None or not isinstance(told, str):
        return type(found) is type(told) and bool(found == told)
    if not isinstance(found, float):
        return Q(told) == found and told == spelled(found, known)
    printed = float(told)
    name = known.rstrip("/#").rsplit("/", 1)[-1]
    room = {"p": 1.01e-9 * abs(found), "p_holm": 1.01e-9 * abs(found), "statistic": 1.01e-9 * abs(found)}
    least = room.get(name, 1.01e-6 if name.startswith("df") else 1.01e-10)
    return told == spelled(printed, known) and (found == printed or abs(found - printed) <= least)


def spelled(number: Q | float | int, known: str) -> str:
    """12: return a number of estimates.json as it is written."""
    name = known.rstrip("/#").rsplit("/", 1)[-1]
    if isinstance(number, float) and name in {"p", "p_holm", "statistic"}:
        exact = Decimal(f"{number:.10g}")
        return f"{exact:f}" if exact.is_finite() and (not exact or exact.adjusted() >= -12) else str(exact)
    if isinstance(number, float) or name in {"values", "score", "gap", "limit", "dont_know", "dominance"}:
        return fixed(Q(number), 6 if name.startswith("df") else 10)
    text = str(number)  # a weight, a count, a rank; of the plan's own numbers as the plan has them
    return f"{Decimal(number.numerator) / Decimal(number.denominator):f}" if name in DECIMAL else text


def as_text(value: Any) -> Any:
    """9: exact numbers are text in verdict.json."""
    if isinstance(value, dict):
        return {name: as_text(one) for name, one in value.items()}
    if isinstance(value, list):
        return [as_text(one) for one in value]
    return str(value) if isinstance(value, Q) else value


def verdict(files: Files, computed: Computed) -> Iterator[str]:
    """9: yield every place of verdict.json that does not follow."""
    found = differences(as_text(computed.verdict), json.loads(files["verdict.json"]))
    yield from (f"verdict.json {place}" for place in found)


def estimates(files: Files, computed: Computed) -> Iterator[str]:
    """12: yield every place of estimates.json that does not follow, and what the tables say against one another."""
    apart = list(margins(computed.year, computed.tables))
    yield from apart or [f"pairs.csv {place}" for place in computed.sure.impossible()]
    told = json.loads(files["estimates.json"])
    found = differences(computed.sure.whole, told)
    yield from (f"estimates.json {place}" for place in [*found, *computed.sure.unproved(told)])


def margins(year: Year, tables: Tables) -> Iterator[str]:
    """6: yield where the sheets are not the answers, or more answered than were there."""
    answers: dict[tuple[str, str, str, str], Counter[tuple[str, str, Q]]] = {}
    for row in (one for one in year.rows if one["indicator"] in year.indicators):
        if year.indicators[row["indicator"]]["measure"] == "demerits":
            continue
        at = row["source"], row["stratum"], row["group"], row["section"]
        answers.setdefault(at, Counter())[row["indicator"], str(row["value"]), row["weight"]] += row["times"]
    laid: dict[tuple[str, str, str, str], Counter[tuple[str, str, Q]]] = {}
    for row in tables["sheets.csv"]:
        asked = [one["id"] for one in year.plan["indicators"]
                 if one["source"] == row["source"] and one["measure"] != "demerits"]  # fmt: skip
        at = row["source"], row["stratum"], row["group"], row["section"]
        for what, value in zip(asked, row["answers"].split("|"), strict=True):
            if value != "-":
                said = str(Q(value)) if year.indicators[what]["measure"] == "mean" else value
                laid.setdefault(at, Counter())[what, said, Q(row["weight"])] += int(row["times"])
    yield from (f"sheets.csv {'/'.join(at)}: not the answers" for at in laid if laid[at] != answers.get(at))
    persons = {(one["source"], one["stratum"], one["group"]): int(one["persons"])
               for one in tables["sample.csv"] if one["persons"]}  # fmt: skip
    for at, found in answers.items():
        many: Counter[str] = Counter()
        for (what, *_), times in found.items():
            many[what] += times
        if at[:3] in persons and max(many.values()) > persons[at[:3]]:
            yield f"sample.csv {'/'.join(at)}: fewer persons than answers"


def tried(check: str, run: Callable[[], Iterable[str] | None]) -> list[Finding]:
    """Return what a check finds; what cannot be read is a finding too."""
    try:
        return [(check, text) for text in run() or ()]
    except BundleError as fault:
        return [(check, str(fault))]
    except UNREADABLE as error:
        return [(check, f"missing or not to be read: {type(error).__name__} {error}")]


def checked(
    path: Path, *, vkey: str = "", held: str = "", receipt: str = "", contents: str = ""
) -> tuple[list[Finding], list[str], bool]:
    """Return everything in a bundle that does not hold, what remains to be said, and whether the signer is known."""
    files: Files = {}
    found = tried("files.list", lambda: files.update(opened(path)))
    if found:
        return found, [], False
    found += tried("files.manifest", lambda: manifest(files))
    found += tried("files.manifest", lambda: [f"plan.json {place}" for place in plan_of(files)])
    notes = [] if files.keys() >= SIGNED else ["not signed by anybody"]
    is_known = not notes and bool(vkey)
    if not notes:
        record = Record(files)
        found += tried("record.entries", record.entries)
        found += tried("record.signatures", lambda: record.signatures(json.loads(files["plan.json"])))
        found += tried("record.binding", record.binding)
        found += tried("record.entries", lambda: record.held(held)) if held else []
        found += tried("record.receipt", lambda: record.receipt(receipt, path.read_bytes())) if receipt else []
        mine = files["log/vkey"].decode().strip()
        if vkey:
            found += tried("record.signatures", lambda: need(vkey.strip() == mine, "log/vkey: not the key you named"))
        else:
            notes.append(f"compare this key: {mine}")
        notes += [] if json.loads(files["manifest.json"])["recounted_by"] else ["counted by the bureau alone"]
    if contents:
        found += tried("record.binding", lambda: need(contents == sha_of(files, WHOLE), "not the contents you named"))
    computed = cache(lambda: Computed(files))
    found += tried("verdict", lambda: verdict(files, computed()))
    return found + tried("estimates", lambda: estimates(files, computed())), notes, is_known


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--vkey", default="", help="the record's key as it was made known")
    parser.add_argument("--held", type=Path, help="a checkpoint that you kept")
    parser.add_argument("--receipt", type=Path, help="the receipt that is offered beside the download")
    parser.add_argument("--bundle-digest", default="", help="contents_sha256 as the page shows it")
    given = parser.parse_args(words)
    held, receipt = (one.read_text("utf-8") if one else "" for one in (given.held, given.receipt))
    found, notes, is_known = checked(
        given.bundle, vkey=given.vkey, held=held, receipt=receipt, contents=given.bundle_digest
    )
    lines = [f"fails  {check}: {text}" for check, text in found]
    lines += [f"note   {one}" for one in notes]
    sys.stdout.write("\n".join([*lines, "FAILS" if found else "HOLDS" if is_known else "HOLDS, signer not known", ""]))
    return 1 if found else 0 if is_known else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
