"""Whether a reply answers anything: "your message was received" is a receipt, not an answer (§3.2.2)."""

from __future__ import annotations

import re
import unicodedata

LONGEST_RECEIPT = 160  # characters; whoever writes more says something

# What stands around the words of a reply and says nothing of the matter.
_DATE = r"\d{2,4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
_LINK = r"(?:https?://|www\.)\S+|〔链接〕"
_QUOTED_NAME = r"[“\"'「][^”\"'」]{0,24}[”\"'」]"
_DECORATION = re.compile(rf"{_DATE}|{_LINK}|{_QUOTED_NAME}")
_BREAKS = re.compile(r"[。！!？?；;，,、：:…\s（）()]+")

# A clause that greets, thanks, or promises; a clause that says the words came in, or went on to another office.
_WHO = r"(?:我们|我办|我局|我委|我县|我市|我区|我中心|本局|本办|本单位|现)?(?:已经|已|现已|将|会|也已|均已)?(?:将|把)?"
_MATTER = (
    r"(?:关于|就|针对|对|对于|有关)?(?:您|你)?(?:所|在\S{0,12}|通过\S{0,14})?(?:反映|反应|提出|提交|来信|咨询|发布|留)?(?:的)?"
    r"(?:上述|相关|有关|具体|全部|宝贵|这|此|该)*"
    r"(?:问题|情况|留言|信件|来信|回信|帖文|帖子|诉求|事项|建议|意见|内容|投诉|信息|事|邮件|咨询)?(?:内容)?"
)
_SENT = r"(?:转|转交|转至|转给|转达|转办|转呈|移交|移送|交办|交由|反馈给?|批转|迅速转|第一时间转|抄送|上报|报送|呈报)"
_OFFICES = r"(?:至|给|到|由|请|并)?\S{0,40}?"
_AFTER = (
    r"(?:进行|予以|依法|认真|尽快|抓紧|及时|正在|一一)*"
    r"(?:调查|核实|核查|核处|处理|处置|办理|办复|研究|关注|落实|跟进|了解|解决|回复|答复|阅处|阅研|和|与|并)*(?:中)?"
)
_EMPTY = (
    r"(?:尊敬的|亲爱的)?\S{0,6}(?:网友|网民|朋友|同志|先生|女士|市民|群众|居民|村民|家长)(?:们)?(?:您|你)?好?",
    r"\S{0,3}(?:您|你|大家)好",
    r"(?:来信|函件|来帖|贴子|帖子|信件|留言)(?:已)?(?:收悉|收到|已阅)",
    r"(?:现)?(?:将)?(?:有关|相关)?(?:情况|处理情况|调查情况)?(?:回复|答复|回应)如下",
    r"(?:调查|处理|办理|有关|相关)*(?:情况|结果)?(?:将|会)?(?:及时|尽快|第一时间)(?:回复|反馈|答复|告知)\S{0,6}",
    r"(?:请)?(?:您|你)?(?:耐心|继续)?(?:等待|等候|关注)",
    r"(?:关于|就|针对|对)?(?:您|你)(?:通过\S{0,14}|在\S{0,14}|所)?(?:反映|反应|提出|来信|发表|的)?(?:的)?"
    r"(?:问题|情况|留言|信件|来信|回信|帖文|帖子|诉求|事项|建议|意见)",
    r"(?:并|将)?(?:正在)?(?:核实|核查|调查|办理|办复|处理|处置|核处|落实)(?:办理|办复|处理|中)?",
    r"(?:如有|有|待\S{0,6}有)(?:相关|有关|进展|新的)*(?:情况|回复|结果|进展)",
    r"(?:[A-Za-z]{1,3}\d{4,})(?:网友|您好|你好)?",
    r"(?:非常|十分|衷心|再次|特别|也|谨|在此)*(?:感谢|谢谢|多谢)\S{0,40}",
    r"(?:此致|敬礼|特此回复|特此答复|特此说明|祝\S{0,12}|回复如下|答复如下|现回复如下|现答复如下)",
    r"(?:敬请|请|希望|望)?(?:您|你)?(?:继续|持续|随时)?(?:关注|谅解|理解|监督|等待|留意|耐心等待|耐心等候|知悉|放心)\S{0,14}",
    rf"{_MATTER}(?:我们|我办|我局|\S{{0,10}})?(?:已|已经|均已|业已|现已)?(?:收悉|收到|知悉|知晓|受理|登记|记录|阅悉|获悉)(?:了)?(?:并(?:转|交|已转|转交|转至)\S{{0,30}})?",
    rf"(?:我们|我办|我局)?(?:已|已经)?(?:收到|收悉)(?:了)?{_MATTER}(?:后)?",
    rf"(?:并|且|现|正)?{_WHO}{_MATTER}{_WHO}(?:及时|第一时间|立即|迅速|按程序|按规定|依法)?{_SENT}{_OFFICES}{_AFTER}",
    rf"{_MATTER}(?:事)?(?:目前|现)?(?:正在|正|仍在|还在|在)(?:进一步)?(?:调查|核实|核查|核处|处理|处置|办理|交办|研究|转办|和|与|并)+(?:之中|中)?",
    rf"{_MATTER}(?:我们|我办|我局|相关部门|有关部门|相关单位|我们会|我们将)?(?:将|会|正)(?:尽快|及时|认真|抓紧|第一时间|在第一时间|稍后|后续)*"
    r"(?:调查|核实|处理|回复|答复|办理|研究|反馈|给\S{0,4}答复|给予\S{0,4}答复|在网上告知|告知|落实|予以回复|对\S{0,16}做出回复)\S{0,6}",
    r"(?:稍后|稍候|届时|如有\S{0,6}|待\S{0,12}后|有\S{0,6}结果)\S{0,6}(?:将|会|再|第一时间|及时|尽快)\S{0,24}(?:回复|答复|告知|反馈|公布)\S{0,4}",
)
_SAYS_NOTHING = re.compile("|".join(f"(?:{clause})" for clause in _EMPTY))
_SIGNATURE = re.compile(r"\S{0,20}(?:局|办|委|中心|公司|政府|科|处|队|街道|镇|乡|宣|部|院|单位)")


def is_bare_receipt(text: str) -> bool:
    """Whether a reply says no more than that the words arrived, or went on to another office.

    A reply that names a finding, a reason, a rule or something done is an answer, however short it is.
    """
    plain = _DECORATION.sub(" ", unicodedata.normalize("NFKC", text))
    if len(plain) > LONGEST_RECEIPT:
        return False
    clauses = [clause for clause in _BREAKS.split(plain) if clause]
    told = [clause for clause in clauses if not _SAYS_NOTHING.fullmatch(clause)]
    return all(_SIGNATURE.fullmatch(clause) and clause == clauses[-1] for clause in told)
