"""One bad sample a kind, named for what is wrong: where it is found and what is said, in both languages."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from small import BAD, SCENARIO, SMALL, copy, problems

from sim.errors import InputError, Problem
from sim.plan import workspace
from sim.plan.workspace import check_workspace, load_roster, load_scenario
from sim.words.problems import render


@dataclass(frozen=True)
class Bad:
    """A sample, its first fault with place and words, and what follows from it."""

    name: str
    code: str
    line: int
    column: int
    zh: str
    en: str
    file: str = SCENARIO
    also: tuple[tuple[str, int, int], ...] = ()
    whole: bool = False  # shows only when the roster and all scenarios are seen together


SAMPLES = (
    Bad("anchor-bomb", "yaml-anchor", 10, 8, "不支持锚点和引用", "anchors and aliases (&a and *a) ar"),
    Bad(
        "attribute-expression",
        "condition-attribute",
        58,
        53,
        "“leaking.__class__._",
        "'leaking.__class__.__mro__' cannot",
    ),
    Bad("bad-indent", "yaml-indent", 41, 2, "这里的缩进与上文不齐", "the indentation does not fit what"),
    Bad("call-expression", "condition-call", 58, 53, "没有“open()”这个写法", "there is no 'open()'"),
    Bad(
        "chained-comparison",
        "condition-chain",
        49,
        44,
        "“<”前已有一次比较",
        "comparisons cannot be chained at '",
    ),
    Bad(
        "clock-before-start",
        "inject-after-horizon",
        28,
        9,
        "发出时刻在开始后 1410 分钟",
        "it comes 1410 min after the start,",
    ),
    Bad("clock-impossible", "clock-syntax", 25, 39, "“25:00”不是钟点", "'25:00' is no clock time"),
    Bad("clock-time", "duration-clock", 6, 10, "“2:00”是钟点", "'2:00' is a clock time"),
    Bad(
        "control-character",
        "yaml-control",
        47,
        18,
        "这里有不可见的控制字符 U+0007",
        "an invisible control character U+0",
    ),
    Bad("count-set", "count-set", 34, 34, "injured 是累计数", "injured is a cumulative count: use"),
    Bad(
        "cycle",
        "prerequisite-cycle",
        55,
        11,
        "前置条件互相等待：fire.recon ",
        "prerequisites wait for each other:",
        file="annex3.yaml",
    ),
    Bad(
        "deep-condition",
        "condition-too-deep",
        49,
        52,
        "条件的括号或 not 超过 20 层",
        "brackets or not go deeper than 20",
    ),
    Bad("deep-nesting", "yaml-too-deep", 10, 124, "嵌套超过 30 层", "nested deeper than 30 levels"),
    Bad(
        "duplicate-duty",
        "duty-twice",
        118,
        7,
        "职责编号“police.count”重复",
        "duty id 'police.count' is used twi",
        file="annex3.yaml",
        also=(("unknown-duty", 63, 7),),
    ),
    Bad("duplicate-key", "duplicate-key", 41, 3, "键“I01”重复", "key 'I01' is given twice"),
    Bad(
        "duration-order",
        "duration-order",
        49,
        27,
        "“8..5..15 min”次序不对",
        "'8..5..15 min' is out of order: mi",
        file="strength.yaml",
    ),
    Bad("duration-without-unit", "duration-no-unit", 37, 56, "时长 2 没有单位", "the duration 2 has no unit"),
    Bad("empty", "file-empty", 0, 0, "文件是空的", "the file is empty"),
    Bad(
        "fact-out-of-range",
        "fact-out-of-range",
        34,
        39,
        "gas 的值 5000 超出范围 0 到",
        "5000 is out of the range of gas: 0",
    ),
    Bad(
        "flag-compared-with-number",
        "condition-compare",
        49,
        40,
        "“leaking”与“2”不是同一类",
        "'leaking' and '2' are of different",
    ),
    Bad("full-width-colon", "full-width", 3, 8, "这里用了全角“：”", "full-width '：' stands here"),
    Bad("full-width-comma", "full-width", 30, 14, "这里用了全角“", "full-width '，' stands here"),
    Bad(
        "guest-taken",
        "guest-taken",
        12,
        3,
        "外部单位“医院”与登记册中的机构、成员单",
        "guest unit '医院' has the name of a",
    ),
    Bad(
        "hazard-without-limit",
        "hazard-no-limit",
        58,
        77,
        "用 add 的险情发展要写 at-mos",
        "a hazard with add needs at-most",
    ),
    Bad(
        "impossible-date", "start-syntax", 5, 8, "“2025-06-31T09:30+08", "'2025-06-31T09:30+08:00' is no sta"
    ),
    Bad(
        "inject-after-horizon",
        "inject-after-horizon",
        28,
        9,
        "发出时刻在开始后 121 分钟",
        "it comes 121 min after the start,",
    ),
    Bad(
        "inject-cycle",
        "inject-cycle",
        42,
        5,
        "注入信息互相等待：I02 → I03 →",
        "injects wait for each other: I02 →",
    ),
    Bad(
        "list-at-root",
        "root-not-mapping",
        1,
        1,
        "文件最外层应是一行行“键: 值”",
        "the file should be lines of 'key:",
    ),
    Bad("long-condition", "text-too-long", 49, 11, "文字太长", "the text is too long"),
    Bad("missing-key", "missing-key", 1, 1, "缺少必填的“title”", "'title' is missing and must be giv"),
    Bad(
        "negative-count",
        "count-negative",
        10,
        18,
        "计数 trapped 不能为负：-1",
        "count trapped cannot be negative:",
    ),
    Bad(
        "negative-duration",
        "duration-negative",
        63,
        28,
        "时长不能为负：“-5 min”",
        "a duration cannot be negative: '-5",
        file="strength.yaml",
    ),
    Bad(
        "open-bracket",
        "yaml-bracket",
        44,
        9,
        "从这里开始的括号没有配对",
        "the bracket opened here is not clo",
    ),
    Bad("open-quote", "yaml-quote", 46, 12, "从这里开始的引号没有配对", "the quote opened here is not close"),
    Bad(
        "quote-not-exact",
        "quote-not-exact",
        57,
        20,
        "引文与 official 原文不一致：前",
        "the quote is not in official: 4 ch",
        file="annex3.yaml",
    ),
    Bad("tab", "yaml-tab", 9, 1, "缩进用了制表符", "a tab is used for indentation"),
    Bad("tag", "yaml-tag", 10, 8, "不支持标签“!!python/objec", "tags such as '!!python/object:os.s"),
    Bad(
        "too-few-teams",
        "teams-too-few",
        48,
        47,
        "要用 2 支 recon",
        "2 of team recon are needed but the",
        file="strength.yaml",
    ),
    Bad("two-documents", "yaml-documents", 22, 1, "一个文件只能有一份内容", "a file holds one document"),
    Bad(
        "two-triggers", "inject-triggers", 42, 5, "注入信息 I02 同时写了 at、aft", "inject I02 has at, after"
    ),
    Bad(
        "unknown-assumption",
        "assume-path",
        60,
        10,
        "没有假设参数“units.消防队.tea",
        "there is no assumption 'units.消防队.",
    ),
    Bad("unknown-duty", "unknown-duty", 37, 26, "没有职责“fire.resque”", "there is no duty 'fire.resque'"),
    Bad("unknown-event", "unknown-event", 42, 20, "没有事件“activate”", "there is no event 'activate'"),
    Bad(
        "unknown-fact",
        "unknown-fact",
        35,
        28,
        "needs.yaml 中没有态势项“tr",
        "needs.yaml has no fact 'traped'",
    ),
    Bad(
        "unknown-key",
        "unknown-key",
        6,
        1,
        "不认识的键“horison”",
        "unknown key 'horison'",
        also=(("missing-key", 1, 1),),
    ),
    Bad(
        "unknown-need",
        "unknown-need",
        85,
        19,
        "needs.yaml 中没有处置需求“m",
        "needs.yaml has no need 'medicine'",
        file="annex3.yaml",
    ),
    Bad(
        "unknown-norm",
        "unknown-norm",
        49,
        11,
        "norms.yaml 中没有时限“fir",
        "norms.yaml has no time limit 'fire",
    ),
    Bad(
        "unknown-post", "unknown-post", 25, 5, "登记册中没有职务“甲县令”", "the register has no post '甲县令'"
    ),
    Bad(
        "unknown-unit",
        "unknown-unit",
        44,
        10,
        "没有叫“公安居”的机构、成员单位或外部单",
        "there is no body, member unit or g",
    ),
    Bad(
        "wrong-category", "fact-category", 10, 27, "“storm”不是 wind 的类别", "'storm' is no category of wind"
    ),
    Bad(
        "wrong-encoding", "file-encoding", 3, 11, "文件不是 UTF-8 编码", "the file is not UTF-8: byte 63 can"
    ),
    Bad("wrong-type", "wrong-type", 7, 11, "这里要写“true”或“false”", "this should be true or false, not"),
    Bad(
        "unknown-grade",
        "unknown-grade",
        41,
        9,
        "law.yaml 中没有事故等级“gra",
        "law.yaml has no grade of accidents",
        file="arrangements.yaml",
    ),
    Bad(
        "unknown-form",
        "unknown-form",
        14,
        11,
        "law.yaml 的 forms 中没有",
        "forms of law.yaml has no 'shorts'.",
        file="arrangements.yaml",
    ),
    Bad(
        "unknown-report",
        "unknown-report",
        12,
        9,
        "arrangements.yaml 的 ",
        "reports of arrangements.yaml has n",
        file="norms.yaml",
    ),
    Bad(
        "unknown-safety",
        "unknown-safety",
        26,
        12,
        "law.yaml 的 safety 中没",
        "safety of law.yaml has no rule 'en",
    ),
    Bad(
        "fact-of-kind",
        "fact-of-kind",
        15,
        23,
        "这里要用计数（整数）类的态势项，而 ga",
        "a fact of another kind is needed h",
        file="law.yaml",
    ),
    Bad(
        "rank-twice",
        "rank-twice",
        3,
        17,
        "次序 1 重复，ordinary 已经用",
        "rank 1 is used twice; ordinary has",
        file="law.yaml",
    ),
    Bad(
        "law-condition",
        "law-condition",
        7,
        37,
        "事故等级和较大涉险事故的条件",
        "conditions of grades and of the ne",
        file="law.yaml",
    ),
    Bad(
        "grade-reserved",
        "grade-reserved",
        4,
        3,
        "near_miss 专指较大涉险事故",
        "near_miss stands for the near miss",
        file="law.yaml",
    ),
    Bad(
        "grade-no-rule",
        "grade-no-rule",
        4,
        3,
        "没有一条规则能判到事故等级 worst。",
        "no rule leads to grade worst. Add ",
        file="law.yaml",
    ),
    Bad(
        "near-miss-empty",
        "near-miss-empty",
        12,
        3,
        "较大涉险事故没有写任何条件",
        "the near miss has no condition. Ad",
        file="law.yaml",
    ),
    Bad(
        "form-empty",
        "form-empty",
        20,
        5,
        "报告表没有写任何要素，无从评完整程度。",
        "the form has no element, so nothin",
        file="law.yaml",
    ),
    Bad(
        "safety-missing",
        "safety-missing",
        27,
        3,
        "before_entry 类的安全规则要",
        "a safety rule of kind before_entry",
        file="law.yaml",
    ),
    Bad(
        "safety-unfit",
        "safety-unfit",
        33,
        5,
        "before_entry 类的安全规则不",
        "a safety rule of kind before_entry",
        file="law.yaml",
    ),
    Bad(
        "bands-order",
        "bands-order",
        41,
        47,
        "浓度越高，允许时间应越短：high 与 ",
        "the higher the concentration, the ",
        file="law.yaml",
    ),
    Bad(
        "report-when-missing",
        "report-when-missing",
        24,
        13,
        "自知悉起算（starts: knowle",
        "a report that starts from knowledg",
        file="arrangements.yaml",
    ),
    Bad(
        "report-when-unfit",
        "report-when-unfit",
        14,
        5,
        "只有自知悉起算（starts: know",
        "only a report that starts from kno",
        file="arrangements.yaml",
    ),
    Bad(
        "report-every-unfit",
        "report-every-unfit",
        25,
        5,
        "从 terminated 起算的报告只报",
        "a report that starts from terminat",
        file="arrangements.yaml",
    ),
    Bad(
        "report-draft-phone",
        "report-draft-phone",
        27,
        5,
        "电话报告不用拟稿。请删去 draft，或",
        "a report by phone has no draft. Re",
        file="arrangements.yaml",
    ),
    Bad(
        "report-to-nobody",
        "report-to-nobody",
        23,
        5,
        "报告没有写报给谁。",
        "the report names nobody to report ",
        file="arrangements.yaml",
    ),
    Bad(
        "group-twice",
        "group-twice",
        40,
        60,
        "环保局已在工作组 medical 中，一",
        "环保局 is in group medical already; a",
        file="arrangements.yaml",
    ),
    Bad(
        "group-lead-listed",
        "group-lead-listed",
        39,
        67,
        "医院是本组牵头单位，不必再列入 unit",
        "医院 leads this group and is not lis",
        file="arrangements.yaml",
    ),
    Bad(
        "norm-step-stage",
        "norm-step-stage",
        14,
        9,
        "值守专班的步骤和报告没有“arrived",
        "a step of the desk or a report has",
        file="norms.yaml",
    ),
    Bad(
        "norm-events-missing",
        "norm-events-missing",
        18,
        3,
        "since（从哪个事件）和 by（到哪个",
        "since and by go together: from whi",
        file="norms.yaml",
    ),
    Bad(
        "norm-events-same",
        "norm-events-same",
        22,
        9,
        "时限从一个事件到同一个事件，量不出时间。",
        "the limit runs from an event to th",
        file="norms.yaml",
    ),
    Bad(
        "norm-two-clocks",
        "norm-two-clocks",
        13,
        5,
        "时限写了 since 和 by，又写了 ",
        "the limit has since and by as well",
        file="norms.yaml",
    ),
    Bad(
        "date-impossible",
        "date-impossible",
        4,
        78,
        "没有“2026-02-30”这一天。",
        "there is no such day as '2026-02-3",
        file="strength.yaml",
    ),
    Bad(
        "date-syntax",
        "date-syntax",
        4,
        78,
        "“10-01”不是日期。写成 2026-",
        "'10-01' is no date. Write 2026-10-",
        file="strength.yaml",
    ),
    Bad(
        "day-off-and-on",
        "day-off-and-on",
        4,
        102,
        "2026-10-01 既是放假日（hol",
        "2026-10-01 is both a holiday and a",
        file="strength.yaml",
    ),
    Bad(
        "unknown-carrier",
        "unknown-carrier",
        47,
        14,
        "carriers 中没有运营商“mobi",
        "carriers has no 'mobil'. Did you m",
        file="strength.yaml",
    ),
    Bad(
        "unknown-road",
        "unknown-road",
        44,
        11,
        "roads 中没有写“county”这类",
        "roads says nothing of 'county'.",
        file="strength.yaml",
    ),
    Bad(
        "unknown-stock",
        "unknown-stock",
        51,
        41,
        "该单位的 stocks 中没有物资“fo",
        "the unit has no 'foem' among its s",
        file="strength.yaml",
    ),
    Bad(
        "rule-id-syntax",
        "rule-id-syntax",
        26,
        12,
        "“Entry.tested”不能作编号。",
        "'Entry.tested' is no id here. Writ",
    ),
    Bad(
        "network-order",
        "network-order",
        27,
        45,
        "通信恢复不晚于中断。",
        "the network is up before it is dow",
    ),
    Bad(
        "busy-too-many",
        "busy-too-many",
        26,
        31,
        "recon 一共 1 支，不会有 2 支",
        "there are 1 of team recon; 2 canno",
    ),
    Bad(
        "busy-over",
        "busy-over",
        26,
        38,
        "开始时就已回来，这一项不起作用。",
        "they are back at the start, so thi",
    ),
    Bad(
        "breaks-unspoken",
        "breaks-unspoken",
        26,
        27,
        "安全规则 entry.tested 不管",
        "safety rule entry.tested does not ",
    ),
    Bad(
        "growth-unfit",
        "growth-unfit",
        58,
        99,
        "growth（逐次递增）只用于 add。",
        "growth goes with add only.",
    ),
    Bad(
        "growth-too-large",
        "growth-too-large",
        58,
        117,
        "照此递增，第 12 次要加的数超过 10",
        "growing like this, change 12 adds ",
    ),
    Bad(
        "stock-too-few",
        "stock-too-few",
        51,
        47,
        "一次要用 4 份 foam，该单位只有 3 份，也没有单位补给，永远等不到。",
        "4 of foam are taken at once, the unit has 3, and no unit supplies more",
        file="strength.yaml",
    ),
    Bad(
        "unknown-receiver",
        "unknown-unit",
        53,
        10,
        "没有叫“指辉部”的机构、成员单位或外部单位。是否想写“指挥部”？",
        "there is no body, member unit or guest unit called '指辉部'. Did you mean '指挥部'?",
    ),
    Bad(
        "safety-unknown-duty",
        "safety-nobody",
        30,
        14,
        "登记册和各情景的外部单位都没有职责“fire.resque”，这条安全规则管不到任何行动。是否想写“fire.rescue”？",
        "neither the register nor any scenario's guest units have duty 'fire.resque'",
        file="law.yaml",
        whole=True,
    ),
    Bad(
        "safety-unknown-stock",
        "safety-stock-nowhere",
        32,
        12,
        "各单位和各情景的外部单位都没有物资“breathing”，这条安全规则没有人做得到。",
        "no unit and no scenario's guest unit has 'breathing' among its stocks",
        file="law.yaml",
        whole=True,
    ),
)


def _errors(folder: Path) -> list[Problem]:
    return [problem for problem in problems(folder) if problem.severity == "error"]


def _errors_of_all(folder: Path) -> list[Problem]:
    return [problem for problem in check_workspace(folder) if problem.severity == "error"]


@pytest.mark.parametrize("bad", SAMPLES, ids=lambda bad: bad.name)
def test_bad_sample_is_refused_at_its_place(
    bad: Bad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "built_in", lambda kind: tmp_path / "nothing" / kind)
    plan = copy(tmp_path / "plan")
    shutil.copy(BAD / f"{bad.name}.yaml", plan / bad.file)
    found = _errors_of_all(plan) if bad.whole else _errors(plan)
    assert {(p.code, p.line, p.column) for p in found} == {(bad.code, bad.line, bad.column), *bad.also}
    problem = next(p for p in found if p.code == bad.code)
    assert problem.file == str(plan / bad.file)
    place = f"{problem.file}:{bad.line}:{bad.column}: " if bad.line else f"{problem.file}: "
    assert render(problem, "zh").startswith(place + bad.zh)
    assert render(problem, "en").startswith(place + bad.en)


def test_every_sample_is_in_the_table() -> None:
    assert {path.stem for path in BAD.iterdir()} == {bad.name for bad in SAMPLES}


def test_the_plan_they_are_made_from_is_good() -> None:
    assert problems(SMALL) == ()


def _refusal(path: Path) -> Problem:
    with pytest.raises(InputError) as refused:
        load_scenario(path, load_roster(SMALL))
    (problem,) = refused.value.problems
    assert problem.file == str(path)
    return problem


def test_file_over_one_mebibyte_is_not_parsed(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (1 << 20) + b"\n")
    assert _refusal(path).code == "file-too-large"
    assert render(_refusal(path)) == (
        f"{path}: 文件超过 1 MiB，不予读取。输入文件通常只有几十 KB；请检查是否放错了文件，或拆成几个情景。"
    )
    path.write_bytes(b"#" * (1 << 20))
    assert _refusal(path).code == "file-empty"


def test_missing_file_and_folder_where_a_file_should_be(tmp_path: Path) -> None:
    missing = _refusal(tmp_path / "none.yaml")
    assert missing.code == "file-missing"
    assert render(missing).endswith("none.yaml: 没有这个文件。请检查路径和文件名。")
    folder = tmp_path / "folder.yaml"
    folder.mkdir()
    assert _refusal(folder).code == "file-is-folder"
    assert "is a folder where a YAML file is needed" in render(_refusal(folder), "en")


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert _refusal(pipe).code == "file-unreadable"


def test_roster_folder_that_is_missing_a_file_or_empty(tmp_path: Path) -> None:
    a_file = tmp_path / "file"
    a_file.write_text("")
    for path, code in (
        (tmp_path / "none", "folder-missing"),
        (a_file, "folder-is-file"),
        (tmp_path, "no-workspace"),
    ):
        with pytest.raises(InputError) as refused:
            load_roster(path)
        assert [problem.code for problem in refused.value.problems] == [code]


def test_unknown_scenario_suggests_one_like_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = copy(tmp_path / "plan")
    monkeypatch.chdir(plan)
    with pytest.raises(InputError) as refused:
        load_scenario("small-leek", load_roster(plan))
    (problem,) = refused.value.problems
    assert problem.code == "unknown-scenario"
    assert render(problem).endswith("是否想写“small-leak”？")
    assert load_scenario("small-leak", load_roster(plan)).model.id == "small-leak"
