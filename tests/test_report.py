"""report.html: what it says equals the timeline, it stands alone, and text from files stays text."""

from __future__ import annotations

import json
import re
import struct
import xml.etree.ElementTree as ET
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from drills import duty, inject, norm, plan, task, timeline

import sim
from sim.plan import compiled as c
from sim.plan.durations import MINUTE
from sim.record.timeline import Timeline
from sim.report import tables
from sim.report.assumptions import assumption_name, assumption_value
from sim.report.write import CHARTS, write_report
from sim.review import evaluate
from sim.review.names import Names
from sim.review.wording import condition_text, value_text

FIRE, HQ = "区消防救援大队", "区指挥部"
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}"


class Page(HTMLParser):
    """The elements of a page, and its text without scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("script", "style"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style") and self._inside:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.text += data

    def having(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.elements if name in attrs]


def small(**changes: Any) -> Timeline:
    of = plan(
        duties=(duty("fire.rescue", FIRE),), norms=(norm("N1", 0, "ordered", "arrived", 10),),
        injects=(inject("I01", 5),), **changes,
    )  # fmt: skip
    rows = task(FIRE, "fire.rescue#1", (12, "triggered"), (12, "ordered"), (13, "acknowledged"), (13, "departed"),
                (42.5, "arrived"), (42.5, "started"), (70, "finished"))  # fmt: skip
    return timeline(of, [(5, "inject_given", {"inject": "I01"}), (8, "activated", {"unit": HQ}), *rows])


@pytest.fixture(scope="module")
def drill() -> Timeline:
    return sim.simulate(sim.load_scenario("blast-furnace-gas"), sim.load_roster(), seed=7)


@pytest.fixture(scope="module")
def folder(drill: Timeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(drill, tmp_path_factory.mktemp("report") / "new" / "folder").parent


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    return Page((folder / "report.html").read_text("utf-8"))


# --- the folder


def test_the_folder_holds_the_page_and_every_chart_twice(folder: Path) -> None:
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert names == {"report.html"} | {f"charts/{name}.{kind}" for name in CHARTS for kind in ("png", "svg")}
    for name in CHARTS:
        ET.parse(folder / "charts" / f"{name}.svg")
        wide, high = struct.unpack(">II", (folder / "charts" / f"{name}.png").read_bytes()[16:24])
        assert wide == 1200
        assert high > 200


def test_progress_is_told_in_the_readers_language(tmp_path: Path) -> None:
    said: list[str] = []
    write_report(small(), tmp_path, lang="en", progress=said.append)
    assert said == ["drawing the charts", "writing the brief"]


# --- alone and offline


def test_nothing_on_the_page_is_fetched(page: Page) -> None:
    fetched = [link for name in ("src", "href", "action", "srcset") for link in page.having(name)]
    assert fetched
    assert [link[:40] for link in fetched if not link.startswith(("data:", "#"))] == []
    policy = next(attrs["content"] for tag, attrs in page.elements if attrs.get("http-equiv"))
    assert "default-src 'none'" in policy


def test_the_page_is_a_few_megabytes(folder: Path) -> None:
    assert 1_500_000 < (folder / "report.html").stat().st_size < 6_000_000


def test_the_font_inside_the_page_holds_every_chinese_letter_on_it(folder: Path, page: Page) -> None:
    from fontTools.ttLib import TTFont

    html = (folder / "report.html").read_text("utf-8")
    found = re.search(r"data:font/woff;base64,([A-Za-z0-9+/=]+)", html)
    assert found
    with TTFont(BytesIO(b64decode(found[1]))) as font:
        letters = set(font.getBestCmap())
    item = json.dumps(json.loads(_item(html)), ensure_ascii=False)
    wanted = {letter for letter in page.text + item if "\u4e00" <= letter <= "\u9fff"}
    assert len(wanted) > 300
    assert {letter for letter in wanted if ord(letter) not in letters} == set()


def _item(html: str) -> str:
    found = re.search(r'<script type="application/json" id="item">(.*?)</script>', html, re.DOTALL)
    assert found
    return found[1]


# --- what it says


def test_the_first_thing_after_the_title_is_what_the_results_rest_on(page: Page) -> None:
    text = page.text
    order = ("推演前仿真提示", "以下全部结果取决于", "推演经过", "处置时间轴", "可能的差距")
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "演练 EXERCISE" in text[:200]


def test_grades_are_counted_and_shared(drill: Timeline) -> None:
    shares = tables.shares(drill.plan, "zh")
    assert [share.grade for share in shares] == ["实测", "标准", "经验", "估计"]
    assert sum(share.number for share in shares) == len(drill.plan.assumptions)
    assert sum(share.share for share in shares) == pytest.approx(1)
    guesses = sum(a.grade == "guess" for a in drill.plan.assumptions)
    assert shares[3].number == guesses > 0


def test_the_sentence_on_guesses_counts_the_tasks_that_rest_on_them() -> None:
    firm = c.Assumption("desk.verify", "time 8 min", "measured", "本区2025年记录", "m1")
    of = small(assumptions=(firm, *plan().assumptions))
    assert "2项假设参数，其中实测和标准1项，经验和估计1项（50%）；本次1项行动中有1项" in tables.rests(
        of, "zh"
    )


def test_key_times_equal_the_timeline(drill: Timeline, page: Page) -> None:
    for event, what in (("activated", "启动响应"), ("report_up", "首报上级"), ("terminated", "终止响应")):
        row = next(row for row in drill.rows if row.event == event)
        shown = f"{row.clock[11:16]}（T+{row.t / MINUTE:.1f}）"
        line = next(line for line in tables.key_times(drill, "zh") if line.cells[1] == what)
        assert line.cells[0] == shown
        assert line.evidence == (row.seq,)
        assert shown in page.text


def test_what_never_happened_is_said_and_comes_last() -> None:
    lines = tables.key_times(small(), "zh")
    assert [line.cells[:2] for line in lines if not line.evidence] == [
        ("至推演结束未发生", "值守接报"), ("至推演结束未发生", "首报上级"), ("至推演结束未发生", "终止响应"),
    ]  # fmt: skip
    assert lines[-1].evidence == ()


def test_every_gap_stands_on_the_page_once_with_its_figures(drill: Timeline, page: Page) -> None:
    found = evaluate(drill)
    for gap in found.gaps:
        assert page.text.count(gap.statement()) == 1
        assert gap.suggestion() in page.text


def test_every_link_to_evidence_has_its_row(page: Page) -> None:
    links = {link[1:] for link in page.having("href") if link.startswith("#")}
    assert links
    assert links <= set(page.having("id"))


def test_every_limit_is_in_the_annex_with_its_status_and_the_unjudged_say_why(drill: Timeline) -> None:
    found = evaluate(drill)
    lines = tables.limits(found.limits, Names(drill.plan), "zh")
    assert len(lines) == len(found.limits)
    assert all(line.cells[7] for line in lines)
    unjudged = [line.cells[5] for line in lines if line.cells[5].startswith("未评")]
    assert unjudged
    assert all("（" in cell for cell in unjudged)
    listed = {line.cells[0] for line in tables.reference(found, "zh")}
    assert listed | {limit.norm for limit in found.limits} >= {norm.id for norm in drill.plan.norms}


def test_a_contingency_inject_says_why_it_was_not_given(drill: Timeline) -> None:
    lines = {line.cells[0]: line for line in tables.injects(drill, "zh")}
    assert len(lines) == len(drill.plan.injects)
    skipped = [line for line in lines.values() if line.cells[1] == "未触发"]
    assert skipped
    assert all("条件：" in line.cells[5] and "当时" in line.cells[5] for line in skipped)


def test_the_situation_at_the_close_is_that_of_the_last_rows() -> None:
    rows = [(3.0, "fact_changed", {"detail": {"fact": "injured", "value": 1}}),
            (9.0, "fact_changed", {"detail": {"fact": "injured", "value": 4}}),
            (12.0, "learnt", {"unit": HQ, "detail": {"facts": {"injured": 3}, "observed_at": 8.0}}),
            (20.0, "fact_changed", {"detail": {"fact": "leaking", "value": True}})]  # fmt: skip
    shown = tables.situation(timeline(plan(), rows), "zh")
    assert [line.cells for line in shown.main] == [("伤员", "4", "3"), ("正在泄漏", "是", "未获知")]
    assert shown.others == []


def test_no_first_screen_shows_a_seed_or_a_hash(drill: Timeline, page: Page) -> None:
    run = str(drill.manifest["run"])
    assert run not in page.text[: page.text.index("专业信息")]
    assert run in page.text


def test_no_grade_word_is_on_the_page(page: Page) -> None:
    assert [
        word for word in ("评定", "优秀", "良好", "不合格", "不及格", "得分", "失败") if word in page.text
    ] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_id_of_the_plan_leaks_into_the_tables(drill: Timeline, lang: Any) -> None:
    shown = [
        assumption_name(a, drill.plan, lang) + assumption_value(a, drill.plan, lang)
        for a in drill.plan.assumptions
    ]
    shown += [cell for line in tables.injects(drill, lang) for cell in line.cells[5:]]
    if lang == "zh":
        assert [text for text in shown if re.search(r"[a-z]{3,}", text)] == []
    assert [text for text in shown if "_" in text] == []


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        ("levels.two", "响应级别·二级响应（自定）｜级次（由低到高） 2，条件 死亡 >= 1", "levels of response·Level II"),
        ("reports.near_miss", "报告·较大涉险事故报市｜报送渠道 部门，报给 市应急局，起算 掌握情况", "by telephone"),
        ("reports.near_miss", "条件 已达较大涉险事故，用表 快报", "when it amounts to: Larger near miss"),
        ("reports.follow_up", "条件 书面报市应急局·完成之后 >= 0 分钟", "emergency bureau finished >= 0 min"),
        ("groups.order", "工作组·警戒疏散组｜牵头 区公安局，成员 区交通局、朔城区公路分局", "led by District Public"),
        ("people.区应急局局长", "递补次序（预案未规定） 3，赴现场次序 2，负责机构", "scene 2, heads Office"),
        ("aftercare.finance.pay", "善后台账·区财政局·支付调用费用｜终止后天数 7", "days after the end 7"),
        ("handover", "移交指挥权｜条件 已达较大事故，移交给 市级指挥部", "approved by Executive deputy head"),
        ("hours", "日 周一、周二、周三、周四、周五", "days Monday, Tuesday"),
    ],
)  # fmt: skip
def test_arrangements_read_as_a_planner_would_say_them(drill: Timeline, path: str, zh: str, en: str) -> None:
    given = next(a for a in drill.plan.assumptions if a.path == path)
    said = [
        f"{assumption_name(given, drill.plan, lang)}|{assumption_value(given, drill.plan, lang)}"
        for lang in ("zh", "en")
    ]
    assert zh.replace("｜", "|") in said[0]
    assert en in said[1]


def test_stocks_and_what_stops_work_read_in_words() -> None:
    of = small().plan
    foam = c.Stock(4, "foam", {"zh": "泡沫", "en": "foam"}, 3, None, None)
    of = replace(of, stocks=(foam,))
    stock = c.Assumption(f"units.{FIRE}.stocks.foam", "count 3, refill 40 min", "guess", "估计", "g1")
    assert assumption_name(stock, of, "zh") == f"{FIRE}·物资·泡沫"
    assert assumption_value(stock, of, "zh") == "数量 3，补充用时 40 分钟"
    work = c.Assumption(
        f"units.{FIRE}.work.fire.rescue", "takes {'foam': 2}, halted-by leaking", "guess", "估计", "g1"
    )
    assert assumption_value(work, of, "zh") == "消耗 泡沫 2，不能开工的条件 正在泄漏"
    assert assumption_name(work, of, "en") == "Unit 4·fire.rescue"


def test_conditions_read_in_words() -> None:
    of = small().plan
    assert condition_text("trapped > 0 and not leaking", of, "zh") == "被困 > 0 且 未 正在泄漏"
    assert condition_text("done(fire.rescue)", of, "zh") == "“区消防救援大队·职责fire.rescue”已完成"
    assert condition_text("elapsed(I01) >= 10 min", of, "en") == "time since I01 >= 10 min"


def test_values_read_with_their_units() -> None:
    """No unit is left in Chinese in English; one is singular; a big number is written out."""
    counted = {
        "人": ("1 person", "2 people"),
        "次": ("1 time", "2 times"),
        "户": ("1 household", "2 households"),
    }
    for unit, (one, two) in counted.items():
        fact = c.Fact("x", "count", {"zh": "某数", "en": "x"}, 0, unit)
        assert (value_text(fact, 1, "en"), value_text(fact, 2, "en")) == (one, two)
        assert value_text(fact, 1, "zh") == f"1 {unit}"
    wind = c.Fact("wind", "quantity", {"zh": "风力", "en": "Wind"}, 0, "级")
    assert value_text(wind, 4.0, "en") == "4 Bft"
    assert value_text(replace(wind, unit="t"), 1234567.5, "zh") == "1234567.5 t"


def test_english_is_complete(drill: Timeline, tmp_path: Path) -> None:
    english = Page(write_report(drill, tmp_path, lang="en").read_text("utf-8"))
    assert "Simulation brief before the drill" in english.text
    assert "EXERCISE" in english.text
    head = english.text[: english.text.index("4. Charts")]
    own = re.sub(r"[^\n]*某钢铁公司[^\n]*", "", head)  # the scenario's own words stay in Chinese
    left = set(re.findall(r"[\u4e00-\u9fff]{2,}", own))
    spoken = {inject.title for inject in drill.plan.injects} | {drill.plan.summary, "演练"}
    spoken |= {text for later in drill.plan.aftermath for text in (later.title, later.message)}
    spoken |= {
        name for report in drill.plan.arrangements.reports for name in report.to
    }  # as are the office's own
    assert [word for word in left if not any(word in text for text in spoken)] == []


# --- text from files stays text


def test_hostile_text_is_shown_and_never_run(tmp_path: Path) -> None:
    evil = inject("I01", 5, title=EVIL, message=EVIL, source=EVIL, channel=EVIL)
    base = small()
    hostile = replace(base.plan, injects=(evil,), title={"zh": EVIL, "en": EVIL}, summary=EVIL, site=EVIL,
                      assumptions=(c.Assumption(f"units.{EVIL}", EVIL, "guess", EVIL, "g1"),))  # fmt: skip
    html = write_report(Timeline(hostile, base.rows, {"run": EVIL}), tmp_path).read_text("utf-8")
    page = Page(html)
    assert EVIL in page.text
    assert "49" not in page.text.replace(" ", "")[:200]  # no template in the text was filled in
    assert not [attrs for _, attrs in page.elements if "onerror" in attrs]
    assert sum(tag == "script" for tag, _ in page.elements) == 3
    assert EVIL in json.dumps(json.loads(_item(html)), ensure_ascii=False)


def test_one_timeline_gives_the_same_pictures_and_tables(tmp_path: Path) -> None:
    first, second = (write_report(small(), tmp_path / name) for name in ("a", "b"))
    for name in CHARTS:
        for kind in ("png", "svg"):
            same = (first.parent / "charts" / f"{name}.{kind}").read_bytes()
            assert (second.parent / "charts" / f"{name}.{kind}").read_bytes() == same
    texts = [Page(path.read_text("utf-8")).text for path in (first, second)]
    assert texts[0] == texts[1]
