"""Whether a reply answers anything: "your message was received" is a receipt, not an answer (§3.2.2).

An answer holds a finding, an action, a rule, a reason, a day or a place. So it is not asked which phrase a reply is,
but what is left of it once everything is taken away that only tells of the message's own way: who wrote, that it came
in, to whom it went on, that somebody will look into it, thanks and wishes.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_RECEIPT = 200  # characters; whoever writes more says something

_DATE = r"(?:\d{2,4}\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
_LINK = r"(?:https?://|www\.)\S+|〔链接〕"
_QUOTED_NAME = r"[“\"'「][^”\"'」]{0,24}[”\"'」]|《[^》]{0,24}》"
_CALLED = r"[A-Za-z]{1,3}\d{3,}|[\d*+-]{3,}"  # a user's or a telephone number
_BREAKS = re.compile(r"[。！!？?；;，,：:…\s（）()]+|(?<=\S)(?=[您你]好)")
_DECORATION = re.compile(rf"{_LINK}|{_QUOTED_NAME}|{_DATE}|{_CALLED}")

# Done already: whoever says so has answered, if briefly.
_DONE = re.compile(r"(?:已|已经|均已|都已)(?:经|全部|进行过?|作出|做出)?(?:处理(?!中)|解决|落实|办结|整改|答复|回复)")

# A handing on takes the offices along, whatever they are called; a deed of the office does not belong to its name.
_KIND_OF_OFFICE = (
    r"(?:局|委|办公室|办(?![理复结])|镇|乡|村|街道|部门|单位|政府|公司|中心|[大支中总]队|科室|科|区|县|市|省|处(?![理置罚])|站|所(?!反)|院|校|集团|社区"
    r"|领导|机关|人员|同志|小组|专班|水利|园林|交警|城管)"
)
_NAME = r"(?:(?![并了将已把后被在的]|对(?!应))\S){0,10}?"
_HANDED = (
    r"(?:转(?:交|办|送|呈|达|发|给|至|到|由|请|往)*|移交|移送|交(?:办|由|给|至|送)*|派(?:单|发|至)+|流转|批转|抄[送告]|函告|发函(?:至|给|请|交办)*|报告|反馈(?=[给至]|到)"
    r"|呈报|上报|报送|报请|报(?=领导)|反馈[给至]|责成|要求|通知|督促)"
)
_LOOKED_INTO = (
    r"(?=(?:进行|予以|依法|认真|尽快|抓紧|及时|直接)*"
    r"(?:调查|核实|核查|核处|处理|处置|查处|办理|办复|研究|落实|答复|回复|关注|了解))"
)
_SENT_ON = re.compile(
    rf"(?:第一时间|迅速|立即|直接)?{_HANDED}(?:了|请|由|给|至|到|入)*"
    rf"(?:{_NAME}{_NAME}{_LOOKED_INTO}|(?:{_NAME}{_KIND_OF_OFFICE})+)"
)
_COURTESY = re.compile(
    r"(?:非常|十分|衷心|再次|特别|首先|也|谨|在此)*(?:感谢|谢谢|多谢|致谢)\S*|(?:顺)?祝\S*|此致|敬礼"
    r"|^(?:尊敬的|亲爱的)?\S{0,6}(?:网友|网民|朋友|同志|先生|女士|市民|群众|居民|村民|家长|来信人)(?:们|朋友)?(?:(?:您|你)?好?$|(?=您|你))"
    r"|\S{0,3}(?:您|你|大家)好|(?:敬请|请|希望|望)?(?:您|你)?(?:予以|给予|多多)?(?:谅解|理解|监督|放心|体谅|包涵|见谅)(?:与支持|和支持)?"
    r"|如(?:果|仍|还)?(?:您|你)?(?:仍|还)?有(?:任何|其他|什么)?(?:疑问|疑义|不明|问题|需要)\S*|欢迎\S*|(?:衷心)?希望\S{0,8}(?:继续|一如既往|多)\S*|很?高兴\S*|\S{0,8}(?:建议|意见)(?:很|非常)(?:好|宝贵)|\S{0,8}(?:继续|不断|更加)努力\S*"
    r"|多提\S*|\S{0,20}(?:高度|十分|非常|很)重视|(?:给|对)(?:您|你|大家)\S{0,6}(?:不便|困扰)|深?感?(?:到)?(?:歉意|抱歉)"
)
# Where else one may ask, and what will be weighed: an answer where nothing else is said, but not beside a handing on.
_BESIDE = re.compile(
    r"\S{0,16}(?:请|可|可以|建议|欢迎)\S{0,24}(?:咨询|联系|拨打|致电|查询|写信)\S*"
    r"|\S{0,10}(?:将|会)\S{0,12}(?:考虑|研究|论证|参考|采纳|吸收)\S{0,8}"
)
# The question given back: what the writer should tell, and nothing of the matter.
_ASKED_BACK = re.compile(
    r"(?:请|望|可|可以|需要|麻烦)(?:您|你)?(?:尽快|再|先|进一步|详细|及时|将|把)*(?:提供|留下|补充|说明|告知|告诉|描述|反映)\S*"
    r"|(?:为|为了)\S{0,6}(?:方便|便于|更好)\S*|如不便\S*|以供\S*|请\S{0,16}(?:具体|详细|清楚|明确)(?:一点|一些|些|点|说明|地点|地址|位置)*|便于\S*|以便\S*"
)
# Who and what, when and how, and the verbs of a message's own way. None of them tells anything of the matter.
_WAY = (
    "您|你|我们|我|贵|本|大家|他们|其|它|的|了|着|过|地|得|已经|已|业|现已|现|将|把|对于|对|关于|就|针对|有关|相关|该|此|这|上述|所|均|都|也|再"
    "|并|且|而|和|与|及|以及|或|等|给|向|由|至|到|为|在|于|从|经过|经|请|会|正在|正|目前|当前|还|仍|后|时|中|当|之|里|上|内|一并|一一|予以|给予|进行|做|作"
    "|作出|做出|第一时间|及时|尽快|尽早|抓紧|立即|迅速|随即|认真|依法|依规|按程序|按规定|按照程序|积极|高度|重视|妥善|进一步|稍后|稍候|届时|近期|近日|日后|后续"
    "|随时|持续|继续|一旦|待|如有|若有|如|若|有|新|任何|具体|详细|全部|宝贵|个|位|条|件|封|次"
    "|网友|网民|市民|群众|来信|来件|来函|来帖|来电|回信|信件|函件|邮件|件|信|帖子|贴子|帖文|帖|贴|留言|诉求|问题|情况|事项|事情|事宜|事|内容|建议|意见|投诉|举报"
    "|咨询|信息|反馈|反映|反应|提出|提到|提交|提|发表|发布|发|留|写|通过|平台|网站|网上|网络|信箱|邮箱|栏目|留言板|论坛|微信|公众号|热线|电话|拨打|致电"
    "|收悉|收到|收|悉|获悉|知悉|知晓|阅悉|阅|受理|登记|记录|转交|转办|转达|转|交办|交|移交|移送|办理|办复|办|处理|处置|核处|查处|调查|核实|核查|查|了解|研究|论证"
    "|关注|跟进|跟踪|督促|督办|协调|落实|解决|沟通|联系|答复|回复|回应|回答|告知|公布|反馈|结果|进展|过程|部门|单位|科室|职能|属地|责任|主管|业务|我办|我局|我委|我中心|我单位"
    "|我县|我市|我区|我部|我队|我院|我镇|我乡|我街道|我校|我司|我站|我所|我处|我公司|我支队|我大队|领导|相应|清楚|如下|特此|此复|耐心|等待|等候|留意|敬请|望|希望|知会|说明|安排|工作|人员|负责|同志|方面|书面|报告|汇报|批示|阅示|呈报|函|文|来邮|上网|编号|事件|进度|查询|查看|直接|迅速|单|工单|件数|贵|本人|同时|另外|附后|可以|均已|各|级|几|完"
)
_WAYS = re.compile("|".join(sorted(set(_WAY.split("|")), key=len, reverse=True)))
_SIGNATURE = re.compile(
    r"(?:(?![请到向询属归是由在为不已了将把对被与])\S){0,20}(?:局|办公室|办|委|热线|平台|中心|公司|政府|科|处|队|街道|镇|乡|宣|部|院|单位)"
)


def is_bare_receipt(text: str) -> bool:
    """Whether a reply holds nothing of the matter itself: it only tells of the message, or gives the question back.

    A reply that names a finding, a reason, a rule, a place or something done is an answer, however short it is.
    """
    plain = unicodedata.normalize("NFKC", text[: 4 * LONGEST_RECEIPT])
    if len(text) > LONGEST_RECEIPT or len(plain) > 2 * LONGEST_RECEIPT:
        return False
    clauses = [clause for clause in _BREAKS.split(_DECORATION.sub(" ", plain)) if clause]
    told = [clause for clause in clauses if not _is_empty(clause)]
    if any(_SENT_ON.search(clause) for clause in clauses):
        return not [one for one in told if not _BESIDE.fullmatch(one) and not _SIGNATURE.fullmatch(one)]
    return all(_SIGNATURE.fullmatch(clause) and clause == clauses[-1] for clause in told)


def kept_reason(text: str, *, reason: str) -> str:
    """Return what an answerer says for a reply that looks like a bare receipt; another reply needs no reason."""
    return reason.strip() if is_bare_receipt(text) else ""


def _is_empty(clause: str) -> bool:
    """Whether nothing is left of a clause but what tells of the message's way."""
    if _DONE.search(clause):
        return False
    rest = _COURTESY.sub("", clause)
    rest = _ASKED_BACK.sub("", rest)
    rest = _SENT_ON.sub("", rest)
    return not _WAYS.sub("", rest).strip("、.·~-—\"'“”《》")
