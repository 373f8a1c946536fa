"""`pingyi estimate` on a whole year's tables, and on tables that are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pingyi.cli import app

RUNNER = CliRunner(env={"COLUMNS": "170", "TERM": "dumb", "NO_COLOR": "1"})
TABLES = {
    "survey.csv": "受访者编号,分层,N,科室,评价\n"
    "a,企业,40,许可科,满意\na,企业,40,大队,不满意\nb,企业,40,许可科,非常满意\nb,企业,40,大队,不了解\n"
    "c,群众,60,许可科,一般\nc,群众,60,大队,不满意\nd,群众,60,许可科,满意\nd,群众,60,大队,非常不满意\n",
    "hotline.csv": "科室,办结件数,满意件数\n许可科,40,38\n大队,50,20\n",
    "visits.csv": "科室,检查次数,得分\n许可科,1,90\n许可科,2,94\n大队,1,61\n大队,2,63\n",
    "ballots.csv": "投票人,许可科,大队\n一,95,60\n二,90,66\n三,88,\n四,91,59\n",
}


@pytest.fixture
def year(tmp_path: Path) -> Path:
    for name, words in TABLES.items():
        (tmp_path / name).write_text(words, "utf-8")
    return tmp_path


def test_the_reference_year_comes_out_of_its_folder(shared: Path) -> None:
    folder = shared / "data" / "stats" / "pingyi-full-A"
    case = json.loads((folder / "expected.json").read_text("utf-8"))
    done = RUNNER.invoke(app, ["estimate", str(folder), "--json"])
    told = json.loads(done.stdout)
    assert told["last"]["closest_competitor"] == case["last_verification"]["closest_competitor"]
    for one, said in zip(told["sections"], case["sections"], strict=True):
        assert one["section"] == said["section"]
        assert [one["score"], one["se"], one["df"], *one["interval"]] == pytest.approx(
            [said["composite"], said["composite_se"], said["composite_df"], *said["composite_ci95_t"]], rel=1e-6
        )
        assert one["rank_interval"] == said["rank_ci_marginal_t"]
        assert one["sources"]["survey"]["count"] == said["n_rated"]
    assert "确为末位" in RUNNER.invoke(app, ["estimate", str(folder)]).stdout


def test_chinese_tables_with_levels_recusals_and_words_are_read(year: Path) -> None:
    done = RUNNER.invoke(app, ["estimate", str(year), "--json", "--weights", "调查=25,热线=25,暗访=25,测评=25"])
    assert done.exit_code == 0, done.output
    told = {one["section"]: one for one in json.loads(done.stdout)["sections"]}
    survey = told["大队"]["sources"]["survey"]
    # 企业: one rating of 30 with weight 20; 群众: 30 and 0 with weight 30 each.
    assert survey["value"] == pytest.approx((20 * 30 + 30 * 30) / 80)
    assert (survey["count"], survey["dont_know"]) == (3, 0.25)
    assert told["大队"]["sources"]["assembly"]["value"] == pytest.approx((60 + 66 + 59) / 3)
    assert told["许可科"]["score"] == pytest.approx((78 + 95 + 92 + 91) / 4)


def test_a_year_is_told_in_english_too(year: Path) -> None:
    done = RUNNER.invoke(app, ["estimate", str(year), "--lang", "en", "--limit", "60", "--limit", "80"])
    assert done.exit_code == 0, done.output
    assert "Against 60" in done.stdout
    assert "too little evidence" in done.stdout


@pytest.mark.parametrize(
    ("name", "words", "zh", "en"),
    [
        (
            "visits.csv",
            "科室,得分\n许可科,九十\n",
            "第2行“得分”列：“九十”不是分数",
            "row 2, column “得分”: “九十” is no mark",
        ),
        ("visits.csv", "科室,得分\n许可科,190\n", "190不在0到100之间", "190 is not between 0 and 100"),
        ("hotline.csv", "科室,办结,满意\n许可科,4,5\n", "多于办结件数", "5 satisfied of 4"),
        ("hotline.csv", "科室,办结,满意\n许可科,4,2\n许可科,9,2\n", "第2行已经有这个科室", "Row 2 has this section"),
        ("survey.csv", "受访者,科室,评价\na,许可科,还行\n", "“还行”不是评价等级", "“还行” is no level"),
        ("survey.csv", "受访者,科室,评价\na,许可科,满意\na,许可科,满意\n", "同一人对同一科室", "Row 2 has this person"),
        ("survey.csv", "受访者,N,科室,评价\na,9,许可科,满意\na,8,大队,满意\n", "同一人的“N”", "“N” of the same person"),
        ("ballots.csv", "投票人,许可科,大队\n一,95,\n一,90,66\n", "第2行已经有", "Row 2 has this"),
        ("visits.csv", "科室,得分\n", "表头下面没有数据", "nothing below the head"),
        ("visits.csv", "甲,乙\n1,2\n", "认不出这张表", "not recognized"),
    ],
)
def test_what_is_wrong_is_told_at_its_place_in_both_languages(
    year: Path, name: str, words: str, zh: str, en: str
) -> None:
    (year / name).write_text(words, "utf-8")
    for language, said in (("zh", zh), ("en", en)):
        files = [str(year / one) for one in TABLES]
        refused = RUNNER.invoke(app, ["estimate", *files, "--lang", language])
        assert refused.exit_code == 2
        assert name in refused.stderr
        assert said in refused.stderr
        assert refused.stdout == ""


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--weights", "survey=0.4"], "权重之和是0.4"),
        (["--weights", "电台=1"], "没有“电台”这个来源"),
        (["--weights", "survey"], "名称=数值"),
        (["--limit", "八十"], "八十"),
        (["--recusals", "bayes"], "bayes"),
    ],
)
def test_a_wrong_option_is_told_in_words(year: Path, option: list[str], said: str) -> None:
    refused = RUNNER.invoke(app, ["estimate", str(year), *option])
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_a_stratum_of_one_is_refused_until_its_neighbor_is_named(year: Path) -> None:
    words = TABLES["survey.csv"] + "e,监督员,5,许可科,满意\n"
    (year / "survey.csv").write_text(words, "utf-8")
    refused = RUNNER.invoke(app, ["estimate", str(year)])
    assert refused.exit_code == 2
    assert "层“监督员”只有一个抽样单位" in refused.stderr
    assert RUNNER.invoke(app, ["estimate", str(year), "--merge", "监督员=群众"]).exit_code == 0


def test_tables_without_a_weight_are_refused_and_one_section_alone_is_estimated(year: Path) -> None:
    refused = RUNNER.invoke(app, ["estimate", str(year / "visits.csv"), "--weights", "热线=1", "--lang", "en"])
    assert refused.exit_code == 2
    assert "None of the sources" in refused.stderr
    (year / "visits.csv").write_text("科室,得分\n许可科,90\n许可科,94\n", "utf-8")
    done = RUNNER.invoke(app, ["estimate", str(year / "visits.csv"), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["last"], told["ranking"], told["sections"][0]["score"]) == (None, None, 92)


def test_sections_without_a_source_are_named(year: Path) -> None:
    (year / "hotline.csv").write_text("科室,办结件数,满意件数\n许可科,40,38\n", "utf-8")
    done = RUNNER.invoke(app, ["estimate", str(year), "--lang", "en"])
    assert "Without hotline: 大队" in done.stdout
    told = json.loads(RUNNER.invoke(app, ["estimate", str(year), "--json"]).stdout)
    assert told["nominal_weights"] == {"survey": 0.4, "hotline": 0.2, "covert": 0.2, "assembly": 0.2}
    assert told["weights"]["survey"]["大队"] == pytest.approx(0.5)
    for one in told["sections"]:
        low, high = one["weights_box25"]["composite_range"]
        assert low <= one["score"] <= high


def test_a_table_of_something_else_in_the_folder_is_passed_over(year: Path) -> None:
    (year / "notes.csv").write_text("甲,乙\n1,2\n", "utf-8")
    done = RUNNER.invoke(app, ["estimate", str(year)])
    assert done.exit_code == 0
    assert "notes.csv" in done.stderr


def test_the_plan_gives_weights_and_limits(year: Path) -> None:
    plan = Path(__file__).resolve().parents[4] / "plans" / "demo-2026.yaml"
    done = RUNNER.invoke(app, ["estimate", str(year), "--plan", str(plan), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["weights"]["survey"]["大队"] == pytest.approx(0.4 / 0.9)
    assert "未计入" in done.stderr, "what the plan weighs and no table feeds is said"
    assert [one["limit"] for one in told["sections"][0]["limits"]] == [80]
