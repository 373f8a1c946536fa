"""The words by which duties are known, and what shows that one of a kind is done."""

from __future__ import annotations

import re

from pingyi.rules.plan.schedule import Product

# Verbs that begin a duty. A clause without one of them sets a mood or an aim, not a task.
_VERBS = (
    "建立健全|建立|成立|组建|设立|设置|制定|制订|制发|修订|修改|完善|健全|印发|下发|起草|拟定|编制|召开|举行|举办|组织召开|组织开展|组织|开展|公开|公布|公示|公告|聘请|聘任|选聘|邀请|张贴|悬挂|发放|发送|发出|征求|征询"
    "|征集|收集|听取|梳理|归纳|汇总|整理|查找|查摆|排查|剖析|自查|对照检查|对照|提出|落实|整改|纠正|解决|创设|创建|打造|开通|检查|督查|督导|抽查|暗访|明察|巡查|走访|回访|通报|曝光|反馈|迎接|接受|参加|配合|做好|报送|上报|呈报|抄报"
    "|报|形成|撰写|总结|评选|表彰|考核|测评|评议|评定|评分|打分|量化|公证|统计|调查|问卷|宣传|动员|部署|学习|培训|讨论|签订|承诺|兑现|述职|汇报|报告|备案|存档|归档|归集|建档|监督|评比|验收|复查|销号|分解|明确|确定|选派|抽调|委托|加大"
    "|写出|上交|悬挂|印制|填写|填报|提交|递交|审核|审定|审议|研究|推荐|推选|质询|答复|办理|回复|发布|播放|播出|刊登|设计|印制|召集|进行|发动|出台|通过新闻|利用|加强|抓好|抓|实行|实施|推行|落实到位|巩固|深化|完成|处理|调处|办结|提炼|推广|运用|评价|选定|复核|整治|认领|开设|启动|约谈|巡回|督促|清理|清查|治理|计票|唱票|回收|收回|刊发|制作|编印|下达|张榜|交办|督办|转办|提请|录入|核算|核实|追踪|跟踪|列出|列明|核对|核查|拿出|考评|作(?=述职|报告|汇报|说明)|安排(?!在|于)"
)
_START = re.compile(
    r"^(?:[均将须应也都同步分别及时认真积极切实广泛深入全面逐一逐项逐条组织精心不定期定期适时要集中统一真正进一步严格专门主动充分继续还再次立即按时按期如实普遍负责具体牵头统筹协助研究自觉坚决扎实大力着力着重努力重点尽快公开面向社会多方面采取一次先后层层当场当面全程周密综合带队]{0,14}?)"
    rf"(?P<verb>{_VERBS})(?!的)"
)
_OBJECT_FIRST = re.compile(
    rf"^(?:对|就|将|把|针对|围绕|向|在|于|按照|根据|通过|以|采取|利用|从|经|为|结合"
    rf"|每)[^，]{{1,60}}?(?P<verb>{_VERBS})(?!的)"
)
_MODAL = re.compile(
    r"^(?:(?:均|将|须|应|也|都|要|还|负责|牵头|具体|统一|认真|及时|积极|主动)+)(?=[对就将把在向按于由每针围通采利运])"
)
# 针对反映的问题制定整改措施: the circumstance and its verb stand in one clause.
_OBJECT_FIRST_OPEN = re.compile(
    rf"^(?:针对|围绕|按照|根据|对照|结合|在)[^，]{{0,40}}?(?:问题|意见|情况|内容|要求|标准|实际|重点|任务|职责|职能|业务"
    rf"|基础上|特点|位置|窗口|场所|网站|大厅)(?:{_VERBS})[^，]{{2,}}"
)
# 通过电话对市民进行满意度调查: the means and the duty in one clause.
_MEANS_AND_END = re.compile(
    r"^(?:通过|采取|采用|利用|以)[^，]{1,50}?(?:进行|开展|组织|征求|听取|征集)"
    r"(?![^，]*(?:形式|方式|方法|途径|渠道|措施|办法|活动)$)[^，]{2,}"
)
# 将自评表送监察室: handing in is a duty even where 送 and 交 alone are too common to be verbs of one.
_HANDS_IN = re.compile(r"^(?:将|把)[^，]{2,30}?(?:送|交)(?:至|到|给)?[^，通际易叉]{2,16}$")
# 查找的问题要建立台账: what is dealt with stands first.
_ASKED_OF = re.compile(rf"^[^，要应须]{{2,24}}(?:要|应当?|必?须)(?:{_VERBS})(?!的)")
_ENDS_WITH = re.compile(
    r"(?P<verb>通报|公示|公布|公开|备案|汇总|反馈|曝光|存档|审核|验收|整改|整改到位|整治|上报|考核|测评"
    r"|评议|讲评|表彰)(?:[。；，]|$|工作$)"
)
# Aims, moods and explanations: they colour a duty but are none.
_NO_DUTY = re.compile(
    r"^(?:在[^，]{2,40}(?:监督|指导|领导|见证|支持)下(?:进行|开展)?$|(?:对|针对|就)[^，]*[的中][^，]{0,8}(?:问题|意见|情况|单位|科室|人员)$|(?:不?能)(?:立即|够)|测评票|选票|(?:测评|评议|考核)?(?:结果|等次)?(?:分为|设为|分设)|(?:测评|评议)结果分|(?:自觉)?接受(?:社会|群众|各界|监督)|评议票|测评表设|邀?请[^，]{2,40}参加|[^，]{2,12}由[^，]+组成|确保|达到|做到|力求|力争|使|促进|推动|推进"
    r"|提高|增强|营造|扩大|以(?:便|利|此|期|免|妥善)|具体负责[^，]{0,14}(?:组织|协调|日常工作|实施)|形成.{0,8}(?:氛围|格局|局面|合力)|为|以便|以此|从而|进而|切忌|防止|避免"
    r"|不得|严禁|不准|禁止|不留|不走|坚持|树立|这一?阶段|本阶段|该阶段|主要任务|主要是|主要做好|重点是"
    r"|重点做好"
    r"|任务是|目的|目标|具体(?:做法|步骤|安排)|时间|加强组织领导$|提升|转变|优化|引导|激发|调动|凝聚"
    r"|统一思想|提高认识|增进|真正达到|切实维护|以.{1,8}为|是.{2,}的|有.{0,6}的|凡|[^，]*(?:基础上|过程中|前提下|的同时)$|[^，]*占[^，]{0,8}\d+(?:\.\d+)?\s?[%分]|[^，]*为(?:目标|重点|主线|目的|契机|抓手|载体|标准)$|对(?:排名|考核|测评"
    r"|评议|得分|成绩|综合|末位|连续))"
)
# What a clause by itself only introduces: means, reasons, circumstances.
_CIRCUMSTANCE = re.compile(
    r"^(?:对照(?:(?!查找|检查|查摆|开展|整改)[^，]){2,20}(?:意见|要求|标准|内容|重点|指标|条款|项目)$|通过|结合|针对|按照|根据|依据|围绕|在[^，]{1,30}(?:基础上|前提下|期间|过程中|时|中|下|内)$"
    r"|依托|采取[^，]{2,60}(?:形式|方式|方法|办法|途径|渠道|措施)$|以[^，]{2,40}(?:形式|方式|为|主题)"
    r"|利用[^，]{2,40}等?$|本着|对照[^，]{2,30}(?:要求|标准|内容)$|充分发挥|自[^，]+起$|从[^，]+起$)"
)
_DATE_ONLY = re.compile(r"^[\d年月日上中下旬底前以内之至到起止第一二三四五六七八九十季度半份\s-]+$")

