"""The jobs behind the labs: small networks that need autograd or training."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from torch import Tensor

from explorer.datasets.picture import decode
from explorer.labs.approximation.measure import Kind, learn_function
from explorer.labs.approximation.spec import ApproximationQuestion
from explorer.labs.correction.measure import learn_correction
from explorer.labs.correction.spec import CorrectionQuestion
from explorer.labs.euler.measure import learn_spirals
from explorer.labs.euler.spec import SpiralsQuestion
from explorer.labs.highway.measure import scalar_gradients
from explorer.labs.highway.spec import HighwayQuestion
from explorer.labs.identity.measure import learn_identity
from explorer.labs.identity.spec import IdentityQuestion
from explorer.labs.sharpening.measure import halves, learn_sharpening, photo
from explorer.labs.sharpening.spec import SIDE, Photo, SharpeningQuestion
from explorer.labs.strength.measure import input_gradient
from explorer.labs.strength.spec import StrengthQuestion
from explorer.labs.through_time.measure import learn_adding
from explorer.labs.through_time.spec import AddingQuestion
from explorer.questions.given import Report, validated
from explorer.questions.result import to_json
from explorer.runs.store import Store
from explorer.specs import CARDS, DatasetName


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
    halves = _parts(report, 2)
    return to_json([learn_spirals(steps, implicit=bool(place), report=half) for place, half in enumerate(halves)])


def identity_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return the trained plain and residual stack as JSON; raises ValueError, one sentence for the page."""
    del blob, store
    question, halves = validated(IdentityQuestion, payload), _parts(report, 2)
    return to_json([learn_identity(question, shortcut=bool(place), report=half) for place, half in enumerate(halves)])


def adding_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return the trained recurrent network as JSON; raises ValueError, one sentence for the page."""
    del blob, store
    return to_json([learn_adding(validated(AddingQuestion, payload), report)])


def approximation_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return the four trained networks as JSON; raises ValueError, one sentence for the page."""
    del blob, store
    question, parts = validated(ApproximationQuestion, payload), _parts(report, 4)
    kinds: tuple[Kind, ...] = ("plain", "residual", "rest", "wide")
    return to_json([learn_function(question, kind, part) for kind, part in zip(kinds, parts, strict=True)])


def correction_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return the trained full and residual mapping as JSON; raises ValueError, one sentence for the page."""
    del blob, store
    question, halves = validated(CorrectionQuestion, payload), _parts(report, 2)
    return to_json([learn_correction(question, shortcut=bool(place), report=half) for place, half in enumerate(halves)])


def sharpening_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return both trained convolutional networks as JSON; `blob` is the photo where the question says so.

    Raises ValueError, one sentence for the page.
    """
    del store
    question, parts = validated(SharpeningQuestion, payload), _parts(report, 2)
    sharp = _own_photo(blob) if question.photo is Photo.OWN else photo()
    return to_json(
        [learn_sharpening(question, sharp, shortcut=bool(place), report=part) for place, part in enumerate(parts)]
    )


def _own_photo(content: bytes) -> Tensor:
    wide = replace(CARDS[DatasetName.DIGITS], input_shape=(1, SIDE, 2 * SIDE))
    return halves(decode(content, wide)[0, 0].float() / 255)


def _parts(report: Report, count: int) -> list[Callable[[float, str], None]]:
    """Return how each of so many equal parts of a job reports."""
    return [
        lambda share, words, first=first: report((first + share) / count, words)  # type: ignore[misc]
        for first in range(count)
    ]
