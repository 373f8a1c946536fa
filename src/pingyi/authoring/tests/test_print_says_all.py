"""The print says everything that decides: no value can change, and no item go, while its words stay (§0)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from pingyi.authoring.printing.outline import outline
from pingyi.authoring.printing.render import to_text
from pingyi.authoring.tests.leaves import Leaf, changed, leaves, shortened
from pingyi.authoring.tests.plans import SHIPPED, fuller_plan, shipped_plan
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Option

# What may change without a word of the print changing, and why.
UNSAID = {
    "id": "a name for programs; what refers to it is printed by its own name",
    "quote": "the sentence of an older text that the item was read from: what is printed here replaces it",
    "clause": "the number that a clause had in the text it was read from; the print numbers its own",
    "Plan.format": "how the file is written, the same in every plan",
    "Original": "from which file the plan was read",
    "Choice": "what its writers still have to look at",
}
# A plan without rules of statistics follows these very defaults, and the print says them (§5.2).
UNSAID_PARTS = {"demo-2026": ["statistics"]}
WHOLLY = 3  # so many values of one kind become all that they can be, the rest one other


def is_unsaid(leaf: Leaf) -> bool:
    """Whether this value is one of those that the print leaves out."""
    return bool({leaf.field, leaf.kind, leaf.owner} & UNSAID.keys())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", SHIPPED)
def test_no_value_changes_without_a_word(name: str, language: str) -> None:
    plan = fuller_plan(name)
    printed = outline(plan, language=language)
    met: Counter[str] = Counter()
    silent = []
    for leaf in leaves(plan):
        if is_unsaid(leaf):
            continue
        met[leaf.kind] += 1
        others = leaf.others if met[leaf.kind] <= WHOLLY else leaf.others[-1:]
        silent += [
            f"{leaf.path}: {leaf.value!r} → {other!r}"
            for other in others
            if outline(changed(plan, leaf, other), language=language) == printed
        ]
    assert met.total() > 600
    assert silent == []


def test_every_exception_is_one() -> None:
    met = {
        word
        for name in SHIPPED
        for leaf in leaves(shipped_plan(name))
        for word in (leaf.field, leaf.kind, leaf.owner)
        if is_unsaid(leaf)
    }
    assert UNSAID.keys() - met <= {"Original", "Choice"}


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_goes_without_a_word(name: str) -> None:
    plan = fuller_plan(name)
    printed = outline(plan)
    gone = dict(shortened(plan))
    assert len(gone) > 100
    assert [path for path, one in gone.items() if outline(one) == printed] == UNSAID_PARTS.get(name, [])


def test_two_names_are_not_one_name_with_a_comma_in_it() -> None:
    plan = shipped_plan()
    one, two = (replace(plan, result_uses=uses) for uses in (("考核、评先",), ("考核", "评先")))
    assert outline(one) != outline(two)
    label, split = (_with_options(plan, options) for options in (("满意100分、基本满意",), ("满意", "基本满意")))
    assert outline(label) != outline(split)


def _with_options(plan: Plan, labels: tuple[str, ...]) -> Plan:
    options = tuple(Option(id=f"o{number}", label=label, value=Decimal(100)) for number, label in enumerate(labels))
    return replace(plan, scales=(replace(plan.scales[0], options=options), *plan.scales[1:]))


def test_a_value_that_its_test_has_no_use_for_is_seen() -> None:
    plan = shipped_plan()
    last = plan.triggers[0]
    odd = replace(last, all_of=(replace(last.all_of[0], score=Decimal(20)),))
    assert "认定条件：名次居本类末位（分数线：20）。" in to_text(replace(plan, triggers=(odd, *plan.triggers[1:])))


def test_a_trigger_says_what_it_asks_for() -> None:
    text = to_text(shipped_plan())
    assert "认定条件：综合得分低于80分。" in text
    assert "认定条件：连续第2年出现“排名末位”。" in text
    assert "认定条件：评定为“优秀”等次。每类最多2个科室。" in text


def test_what_names_one_of_two_alike_says_which() -> None:
    plan = shipped_plan()
    first, second, *rest = plan.sources
    alike = replace(plan, sources=(first, replace(second, name=first.name), *rest))
    moved = replace(alike, indicators=(replace(alike.indicators[0], source=second.id), *alike.indicators[1:]))
    assert f"{first.name}〔2〕" in to_text(alike)
    assert outline(alike) != outline(moved)
