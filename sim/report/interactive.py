"""The interactive timeline of the page: Bokeh, inline, nothing fetched. (The only home of bokeh.)"""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

from sim.plan.durations import MINUTE
from sim.record.tasks import Span
from sim.record.timeline import Timeline
from sim.report.charts.style import ALERT, FILLS, INK, PALE
from sim.report.frame import FONT
from sim.report.lanes import KINDS, Bar, Lane, last_minute, place
from sim.report.phrases import moment
from sim.review.moments import moments
from sim.review.names import Names
from sim.words import Lang, pick, say
from sim.words.charts import CHARTS
from sim.words.events import STATES
from sim.words.report import PAGE

_TOOLTIP: Final = (
    f"<div style='font: 13px {FONT.replace(chr(34), '')}'><div>@head</div><div>@line</div></div>"
)
"""Bokeh escapes the columns that it fills in."""
_HATCH: Final = {"call": "blank", "wait": "right_diagonal_line", "move": "dot", "work": "blank"}
_ROW: Final = 22  # pixels a sub-lane
_EMS: Final = 90  # characters across the page
_FRAME: Final = 150  # pixels for flags, axis and toolbar


class Interactive(NamedTuple):
    """The timeline for the page: Bokeh's item as JSON, the library, and the lanes that a reader may pick."""

    item: str
    library: str
    lanes: tuple[tuple[str, float, float], ...]
    height: int


def interactive(timeline: Timeline, lang: Lang) -> Interactive:
    """Return the interactive timeline of one drill: hover names a bar, a tap shows all that is known of it."""
    from bokeh.embed import json_item
    from bokeh.resources import Resources

    names, end = Names(timeline.plan), last_minute(timeline)
    bars, lanes = place(timeline, end, end / _EMS, lang)
    depth = max((lane.first + lane.rows for lane in lanes), default=1)
    figure = _figure(timeline, lanes, names, depth, end, lang)
    _add_bars(figure, timeline, bars, names, lang)
    _add_turns(figure, timeline, depth, lang)
    _add_injects(figure, timeline, lang)
    library = Resources(mode="inline", components=["bokeh"], minified=True).js_raw
    picks = tuple((pick(names.unit(lane.unit), lang), lane.first, lane.first + lane.rows) for lane in lanes)
    item = json.dumps(json_item(figure), ensure_ascii=False, separators=(",", ":"))
    return Interactive(_safe(item), "\n".join(library), picks, depth * _ROW + _FRAME)


def _safe(script: str) -> str:
    """No text inside JSON can end the script element it stands in."""
    return script.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _figure(timeline: Timeline, lanes: list[Lane], names: Names, depth: int, end: float, lang: Lang) -> Any:
    from bokeh.models import HoverTool, LinearAxis, PanTool, Range1d, ResetTool, TapTool, WheelZoomTool
    from bokeh.plotting import figure

    plot = figure(
        name="timeline", height=depth * _ROW + _FRAME, sizing_mode="stretch_width", toolbar_location="above",
        x_range=Range1d(start=0, end=end, bounds=(0, end)), y_range=Range1d(start=depth + 1.0, end=-1.6),
        tools=[
            PanTool(dimensions="width", description=say(PAGE, "tool.pan", lang)),
            WheelZoomTool(dimensions="width", description=say(PAGE, "tool.zoom", lang)),
            ResetTool(description=say(PAGE, "zoom.all", lang)),
            TapTool(description=say(PAGE, "tool.tap", lang)),
        ],
        active_drag=None, active_scroll=None, output_backend="canvas",
    )  # fmt: skip
    plot.add_tools(HoverTool(tooltips=_TOOLTIP, name="hover", description=say(PAGE, "tool.hover", lang)))
    middles: dict[Any, Any] = {
        lane.first + lane.rows / 2: pick(names.unit(lane.unit), lang) for lane in lanes
    }
    plot.yaxis.ticker = list(middles)
    plot.yaxis.major_label_overrides = middles
    plot.xaxis.axis_label = say(PAGE, "axis", lang)
    plot.add_layout(LinearAxis(), "above")  # a tall plot is read from the top
    for axis in (*plot.xaxis, plot.yaxis[0]):
        axis.major_label_text_font = axis.axis_label_text_font = FONT
        axis.axis_label_text_font_style = "normal"
        axis.minor_tick_line_color = None
    plot.grid.grid_line_color = "#e6e6e6"
    plot.ygrid.grid_line_color = None
    plot.toolbar.logo = None
    return plot


