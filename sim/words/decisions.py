"""Words of the decision log and of the table of posts: questions, options, reasons, posts, states of people."""

from __future__ import annotations

from typing import Final

QUESTIONS: Final = {
    "activate": ("是否启动响应", "start a response?"),
    "level": ("响应级别", "which level of response?"),
    "substitute": ("谁代行{about}职责", "who acts for {about}?"),
    "field_commander": ("派谁任现场总指挥", "who goes to command at the scene?"),
    "handover": ("是否请求移交指挥权", "request to hand command over?"),
    "course": ("会商：下一步", "conference: what next?"),
    "terminate": ("是否终止响应", "terminate the response?"),
    "paper": ("签发“{about}”", "sign “{about}”?"),
}

OPTIONS: Final = {
    "start": ("启动", "start"),
    "verify": ("继续核实", "verify further"),
    "request": ("请求移交", "request it"),
    "keep": ("区级继续指挥", "keep command"),
    "go_on": ("继续处置", "go on"),
    "watch_end": ("观察终止条件", "watch the conditions of the end"),
    "end": ("终止", "terminate"),
    "sign": ("签发", "sign"),
    "return": ("退回", "send back"),
    "": ("无人可派", "nobody could go"),
}

REASONS: Final = {
    "known": ("已掌握：{facts}", "known: {facts}"),
    "needs": ("未解除的处置需求：{needs}", "needs that stand: {needs}"),
    "no_needs": ("没有未解除的处置需求", "no need stands"),
    "hold": ("降级前须保持{minutes:g}分钟", "must not be called for during {minutes:g} min first"),
    "proposer": ("{who}提请", "proposed by {who}"),
    "tries": ("呼叫{tries}次未接通", "{tries} calls unanswered"),
    "no_people": ("没有可派的人", "nobody is named for it"),
    "need": ("处置需求“{need}”已提出", "the need “{need}” was raised"),
    "asked": ("{who}T+{asked:.1f}拟好报批", "put up by {who} at T+{asked:.1f}"),
    "starts.reception": ("接报即须报送", "due from reception"),
    "starts.knowledge": ("已掌握的情况须报送", "what was known called for it"),
    "starts.correction": ("伤亡口径有更正", "the approved figures changed"),
    "starts.terminated": ("响应终止后须报送", "due after the end of the response"),
    "level": ("{decision}（{level}）", "{decision} ({level})"),
    "person": ("{who}：{state}", "{who}: {state}"),
    "acting": ("{who}（代行{post}职责）", "{who} (acting for {post})"),
    "substitute": ("{who}（代行）", "{who} (acting)"),
    "comma": ("；", "; "),
    "list": ("、", ", "),
}

STATES: Final = {
    "present": ("可到场", "can go"),
    "away": ("外出", "away"),
    "unreachable": ("联系不上", "out of reach"),
    "needed_twice": ("已有他职", "needed elsewhere"),
}

POSTS: Final = {
    "commander": ("指挥长", "commander"),
    "acting": ("代行指挥长职责", "acting commander"),
    "interim": ("现场临时指挥", "interim command at the scene"),
    "field": ("现场总指挥", "field commander"),
    "city": ("接管指挥权", "command taken over"),
    "absent": ("{post}（{state}）", "{post} ({state})"),
    "from": ("T+{begin:.1f}起", "from T+{begin:.1f}"),
    "span": ("T+{begin:.1f}至T+{end:.1f}", "T+{begin:.1f} to T+{end:.1f}"),
    "unestablished": ("现场指挥部未设立", "no field headquarters set up"),
    "upwind": ("现场指挥部设在{side}侧（上风向）", "field headquarters on the {side} side (upwind)"),
    "no_wind": ("设立时不掌握风向", "wind unknown when set up"),
}