_PROOFS = (
    (r"通报|曝光", "通报或曝光材料"),
    (r"明察|暗访|检查|督查|抽查|巡查|督导", "检查记录"),
    (r"进行总结|认真总结|工作总结|全面总结|总结报告", "书面总结"),
    (r"公示牌|公开栏|展板|标语|横幅|监督台|宣传栏|张贴|悬挂|意见箱", "现场照片"),
    (r"承诺", "公开的承诺书或网页"),
    (r"聘请|聘任|选聘|推选|监督员名单", "聘书与名单"),
    (
        r"(?:动员|部署|汇报|座谈|评议|测评|总结|通报|质询|表彰|述职|培训|专题|工作)(?:大会|会议|会)|会议",
        "会议签到与纪要",
    ),
    (r"(?:工作|领导|组织|评议)机构|领导小组|专班", "成立文件"),
    (r"方案|计划|办法|制度|细则|实施意见|印发|下发", "印发的文本"),
    (r"征求|征询|征集|收集|走访|问卷|听取", "意见汇总表"),
    (r"自查|查摆|剖析|排查|查找", "自查报告"),
    (r"整改|纠正|解决", "整改台账与佐证"),
    (r"措施", "措施清单"),
    (r"公示|公布|公开", "公示网页或照片"),
    (r"备案", "备案回执"),
    (r"满意度|调查|测评|评议", "结果材料"),
    (r"总结", "书面总结"),
    (r"报告|汇报|汇总", "书面材料"),
    (r"考核|验收", "考核材料"),
    (r"宣传|学习|培训|活动|品牌", "活动记录与照片"),
)
# Where the duty itself names a paper, that paper is the proof and nothing was added to the text.
_PRODUCT = re.compile(r"方案|计划|办法|制度|细则|总结|报告|承诺书|措施|台账|备案|名单|通报|公示牌|汇总")
_PRODUCTS = (
    (re.compile(r"总结(?!大?会|表彰|经验|推广|出)"), Product.SUMMARY),
    (re.compile(r"(?<![室科办处委局])汇总|归总"), Product.DIGEST),
    (
        re.compile(r"(?:形成|撰写|写出|提交|上报|报送|递交|完成|起草|报)[^，]{0,12}报告(?!会)|报告[上呈]?[报送交]"),
        Product.REPORT,
    ),
)
_COMPILED_PROOFS = tuple((re.compile(pattern), proof) for pattern, proof in _PROOFS)


