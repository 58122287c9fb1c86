"""Words on the picture of a script: what is given when, who should act, what the day is like."""

from __future__ import annotations

from typing import Final

SCRIPT: Final = {
    "title": ("{count}个注入", "{count} injects"),
    "title.one": ("{count}个注入", "{count} inject"),
    "title.span": ("，T+{begin}至T+{end}", ", T+{begin} to T+{end}"),
    "title.at": ("，T+{begin}", ", at T+{begin}"),
    "title.contingency": ("，条件注入{count}个", ", {count} contingency"),
    "title.unplaced": ("，时刻待定{count}个", ", {count} with open time"),
    "title.none": ("情景没有注入", "The scenario has no injects"),
    "burst": (
        "最密的五分钟从T+{begin}起：{units}收到{count}个（{injects}）",
        "The densest five minutes begin at T+{begin}: {count} for {units} ({injects})",
    ),
    "burst.units": ("{unit}等{count}家各", "{unit} and {more} more, each,"),
    "burst.none": (
        "任何五分钟内，一个单位至多收到一个定时注入",
        "No unit receives more than one timed inject within five minutes",
    ),
    "limit": ("{limits}分钟", "{limits} min"),
    "limit.and": ("、", ", "),
    "and": ("、", ", "),
    "later": ("待定", "open"),
    "nobody": ("（不告知任何单位）", "(told to nobody)"),
    # the list
    "when.timed": ("T+{t}", "T+{t}"),
    "when.stream": (
        "T+{t}起，约每{every}分钟一次，至T+{until}",
        "from T+{t}, about every {every} min, to T+{until}",
    ),
    "when.derived": ("约T+{t}，{event}之后{delay}分钟", "about T+{t}, {delay} min after {event}"),
    "when.unplaced": ("{event}之后{delay}分钟", "{delay} min after {event}"),
    "event": ("“{event}”", "“{event}”"),
    "when.contingency": ("当{when}", "when {when}"),
    "when.unless": ("，除非{unless}", ", unless {unless}"),
    "when.window": ("，T+{begin}至T+{end}之间", ", between T+{begin} and T+{end}"),
    "when.to": ("，T+{end}以前", ", up to T+{end}"),
    "when.from": ("，T+{begin}以后", ", from T+{begin}"),
    # what the day is like
    "strip.network": ("通信中断", "Networks down"),
    "strip.absent": ("不在岗", "Away"),
    "strip.busy": ("队伍被占用", "Teams elsewhere"),
    "strip.hazard": ("险情", "Hazards"),
    "day.network": ("{id} {label}中断，{span}", "{id} {label} down, {span}"),
    "day.network.all": ("全部通话方式", "every voice channel"),
    "day.only": ("，只涉及{units}", ", only for {units}"),
    "day.restored": ("，“{event}”即恢复", ", until “{event}”"),
    "day.away": ("{name}外出，电话可通，{span}", "{name} is away, answers the phone, {span}"),
    "day.unreachable": ("{name}打不通，{span}", "{name} cannot be reached, {span}"),
    "day.busy": (
        "{unit}的{team}：{size}中有{count}在别处，至T+{end}",
        "{unit}, {team}: {count} of {size} elsewhere to T+{end}",
    ),
    "day.hazard": (
        "{id} {label}：{when}时，每{every}分钟一次",
        "{id} {label}: while {when}, every {every} min",
    ),
    "day.at-most": ("，至多{count}次", ", at most {count} times"),
    "day.unknown": ("；何时成立要看推演", "; when it begins, a play will tell"),
    "span": ("T+{begin}至T+{end}", "T+{begin} to T+{end}"),
    "span.open": ("T+{begin}起至推演结束", "from T+{begin} to the end"),
    "span.all": ("全程", "all the time"),
    # legend
    "mark.timed": ("定时注入", "timed inject"),
    "mark.derived": ("跟在另一注入之后（延时取中位数）", "after another inject (median delay)"),
    "mark.contingency": ("条件注入，虚线为可能给出的时段", "contingency, dashed: when it may come"),
    "mark.unplaced": ("时刻待定，见下表", "time open, see the list"),
    "mark.arrivals": ("陆续到来", "more of a stream"),
    "mark.limit": ("预期行动，到时限为止", "expected action, up to its limit"),
    "mark.open": ("预期行动，无时限", "expected action, no limit"),
    "mark.hazard": ("若无人处置，险情发展", "hazard goes on, if nobody acts"),
    "mark.burst": ("最密的五分钟", "densest five minutes"),
}
