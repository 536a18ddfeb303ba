"""How long networks take for their multiply-adds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from explorer.questions.question import Question
from explorer.questions.result import Result
from explorer.questions.speed.spec import SpeedSpec


class Speed(Result):
    """One network, timed on one device; everything is per picture."""

    title: str
    """The network's name and width."""
    macs: int
    """Multiply-adds of one forward pass."""
    numbers: int
    """Numbers that its layers read and write in one forward pass, weights left out."""
    layers: int
    """Modules that a forward pass calls."""
    forward: float
    """Seconds of a forward pass in evaluation mode, median over rounds."""
    training: float
    """Seconds of forward, backward and update."""
    batch: int
    device: str

    @property
    def rate(self) -> float:
        """Multiply-adds a second, forward."""
        return self.macs / self.forward


def slowest(results: Sequence[Speed]) -> Speed:
    """Return the network that does the fewest multiply-adds a second."""
    return min(results, key=lambda one: one.rate)


@dataclass(frozen=True, slots=True)
class Reason:
    """How the slowest network differs from the median one, for each multiply-add."""

    title: str
    slower: float
    """How many times the median network's time it takes."""
    traffic: float
    """How many times as many numbers it moves."""
    calls: float
    """How many times as many layers it calls."""

    @property
    def nearest(self) -> str:
        """Which of both counts comes nearest to the factor in time, on a log scale."""
        far = {"memory traffic": self.traffic, "the number of calls": self.calls}
        return min(far, key=lambda name: abs(math.log(far[name] / self.slower)))


def slow_because(results: Sequence[Speed]) -> Reason:
    """Return what is known about why the slowest network of a ladder is."""
    one = slowest(results)
    return Reason(
        one.title,
        slower=median(other.rate for other in results) / one.rate,
        traffic=one.numbers / one.macs / median(other.numbers / other.macs for other in results),
        calls=one.layers / one.macs / median(other.layers / other.macs for other in results),
    )


QUESTION = Question(__name__, SpeedSpec, Speed, doing="Timing")