def _add_bars(plot: Any, timeline: Timeline, bars: list[Bar], names: Names, lang: Lang) -> None:
    from bokeh.models import ColumnDataSource

    columns: dict[str, Any] = {
        key: [] for key in ("y", "left", "right", "fill", "hatch", "edge", "head", "line", "more", "seq")
    }
    for bar in bars:
        for span in bar.record.spans:
            face, _, edge = FILLS[KINDS.get(span.kind, "wait")]
            values = (
                bar.row + 0.5, span.begin / MINUTE, span.end / MINUTE, face, _HATCH[KINDS.get(span.kind, "wait")],
                edge, _head(bar, names, lang), _line(span, names, lang), _more(bar, timeline, names, lang), span.seq,
            )  # fmt: skip
            for column, value in zip(columns.values(), values, strict=True):
                column.append(value)
    drawn = plot.hbar(
        y="y", left="left", right="right", height=0.66, fill_color="fill", line_color="edge", line_width=0.7,
        hatch_pattern="hatch", hatch_color="edge", hatch_alpha=0.7, hatch_scale=7, name="bars",
        source=ColumnDataSource(columns, name="bars"), nonselection_alpha=1.0, selection_line_color=ALERT,
    )  # fmt: skip
    plot.select_one({"name": "hover"}).renderers = [drawn]


def _head(bar: Bar, names: Names, lang: Lang) -> str:
    unit, what = pick(names.unit(bar.record.unit), lang), pick(names.task(bar.record.task), lang)
    return say(PAGE, "headed", lang, head=unit, text=what)


def _line(span: Span, names: Names, lang: Lang) -> str:
    begin, end = span.begin / MINUTE, span.end / MINUTE
    return say(
        PAGE, "span", lang, what=pick(names.wait(span.kind), lang), begin=begin, end=end, minutes=end - begin
    )


def _more(bar: Bar, timeline: Timeline, names: Names, lang: Lang) -> list[str]:
    record = bar.record
    lines = [say(PAGE, "state", lang, state=say(STATES, record.state, lang))]
    lines += [_line(span, names, lang) for span in record.spans]
    duty = names.duties.get(record.duty)
    if duty is not None and duty.quote:
        quote = say(PAGE, "clause.wording", lang, quote=duty.quote)
        lines.append(say(PAGE, "headed", lang, head=say(PAGE, "clause", lang), text=quote))
    return lines


def _add_turns(plot: Any, timeline: Timeline, depth: int, lang: Lang) -> None:
    from bokeh.models.annotations import Label, Span

    turning = moments(timeline)
    for row, key, dash in (
        (turning.activated, "activated", "solid"),
        (turning.terminated, "terminated", "dashed"),
    ):
        if row is not None:
            x = row.t / MINUTE
            plot.add_layout(
                Span(location=x, dimension="height", line_color=ALERT, line_dash=dash, line_width=1.5)
            )
            before = x > 0.9 * plot.x_range.end
            plot.add_layout(Label(
                x=x, y=depth + 0.9, text=say(CHARTS, f"lane.line.{key}", lang), text_font=FONT, text_font_size="12px",
                text_color=ALERT, x_offset=-3 if before else 3, text_align="right" if before else "left",
                background_fill_color="white", background_fill_alpha=0.85,
            ))  # fmt: skip


def _add_injects(plot: Any, timeline: Timeline, lang: Lang) -> None:
    from bokeh.models import ColumnDataSource

    injects = {inject.id: inject for inject in timeline.plan.injects}
    given = [row for row in timeline.rows if row.event == "inject_given"]
    heads = [f"{row.inject} {injects[row.inject].title}" for row in given]
    data: dict[str, Any] = {
        "x": [row.t / MINUTE for row in given], "y": [-0.7] * len(given), "head": heads,
        "line": [moment(row, lang) for row in given], "seq": [row.seq for row in given],
        "more": [[injects[row.inject].message] for row in given],
    }  # fmt: skip
    drawn = plot.scatter(
        x="x", y="y", marker="inverted_triangle", size=13, fill_color=INK, line_color=PALE, name="injects",
        source=ColumnDataSource(data, name="injects"), nonselection_alpha=1.0, selection_fill_color=ALERT,
    )  # fmt: skip
    hover = plot.select_one({"name": "hover"})
    hover.renderers = [*hover.renderers, drawn]
