"""The jobs behind the labs: small networks that need autograd or training."""

from collections.abc import Mapping

from explorer.labs.highway.measure import scalar_gradients
from explorer.labs.highway.spec import HighwayQuestion
from explorer.labs.strength.measure import input_gradient
from explorer.labs.strength.spec import StrengthQuestion
from explorer.labs.through_time.measure import learn_adding
from explorer.labs.through_time.spec import AddingQuestion
from explorer.questions.given import Report, validated
from explorer.questions.result import to_json
from explorer.runs.store import Store


def highway_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return the measured gradients of scalar networks as JSON; raises ValueError, one sentence for the page."""
    del blob, store, report
    question = validated(HighwayQuestion, payload)
    return to_json([scalar_gradients(question.a, question.depth)])


def strength_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return a block's input gradient as JSON; raises ValueError, one sentence for the page."""
    del blob, store, report
    return to_json([input_gradient(validated(StrengthQuestion, payload))])


def adding_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return the trained recurrent network as JSON; raises ValueError, one sentence for the page."""
    del blob, store
    return to_json([learn_adding(validated(AddingQuestion, payload), report)])
