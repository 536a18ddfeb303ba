"""What `train` yields: small frozen events, in the order they happened."""

from dataclasses import dataclass

LAYERWISE = ("responses", "updates")
BLOCKWISE = ("shortcut_gradients", "branch_gradients", "block_gradients", "added", "added_cosines")
"""What a step records besides gradient norms, in this order everywhere: a value a weighted layer, then a value a block."""


@dataclass(frozen=True, slots=True)
class Started:
    """Training begins, or goes on from a checkpoint."""

    step: int
    """0, or the checkpoint's step."""
    steps: int
    """The step at which it will be finished."""
    device: str
    """cuda, mps or cpu."""
    device_name: str
    """The product name, such as NVIDIA H200."""
    precision: str
    """fp32 or bf16: what every number of this run was measured in."""
    layers: tuple[str, ...]
    """Weighted layers, first first: the order of every `gradient_norms`."""


@dataclass(frozen=True, slots=True)
class Step:
    """One logged step. Loss, accuracy and gradients are those of its batch, before its update."""

    step: int
    """1 for the first update."""
    loss: float
    """Cross-entropy in nats, mean over the batch."""
    accuracy: float
    """Share of the batch classified rightly, 0 to 1."""
    learning_rate: float
    seconds: float
    """Wall time per step since the last logged step."""
    gradient_norms: tuple[float, ...]
    """Euclidean norm of the loss gradient with respect to each weighted layer's weight (not its bias), first
    layer first; without weight decay."""
    responses: tuple[float, ...] = ()
    """Standard deviation of each weighted layer's response (see `Outline.responses`) to the first 16 pictures of the
    batch; like all that follows empty where it was not recorded."""
    updates: tuple[float, ...] = ()
    """‖Δw‖/‖w‖ of each weighted layer's weight: what this step's update changed, weight decay included."""
    shortcut_gradients: tuple[float, ...] = ()
    """Euclidean norm of what of ∂E/∂x, x the block's input, came over the shortcut, first block first; 0 in a plain
    block, which has one term. E is the mean loss of the batch."""
    branch_gradients: tuple[float, ...] = ()
    """The same for what came through the branch."""
    block_gradients: tuple[float, ...] = ()
    """The norm of the whole ∂E/∂x, which is the sum of both terms."""
    added: tuple[float, ...] = ()
    """‖F(x)‖/‖shortcut(x)‖ over the first 16 pictures; NaN in a plain block, like the next."""
    added_cosines: tuple[float, ...] = ()
    """Cosine between F(x) and shortcut(x) over the first 16 pictures."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Both sets measured in evaluation mode (running batch-norm statistics)."""

    step: int
    train_loss: float
    train_error: float
    """Share misclassified, 0 to 1."""
    test_loss: float
    test_error: float


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Everything needed to go on from here: two safetensors files."""

    step: int
    weights: bytes
    """The network's state dict, in fp32."""
    state: bytes
    """The optimiser's buffers."""


@dataclass(frozen=True, slots=True)
class Finished:
    """All steps are done."""

    step: int
    train_error: float
    test_error: float
    seconds: float
    """Wall time of the steps, evaluations left out."""


@dataclass(frozen=True, slots=True)
class Diverged:
    """The loss stopped being finite."""

    step: int
    layer: str
    """First layer, in forward order, whose output was not finite."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Training cannot go on; the reason is a sentence that says what to do."""

    step: int
    reason: str


Event = Started | Step | Evaluation | Checkpoint | Finished | Diverged | Failed
