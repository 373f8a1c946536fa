"""Proposals on real messages: theme from the text, section from what is known without a text.

Texts that are the same or nearly so, and all rows of one message, stay on one side of the split; the split is a hash.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

import measure
from pingyi.inference.features import Example, counted, facet_words, vocabulary
from pingyi.inference.learn import learn, macro_f1
from pingyi.inference.lexicon import cleaned
from pingyi.inference.near import Pair, Said, groups, pairs

SHARED = measure.ROOT.parent / "shared" / "data"
MESSAGES = SHARED / "cn-taidi2020-messages"
APPEALS = SHARED / "cn-pingshan-2018-appeals"
SAME_MESSAGE = 0.55  # likeness in pairs of characters of a message and of its words without stop words
Guess = Callable[[Sequence[Example]], list[str]]


def figures() -> list[measure.Figure]:
    """Measure on the part that was kept apart; baselines learn from and are asked the same."""
    texts, written = messages()
    taught, asked = split([*texts, *written])
    full = {id(one) for one in written}
    found = [
        *scored("theme", taught, asked),
        *scored("theme-full-text", taught, [one for one in asked if id(one) in full]),
    ]
    return [*found, *scored("section", *split(appeals())), *scored("section-as-taken", *split(as_taken()))]


def scored(name: str, taught: Sequence[Example], asked: Sequence[Example]) -> list[measure.Figure]:
    """Return ours against always naming the most frequent, and against a plain naive Bayes."""
    model = learn(taught)
    if model is None:
        raise RuntimeError("too little to learn from")
    said = [model.propose(one.text, one.facets) for one in asked]
    ours = [one.label or one.others[0][0] for one in said]
    sure = [one.label == asked[at].label for at, one in enumerate(said) if one.label]
    truth = [one.label for one in asked]
    usual = Counter(one.label for one in taught).most_common(1)[0][0]
    plain = naive_bayes(taught)
    best, bayes, least = (f1(truth, answers) for answers in (ours, plain(asked), [usual] * len(asked)))
    what = f"macro-F1 of the proposed {name.replace('-', ' ').replace('theme full text', 'theme, whole messages only')}"
    detail = (
        f"{best:.3f} : {{0:.3f}}; {len(taught):,} learnt from, {len(asked):,} asked; "
        f"share right {share(truth, ours):.3f}; "
        f"proposed {len(sure) / len(asked):.0%}, of these right {sum(sure) / max(1, len(sure)):.0%}"
    )
    return [
        measure.Figure(
            name=f"themes/{name}-bayes",
            what=f"{what}, against a plain naive Bayes",
            ratio=f"{best / bayes:.2f} ×",
            detail=detail.format(bayes),
        ),
        measure.Figure(
            name=f"themes/{name}-usual",
            what=f"{what}, against the most frequent one",
            ratio=f"{best / least:.2f} ×",
            detail=detail.format(least),
        ),
    ]


def f1(truth: Sequence[str], said: Sequence[str]) -> float:
    """Return macro-F1 over the labels that occur."""
    place = {label: at for at, label in enumerate(sorted({*truth, *said}))}
    return macro_f1([place[one] for one in truth], [place[one] for one in said])


def share(truth: Sequence[str], said: Sequence[str]) -> float:
    """Return how many are right, of all."""
    return sum(one == two for one, two in zip(truth, said, strict=True)) / len(truth)


def naive_bayes(taught: Sequence[Example]) -> Guess:
    """Return a naive Bayes on the same features, counted, as the textbooks have it."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.naive_bayes import MultinomialNB

    from pingyi.inference.lexicon import lexicon

    words = lexicon(one.text for one in taught)
    known = vocabulary(words, taught).places

    def row(one: Example) -> dict[str, int]:
        all_of_it = {**counted(words, one.text), **dict.fromkeys(facet_words(one.facets), 1)}
        return {name: count for name, count in all_of_it.items() if name in known}

    table = DictVectorizer()
    machine = MultinomialNB().fit(table.fit_transform([row(one) for one in taught]), [one.label for one in taught])
    return lambda asked: [str(label) for label in machine.predict(table.transform([row(one) for one in asked]))]


