"""What the bureau's own history would say about a case's kind, theme or section; a person decides (§3.2.2, §5.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from pingyi.bureau.models import Section
from pingyi.inference.suggest import Model, Proposal, Spoke, from_bytes
from pingyi.stations.cases import words
from pingyi.stations.cases.learning import USES, facets_of, label_of, words_for
from pingyi.stations.cases.models import Case, Learnt
from pingyi.stations.cases.queries import year

BESIDE = {"classify": ("kind", "theme"), "assign": ("section",)}  # verb → what is proposed beside its form


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed:
    """A proposal as a page shows it; `name` is the section's name, or the label itself; empty: "I do not know"."""

    use: str
    label: str
    name: str
    percent: int
    words: tuple[Spoke, ...]
    others: tuple[tuple[str, str, int], ...]  # label, name, percent
    learnt_from: int
    right_percent: int  # how often such proposals were right on cases kept apart
    is_what_it_is: bool  # the case has this label already


def beside(verb: str, case: Case) -> tuple[Proposed, ...]:
    """Return the proposals to show beside a verb's form; none for a report of misconduct."""
    if case.is_restricted:
        return ()
    made = (propose(use, case) for use in BESIDE.get(verb, ()))
    return tuple(one for one in made if one is not None)


def propose(use: str, case: Case) -> Proposed | None:
    """Return what would be proposed, or None while there is too little history to learn from."""
    if use not in USES:
        raise ValueError(use)
    row = Learnt.objects.filter(use=use).values("learnt_at", "check_figures").first()
    if row is None or "right_when_answered" not in row["check_figures"]:
        return None
    model = _model(use, row["learnt_at"])
    said = model.propose(words_for(use, case), facets_of(use, case))
    return _proposed(use, case, said, model)


def _proposed(use: str, case: Case, said: Proposal, model: Model) -> Proposed:
    names = _names(use, [said.label or "", *(label for label, _ in said.others)])
    others = [(label, names.get(label, label), _percent(score)) for label, score in said.others]
    return Proposed(
        use=use,
        label=said.label or "",
        name=names.get(said.label or "", said.label or ""),
        percent=_percent(said.score),
        words=tuple(named(one, case) for one in said.spoke),
        others=tuple(one for one in others if one[2] >= 5),
        learnt_from=model.check.examples,
        right_percent=_percent(model.check.right_when_answered),
        is_what_it_is=said.label == label_of(use, case),
    )


def named(spoke: Spoke, case: Case) -> Spoke:
    """Say what spoke as people call it: a channel or kind by its name, a word of the text as it stands."""
    if spoke.facet == "channel":
        return replace(spoke, word=year.channel_name(case.round, spoke.word))
    return replace(spoke, word=str(words.KINDS.get(spoke.word, spoke.word))) if spoke.facet == "kind" else spoke


def _percent(share: float) -> int:
    """Return a share as people read it; nothing that was learnt is certain."""
    return min(99, round(100 * share))


def _names(use: str, labels: list[str]) -> dict[str, str]:
    if use == "kind":
        return {label: str(words.KINDS.get(label, label)) for label in labels}
    if use == "theme":
        return {}
    return dict(Section.objects.filter(reference__in=labels).values_list("reference", "name"))


@lru_cache(maxsize=len(USES))
def _model(use: str, learnt_at: datetime) -> Model:
    """Read a model once; `learnt_at` tells a newer one apart."""
    return from_bytes(bytes(Learnt.objects.values_list("arrays", flat=True).get(use=use)))
