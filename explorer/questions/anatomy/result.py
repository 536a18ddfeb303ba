"""What every block of a trained network does, one value a block."""

from explorer.questions.question import Question
from explorer.questions.result import Result
from explorer.questions.spec import TrainedSpec

Values = tuple[float | None, ...]
"""One a block, first to last; None where the network has no such thing, as a plain block has no shortcut."""


class Anatomy(Result):
    """One network, looked at block by block with one batch; see `explorer.questions.anatomy.measure`."""

    blocks: tuple[str, ...]
    """Names in the order of the outline."""
    shortcut_gradient: Values
    """‖g_shortcut‖: the part of ∂E/∂x that came over the shortcut; Frobenius norm over the whole batch."""
    branch_gradient: Values
    """‖g_branch‖: the part that came through the branch."""
    input_gradient: Values
    """‖∂E/∂x‖ = ‖g_shortcut + g_branch‖."""
    gradient_cosine: Values
    """Cosine between the two parts."""
    added: Values
    """‖F(x)‖ over the norm of what the shortcut carries."""
    added_cosine: Values
    """Cosine between F(x) and what the shortcut carries."""
    downhill: Values
    """Mean over pictures of the cosine between F(x) and −∂E/∂x, where both have one shape: whether a block steps
    down the loss, as boosting would."""
    written: Values
    """Share of the last block's output that each block wrote: ⟨carried F(x), x_L⟩ / ‖x_L‖², F(x) carried there by the later
    shortcuts. With the next three it adds up to 1. None in a plain network, and for blocks before a pre-activation
    projection, which is not linear in x."""
    written_before: float | None
    """The share of what came in before the first of these blocks: the stem's, or a pre-activation projection's."""
    written_relu: float | None
    """The share of what relus after sums cut off: it is what has to be put back."""
    written_constant: float | None
    """The share of projections' biases."""
    readout: tuple[float, ...]
    """Share of test pictures that a linear read-out gets right, after the stem and after every block."""
    batch: int
    """Training pictures in the batch of the gradients."""
    fitted: int
    """Training pictures that the read-outs were fitted to."""
    pictures: int
    """Test pictures that they were asked."""


QUESTION = Question(__name__, TrainedSpec, Anatomy, doing="Looking at every block")