def messages() -> tuple[list[Example], list[Example]]:
    """Return the cut texts of all labelled messages, and the whole texts of some, in common groups."""
    with gzip.open(MESSAGES / "附件2_全量_分词_带一级标签.csv.gz", "rt", encoding="utf-8") as lines:
        cut = [(row["留言主题与详情_分词"].replace(" ", ""), row["一级标签"]) for row in csv.DictReader(lines)]
    whole = []
    for name in ("附件2_留言_带一级标签.xlsx", "附件2_示例.xlsx"):
        rows = CalamineWorkbook.from_path(str(MESSAGES / name)).get_sheet_by_index(0).to_python()[1:]
        whole += [(f"{row[2]}。{row[4]}", str(row[5])) for row in rows]
    texts = {
        **{f"c{n:05}": text for n, (text, _) in enumerate(cut)},
        **{f"w{n:05}": t for n, (t, _) in enumerate(whole)},
    }
    near = pairs((Said(key=key, text=text) for key, text in texts.items()), least=0.5)
    group = {key: keys[0] for keys in groups([*near, *_same_message(texts)]) for key in keys}
    made = {
        key: Example(label=label, text=texts[key], group=group.get(key, key))
        for letter, rows in (("c", cut), ("w", whole))
        for key, (_, label) in ((f"{letter}{n:05}", row) for n, row in enumerate(rows))
    }
    return [one for key, one in made.items() if key[0] == "c"], [one for key, one in made.items() if key[0] == "w"]


def _same_message(texts: dict[str, str]) -> list[Pair]:
    """Find each whole text's words among the cut ones: stop words are gone there, so plain likeness is too low."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    cut, whole = ([key for key in texts if key[0] == letter] for letter in "cw")
    table = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), sublinear_tf=True, min_df=2)
    rows = table.fit_transform([cleaned(texts[key]) for key in cut])
    alike = (table.transform([cleaned(texts[key]) for key in whole]) @ rows.T).tocoo()
    found = zip(alike.row, alike.col, alike.data, strict=True)
    return [Pair(first=cut[c], second=whole[r], likeness=value) for r, c, value in found if value >= SAME_MESSAGE]


def appeals() -> list[Example]:
    """Return the appeals with a disposing unit, the variants of a unit's name merged into one."""
    with gzip.open(APPEALS / "坪山区-民生诉求数据.csv.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["DISPOSE_UNIT_NAME"] not in {"", "-"}]
    names = (
        "EVENT_TYPE_NAME",
        "MAIN_TYPE_NAME",
        "SUB_TYPE_NAME",
        "STREET_NAME",
        "EVENT_SRC_NAME",
        "EVENT_PROPERTY_NAME",
    )
    made = [
        Example(
            label=unit(row["DISPOSE_UNIT_NAME"]),
            facets=tuple((name, row[name]) for name in names if row[name] != "-"),
            group=row["REC_ID"],
        )
        for row in rows
    ]
    many = Counter(one.label for one in made)
    return [one for one in made if many[one.label] >= 10]


def as_taken() -> list[Example]:
    """Return the same appeals as the product has them once their table was imported: what the page proposes from."""
    import os
    import tempfile

    import django

    os.environ["PINGYI_HOME"] = tempfile.mkdtemp(prefix="pingyi-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingyi.config.settings")
    django.setup()
    from pingyi.authoring.case_tables import CaseReader, open_tables
    from pingyi.stations.cases import learning
    from pingyi.stations.cases.actions import taking
    from pingyi.stations.cases.models import Case

    table = open_tables(gzip.decompress((APPEALS / "坪山区-民生诉求数据.csv.gz").read_bytes()))[0]
    rows = CaseReader(table.head, table.proposed, on=date(2019, 1, 1)).read(table.sheet)
    made = []
    for row in (row for row in rows if row.unit and not row.is_set_aside):
        case = Case(kind_id=row.kind or taking.USUAL_KIND, channel_id="hotline_12345", **taking.texts(row))
        facets, text = learning.facets_of("section", case), learning.words_for("section", case)
        made.append(Example(label=unit(row.unit), text=text, facets=facets, group=row.number))
    many = Counter(one.label for one in made)
    return [one for one in made if many[one.label] >= 10]


def unit(name: str) -> str:
    """Return one name for the ways in which a unit is written, such as with its street in front or in brackets."""
    plain = unicodedata.normalize("NFKC", name).strip().replace("办事处", "街道")
    found = re.fullmatch(r"(.+?)\((.+)\)", plain)
    inside, street = (found[1], found[2]) if found else (plain, "")
    if street.endswith("街道") and street.removesuffix("街道") not in inside:
        inside = f"{street.replace('街道街道', '街道')}{inside}"
    return re.sub(r"^.+街道(?=.+社区$)", "", inside)


def split(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Return what is learnt from and what is asked: a fifth of the groups, by hash."""
    parts: tuple[list[Example], list[Example]] = ([], [])
    for one in examples:
        parts[hashlib.sha256(f"pingyi-bench|{one.group}".encode()).digest()[0] < 51].append(one)
    return parts


if __name__ == "__main__":
    if not Path(MESSAGES).is_dir():
        raise SystemExit("the real messages (../shared) are not here")
    for figure in figures():
        print(figure)