def is_duty(clause: str) -> bool:
    """Tell whether a clause, without its subject and dates, asks for something to be done."""
    if clause in {"述职", "述职述廉"}:
        return True
    if len(clause) < 3 or clause.endswith("后") or _DATE_ONLY.match(clause) or _NO_DUTY.match(clause):
        return False
    if _ENDS_WITH.search(clause) or _HANDS_IN.match(clause) or _ASKED_OF.match(clause):
        return True
    clause = _MODAL.sub("", clause)
    if _MEANS_AND_END.match(clause):
        return True
    if (
        _CIRCUMSTANCE.match(clause)
        and not _OBJECT_FIRST_OPEN.match(clause)
        and not re.search(rf"(?:形式|方式|渠道|途径|要求|会|标准|实际|意见)(?:[，]|)(?:{_VERBS})", clause)
    ):
        return False
    return bool(_START.match(clause) or _OBJECT_FIRST.match(clause))


def names_object_first(clause: str) -> bool:
    """Tell whether a clause asks by 要 or 应 behind its first words: what is dealt with, or who deals with it."""
    return bool(_ASKED_OF.match(clause))


def sets_a_mood(clause: str) -> bool:
    """Tell whether a clause names an aim, a mood or an explanation and so asks for nothing."""
    return bool(_NO_DUTY.match(clause) or _DATE_ONLY.match(clause) or _CIRCUMSTANCE.match(clause))


def starts_with_verb(clause: str) -> bool:
    """Tell whether a clause opens with the verb of a duty itself."""
    return bool(_START.match(clause))


def names_product(title: str) -> bool:
    """Tell whether a duty names the paper that comes of it."""
    return bool(_PRODUCT.search(title))


def product_of(title: str) -> Product | None:
    """Return the paper of the close that a duty makes; 总结会 is a meeting, 报监察室汇总 is none of its own."""
    return next((product for pattern, product in _PRODUCTS if pattern.search(title)), None)


def proof_of(title: str) -> str:
    """Return what would show that such a duty is done."""
    return next((proof for pattern, proof in _COMPILED_PROOFS if pattern.search(title)), "")
