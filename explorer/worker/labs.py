"""The jobs behind the labs: small networks that need autograd or training."""

from collections.abc import Callable, Mapping

from explorer.measure.highway import scalar_gradients
from explorer.measure.spirals import learn_spirals
from explorer.measure.strength import input_gradient
from explorer.results.result import to_json
from explorer.runs.store import Store
from explorer.specs.labs import HighwayQuestion
from explorer.specs.spirals import SpiralsQuestion
from explorer.specs.strength import StrengthQuestion
from explorer.worker.asked import Report, validated


def highway_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return the measured gradients of scalar networks as JSON; raises ValueError, one sentence for the page."""
    del blob, store, report
    question = validated(HighwayQuestion, payload)
    return to_json([scalar_gradients(question.a, question.depth)])


def strength_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return a block's input gradient as JSON; raises ValueError, one sentence for the page."""
    del blob, store, report
    return to_json([input_gradient(validated(StrengthQuestion, payload))])


def spirals_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return the trained residual and implicit network as JSON; raises ValueError, one sentence for the page."""
    del blob, store
    steps = validated(SpiralsQuestion, payload).steps

    def part(place: int) -> Callable[[float, str], None]:
        return lambda share, words: report((place + share) / 2, words)

    return to_json([learn_spirals(steps, implicit=bool(place), report=part(place)) for place in (0, 1)])
