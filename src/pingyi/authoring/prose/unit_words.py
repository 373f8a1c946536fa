"""The words for kinds of unit: their ids, and the endings by which a name is known for a unit (§3.1)."""

from __future__ import annotations

import re

IDS = {
    "科室": "section",
    "股室": "section",
    "处室": "section",
    "室": "office",
    "科": "section",
    "股": "section",
    "处": "division",
    "站": "station",
    "所": "institute",
    "站所": "station",
    "大队": "brigade",
    "中队": "squad",
    "支队": "detachment",
    "队": "team",
    "中心": "center",
    "局": "bureau",
    "分局": "branch",
    "办": "bureau_office",
    "办公室": "bureau_office",
    "委": "commission",
    "部门": "department",
    "单位": "unit",
    "学校": "school",
    "中小学": "school",
    "中学": "middle_school",
    "小学": "primary_school",
    "高中": "high_school",
    "幼儿园": "kindergarten",
    "医院": "hospital",
    "卫生院": "clinic",
    "公司": "company",
    "企业": "enterprise",
    "银行": "bank",
    "派出所": "police_station",
    "供电所": "power_station",
    "税务所": "tax_office",
    "乡镇": "township",
    "镇": "township",
    "乡": "township",
    "街道": "subdistrict",
    "村": "village",
    "社区": "community",
    "窗口": "counter",
    "车间": "workshop",
    "班组": "crew",
    "部": "department",
    "庭": "tribunal",
    "馆": "hall",
}
GENERIC = {
    "科室",
    "股室",
    "处室",
    "站所",
    "部门",
    "单位",
    "窗口",
    "班组",
    "车间",
    "学校",
    "中小学",
    "企业",
    "室",
    "科",
    "站",
    "所",
    "大队",
    "中心",
}
SORT = re.compile(r"(?:科室|股室|处室|部门|单位|窗口|站所)$")
SUFFIX = (
    r"(?:管理局|分局|大队|支队|中队|总队|中心|科室|股室|处室|站所|部门|单位|机构|学校|院校|中小学|中学"
    r"|小学|幼儿园|高中|职高|卫生院|卫生室|医院|门诊部|公司|集团|企业|银行|支行|道班|林场|农场|车队"
    r"|网点|营业厅|营业所|供电所|供水所|税务所|派出所|司法所|工商所|国土所|财政所|办公室|乡镇|街道"
    r"|社区|居委会|窗口|车间|班组|院系|协会|法庭|站|所|室|科|股|处|队|局|办|委|镇|乡|村|系|部|院|校|园"
    r"|庭|馆|社|行|厂|段|园区)"
)
