"""News: facts from the office, a draft, its approval, the release (DESIGN 4).

A draft counts as done, and achieves anything, only once it is signed. A release rests on the signed draft that it
waits for, and tells the figures that stood as that was signed. A release of the same duty that answers another
occurrence of its need needs a signature of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.plan.compiled import Inject
from sim.play.approval import Approval
from sim.play.recorder import Key, Raw, seq_of
from sim.play.steps import Step

if TYPE_CHECKING:
    from sim.play.drill import Drill
    from sim.play.tasks import Steps, Task

Figures = dict[str, Any]
Draft = tuple[int, int]
"""A duty and the occurrence of its need that it answers: one task."""

_SIGNATURE: Final = 2  # news come after what is life-saving


class Publishing:
    """What was signed and what was published in one drill."""

    def __init__(self, drill: Drill) -> None:
        self.drill = drill
        self._signed: dict[Draft, Figures] = {}  # the figures of each draft that was signed
        self._spent: dict[tuple[int, Draft], Task] = {}  # which task of a duty a draft was released by
        self._fresh: list[tuple[Raw, Draft, Figures]] = []

    def figures(self) -> Figures:
        """Return the figures that may be told now: the approved ones, else what the office believes."""
        ledger = self.drill.command.ledger
        if ledger.approved is not None:
            return dict(ledger.approved)
        return ledger.quote(self.drill.command.office_picture())[0]

    def signed(self, draft: Task) -> None:
        """Queue that a draft was signed, in its last row, with the figures of this moment."""
        self._fresh.append((draft.last, (draft.duty, draft.occurrence), self.figures()))
        self.drill.command.want_settle()

    def settle(self) -> None:
        """Take in what was signed in this wave."""
        if self._fresh:
            fresh, self._fresh = sorted(self._fresh, key=lambda item: seq_of(item[0])), []
            self._signed.update({draft: figures for _, draft, figures in fresh})

    def publish(self, task: Task) -> None:
        """Tell the public what the signed draft says; without one, what the office believes, unapproved."""
        drafts = [draft for pre in task.given.after if (draft := self._draft(pre.duty, task)) is not None]
        detail = {
            "by": self.drill.plan.actors[task.given.actor].name,
            "approved": bool(drafts),
            "figures": dict(self._signed[drafts[-1]] if drafts else self.figures()),
        }
        row = self.drill.log(
            task.key,
            "published",
            task.last,
            task.given.actor,
            task.duty,
            task.id,
            task.given.need,
            detail=detail,
        )
        self.drill.happened("published", row)

    def _draft(self, duty: int, release: Task) -> Draft | None:
        """Return the signed draft of `duty` that a release rests on, if no earlier release of its duty did."""
        before = self.drill.prerequisites.before(duty, release)
        draft = (duty, before.occurrence) if before is not None else None
        if draft not in self._signed:
            return None
        return draft if self._spent.setdefault((release.duty, draft), release) is release else None

    def leak(self, inject: Inject, place: int, key: Key, cause: Raw) -> None:
        """Write that somebody published past the office."""
        assert inject.publishes is not None
        actor, told = inject.publishes
        facts, name = self.drill.plan.facts, self.drill.plan.actors[actor].name
        detail = {"by": name, "approved": False, "figures": {facts[fact].id: value for fact, value in told}}
        self.drill.log(key, "published", cause, actor=actor, inject=place, detail=detail)


def sign(task: Task) -> Steps:
    """Have a draft approved by whoever approves what is published; the unit itself calls.

    Without such a post in the arrangements nobody signs, and a draft is done as any other work is.
    """
    drill, given = task.drill, task.given
    post = drill.plan.arrangements.news_approver
    if not given.signed or not post:
        return
    task.step = "approval"
    row = task.log("waiting", "approval")
    step = Step(drill, task.key, given.actor, f"sign.{given.id}", task.occurrence)
    length = drill.plan.arrangements.news_approve
    priority = max(given.priority, _SIGNATURE)
    approval = Approval(
        drill, step, post, task.occurrence, what=given.id, operator=False, length=length, priority=priority
    )
    task.last = yield from approval.life(row)
    drill.command.publishing.signed(task)
