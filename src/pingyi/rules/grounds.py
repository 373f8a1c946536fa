"""Grounds (事由): why an act was done, as one word of a closed list that everybody may read (§5.4).

The ground stands in the entry for all; the words beside it are sealed, read by those who may, and can be erased.
"""

from __future__ import annotations

from collections.abc import Mapping

from pingyi.rules.refused import Refused

OTHER = "other"
SEALED = (
    "act.reason"  # what an entry's commitments call the words of its act; no field of a row has a point in its name
)

# Verb → its grounds, the commonest first. A verb that is not here has none.
GROUNDS: Mapping[str, tuple[str, ...]] = {
    # bureau
    "bureau.change": ("reorganized", "renamed", "mistake", OTHER),
    "section.change": ("reorganized", "renamed", "mistake", OTHER),
    "section.close": ("reorganized", "merged", "mistake", OTHER),
    "member.change": ("post_changed", "term_changed", "mistake", OTHER),
    "member.dismiss": ("post_changed", "term_ended", "retired", "own_wish", "mistake", OTHER),
    "member.withdraw_login": ("left", "secret_lost", "wrong_person", OTHER),
    "motion.make": (
        "post_changed",
        "term_changed",
        "left",
        "secret_lost",
        "wrong_person",
        "mistake",
        OTHER,
    ),
    "ready.accept": ("follows_later", "decided_above", "not_applicable", "known", OTHER),
    "invitation.revoke": ("not_needed", "secret_lost", "wrong_person", OTHER),
    # plans
    "task.assign": ("absence", "workload", "post_changed", OTHER),
    "task.accept": ("done", "accepted_above", OTHER),
    "task.take_over": ("done_before", "accepted_above", OTHER),
    "task.return": ("proof_missing", "not_done", "figures_wrong", "unclear", OTHER),
    "task.extend_deny": ("time_enough", "day_set_above", "unconvincing", OTHER),
    "task.waive": ("not_applicable", "dropped_above", "done_elsewhere", OTHER),
    "meeting.cancel": ("postponed", "held_together", "not_needed", OTHER),
    # commitments
    "commitment.return": ("unclear", "basis_missing", "figures_wrong", OTHER),
    "commitment.withdraw": ("duties_moved", "rules_changed", "replaced", "section_closed", OTHER),
    "measurement.refuse": ("basis_missing", "figures_wrong", "period_wrong", OTHER),
    "openness.return": ("not_found", "outdated", "incomplete", OTHER),
    "openness.drop": ("done_elsewhere", "not_applicable", "section_closed", OTHER),
    "board.take_down": ("place_changed", "damaged", "replaced", OTHER),
    # cases
    "case.reopen": ("not_solved", "incomplete", "new_facts", "mistake", OTHER),
    "case.correct_kind": ("mistake", "new_facts", OTHER),
    "case.readmit": ("raised_again", "mistake", OTHER),
    # results
    "evidence.withdraw": ("figures_wrong", "twice", "basis_missing", OTHER),
    "result.withdraw": ("objection_upheld", "evidence_wrong", "mistake", OTHER),
    # publication
    "publication.correct": ("decided_anew", "mistake", OTHER),
    "publication.withdraw": ("mistake", "replaced", "personal_data", OTHER),
}

# Ground → what it is called, in Chinese and English.
WORDS: Mapping[str, tuple[str, str]] = {
    "absence": ("离岗", "absence"),
    "accepted_above": ("上级已认可", "accepted by the office above"),
    "basis_missing": ("依据不足", "without a basis"),
    "damaged": ("损坏", "damaged"),
    "day_set_above": ("期限由上级规定", "the day was set by the office above"),
    "decided_above": ("上级已定", "decided by the office above"),
    "decided_anew": ("复核后更正", "decided anew"),
    "done": ("已按要求完成", "done as asked"),
    "done_before": ("启用前已完成", "done before the start"),
    "done_elsewhere": ("已由别处办理", "done elsewhere"),
    "dropped_above": ("上级已取消", "dropped by the office above"),
    "duties_moved": ("职能划转", "duties moved"),
    "evidence_wrong": ("佐证有误", "the evidence was wrong"),
    "follows_later": ("随后补齐", "follows later"),
    "figures_wrong": ("数据有误", "figures were wrong"),
    "held_together": ("合并召开", "held together with another"),
    "incomplete": ("内容不全", "incomplete"),
    "known": ("已知悉，无碍", "known, and no hindrance"),
    "left": ("已离岗", "has left the post"),
    "merged": ("并入其他科室", "merged into another section"),
    "mistake": ("更正错误", "a mistake put right"),
    "new_facts": ("出现新情况", "new facts"),
    "not_applicable": ("不适用", "does not apply"),
    "not_done": ("未按要求完成", "not done as asked"),
    "not_found": ("查找不到", "not to be found"),
    "not_needed": ("不再需要", "not needed any more"),
    "not_solved": ("问题未解决", "not solved"),
    "objection_upheld": ("申诉成立", "an objection was right"),
    OTHER: ("其他", "other"),
    "outdated": ("内容过期", "out of date"),
    "own_wish": ("本人请辞", "at own wish"),
    "period_wrong": ("统计期不符", "another period"),
    "personal_data": ("含个人信息", "held personal data"),
    "place_changed": ("场所变动", "the place changed"),
    "post_changed": ("岗位调整", "change of post"),
    "postponed": ("改期", "postponed"),
    "proof_missing": ("佐证不全", "proof is missing"),
    "raised_again": ("再次反映", "raised again"),
    "renamed": ("更名", "renamed"),
    "reorganized": ("机构调整", "reorganized"),
    "replaced": ("已被取代", "replaced"),
    "retired": ("退休", "retired"),
    "rules_changed": ("规定调整", "the rules changed"),
    "secret_lost": ("凭据遗失或泄露", "the secret was lost or known"),
    "section_closed": ("科室撤销", "the section was closed"),
    "term_changed": ("任期调整", "change of term"),
    "term_ended": ("任期届满", "end of term"),
    "time_enough": ("时间够用", "there is time enough"),
    "twice": ("重复导入", "brought in twice"),
    "unclear": ("表述不清", "unclear"),
    "unconvincing": ("理由不足", "the reason does not suffice"),
    "workload": ("工作量调整", "workload"),
    "wrong_person": ("发错人", "the wrong person"),
}


def shown(verb: str, ground: str, *, has_words: bool) -> str:
    """Return the ground that the entry shows: the one given, "other" where only words were, none where neither was.

    Refused where it is not of the verb's list, so that nothing typed can stand in public.
    """
    known = GROUNDS.get(verb, ())
    if not ground:
        return OTHER if has_words else ""
    if ground not in known:
        raise Refused("ground.unknown", field="ground")
    return ground


def said(ground: str, *, language: str = "zh") -> str:
    """Return a ground in words; empty for what is none, such as the free text of an entry of former versions."""
    chinese, english = WORDS.get(ground, ("", ""))
    return chinese if language.startswith("zh") else english
