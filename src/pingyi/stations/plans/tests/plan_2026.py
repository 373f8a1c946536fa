"""A small plan for the room's tests, in the form that a bureau writes."""

from __future__ import annotations

PLAN = """\
format: pingyi-plan/1
title: 2026年行风评议工作安排
year: 2026
issuer: 清源区环境保护局
organizer: {supervision_office: 监察室}
subject:
  kinds:
    - {id: office, name: 室}
    - {id: section, name: 科}
    - {id: station, name: 站}
    - {id: brigade, name: 大队}
    - {id: center, name: 中心}
  classes:
    - {id: all, name: 全部科室}
criteria:
  - {id: duties, title: 任务完成情况}
  - {id: service, title: 服务质量}
phases:
  - {id: mobilize, name: 动员部署, begins_on: 2026-03-15, ends_on: 2026-04-10, clause: 第一阶段}
  - {id: review, name: 自查自纠, begins_on: 2026-04-11, ends_on: 2026-05-20}
  - {id: consolidate, name: 巩固提高, begins_on: 2026-05-21, ends_on: 2026-10-30}
  - {id: conclude, name: 总结考核, begins_on: 2026-11-01, ends_on: 2026-12-31}
tasks:
  - id: commitments
    title: 公布服务承诺
    phase: mobilize
    doer: every_section
    proof: 公示牌照片
    recipient: public
    criterion: duties
    clause: 第一阶段
    quote: 各科室公布服务承诺，在醒目处设置公示牌。
  - {id: body, title: 成立工作小组, phase: mobilize, doer: supervision_office, proof: 成立文件}
  - {id: inspect, title: 明察暗访, phase: consolidate, doer: district_office}
  - {id: window, title: 受理窗口自查, phase: review, doer: named_section, section: 监察大队}
  - id: summary
    title: 报送科室总结
    phase: conclude
    doer: every_section
    due_on: 2026-11-15
    proof: 总结文稿
    recipient: supervision_office
  - id: report
    title: 报送全局总结
    phase: conclude
    doer: bureau
    due_on: 2026-11-30
    proof: 总结报告
    recipient: district
  - {id: lead, title: 听取评议汇报, phase: conclude, doer: bureau_leader}
meetings:
  - id: kickoff
    title: 动员大会
    kind: mobilization
    phase: mobilize
    convener: 局主要领导
    invited: [全体干部职工]
    agenda: [宣读安排, 部署任务]
  - {id: briefing, title: 行风情况汇报会, kind: briefing, phase: consolidate}
sources:
  - {id: work, name: 任务完成, kind: tasks, weight: "0.4"}
  - {id: survey, name: 满意度调查, kind: survey, weight: "0.6"}
scales:
  - id: five
    name: 五档
    options:
      - {id: good, label: 满意, value: "100", is_satisfied: true}
      - {id: bad, label: 不满意, value: "30"}
indicators:
  - {id: in-time, name: 按时完成, criterion: duties, source: work, weight: "1"}
  - {id: liked, name: 满意度, criterion: service, source: survey, weight: "1", measure: satisfaction_score, scale: five}
rounding: {}
ranking: {}
authorities:
  - {id: district, name: 区纠风办, chain: block}
"""
AMENDED = PLAN.replace("due_on: 2026-11-15", "due_on: 2026-11-20").replace(
    "  - {id: lead, title: 听取评议汇报, phase: conclude, doer: bureau_leader}\n",
    "  - {id: brand, title: 创建服务品牌, phase: review, doer: every_section}\n",
)
