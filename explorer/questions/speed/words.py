"""What the speed of networks says, and its control."""

from collections.abc import Sequence

from explorer.questions.speed.result import Speed, slow_because
from explorer.questions.speed.spec import SpeedSpec
from explorer.specs.control import Choice

BATCH = Choice("speed_batch", "Pictures at a time", 32, options=(1, 8, 32, 128))


def finding(results: Sequence[Speed]) -> str:
    """Return in words how far multiply-adds are from telling the time, as measured."""
    rates = [one.rate for one in results]
    return (
        f"On {results[0].device}, these networks do between {min(rates) / 1e9:.3g} and {max(rates) / 1e9:.3g} billion "
        f"multiply-adds a second: {max(rates) / min(rates):.3g} times"
    )


def reason(results: Sequence[Speed]) -> str:
    """Return why the slowest network is, as far as counting what it moves and calls can tell."""
    found = slow_because(results)
    return (
        f"The slowest for its size is {found.title}: a multiply-add takes it {found.slower:.3g} times the median network's "
        f"time. For each it moves {found.traffic:.3g} times as many numbers and calls {found.calls:.3g} times as many "
        f"layers: {found.nearest} comes nearest to explaining it."
    )


def caption(spec: SpeedSpec) -> str:
    """Return what was timed, and how."""
    return (
        f"Seconds a picture at 3×32×32, {spec.batch} at a time, one thread where a processor computes; median of "
        f"{spec.rounds} interleaved rounds, fp32, nothing recorded. The dotted lines are the median rates: on them, "
        "multiply-adds would tell the time. A machine that also trains is slower, and so are these numbers."
    )
