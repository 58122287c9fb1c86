"""A drill stepped through: at any moment what is true and what is known, who does what, which clocks run."""

from sim.review.playback.hotwash import Stop, hotwash
from sim.review.playback.replay import Given, Moment, Replay, replay
from sim.review.playback.tracks import Clock, Doing, Fact

__all__ = ["Clock", "Doing", "Fact", "Given", "Moment", "Replay", "Stop", "hotwash", "replay"]
