"""Words of the after-care ledger and of what came to light days later, in both languages."""

from __future__ import annotations

from typing import Final

AFTERCARE: Final = {
    "aftercare": ("善后台账", "After-care ledger"),
    "aftercare.hint": (
        "以天计的善后事项，终止响应（未终止的，推演结束）时记入，只记应办日期，不推演、不计时。",
        "What takes days, entered when the response ended (or at the close of the drill): dates only, neither played "
        "nor measured.",
    ),
    "aftercare.due": ("应办日期", "due"),
    "aftermath": ("事发若干天后", "Days later"),
    "aftermath.hint": (
        "伤亡在规定天数内变化的，当日补报，并重新判定事故等级。",
        "Where casualties change within the days that the law counts, it is reported the same day and graded anew.",
    ),
    "aftermath.date": ("日期", "date"),
    "aftermath.grade": ("此后的事故等级", "grade after it"),
    "on-day": ("{date}（第{day}天）", "{date} (day {day})"),
    "grade.same": ("{grade}（不变）", "{grade} (as before)"),
    "grade.changed": ("{grade}（原为{was}）", "{grade} (was {was})"),
    "grade.late": (
        "{grade}（超过{limit}天，不计入）",
        "{grade} (after more than {limit} days: not counted)",
    ),
    "grade.none": ("未定级", "not graded"),
}
