"""Those who carry duties, as the print calls them; its reader knows them by the same words."""

from __future__ import annotations

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.values import is_english
from pingyi.rules.plan import Authority
from pingyi.rules.plan.people import Chain, Doer
from pingyi.rules.plan.voting import Survey

_CHAINS = {Doer.DISTRICT_OFFICE: Chain.BLOCK, Doer.CITY_BUREAU: Chain.LINE}


def names_of_doers(
    *, office: str, survey: Survey | None, authorities: tuple[Authority, ...], tongue: str
) -> dict[Doer, str]:
    """Return by which words each doer is meant, no two by the same; a section is called by its own name."""
    own = {Doer.SUPERVISION_OFFICE: office}
    if survey and survey.conductor != office:
        own[Doer.SURVEY_TEAM] = survey.conductor
    for doer, chain in _CHAINS.items():
        own[doer] = next((one.name for one in authorities if one.chain is chain), "")
    found: dict[Doer, str] = {}
    for doer in Doer:
        kind = value_word(doer)[is_english(tongue)]
        name = own.get(doer) or kind
        found[doer] = f"{name}〔{kind}〕" if name in found.values() else name
    return found


def name_of_section(section: str, names: dict[Doer, str], tongue: str) -> str:
    """Return how a duty's section is called: as a section where its name is also another doer's."""
    kind = names[Doer.NAMED_SECTION]
    if not section or section == kind:
        return kind
    is_taken = section in names.values()
    return f"{section}〔{value_word(Doer.NAMED_SECTION)[is_english(tongue)]}〕" if is_taken else section


def section_of(said: str, tongue: str) -> str:
    """Return the section that is called so."""
    return said.removesuffix(f"〔{value_word(Doer.NAMED_SECTION)[is_english(tongue)]}〕")
