"""captum's methods, each as one function from a question to a map; nothing here is clever on purpose.

Every baseline is zero in normalised units: a picture of the training set's mean colour.
"""

from collections.abc import Callable
from dataclasses import dataclass

from captum.attr import IntegratedGradients, LayerAttribution, LayerGradCam, Occlusion, Saliency
from torch import Tensor, nn

from explorer.specs.attribution import Method

INTEGRATION_STEPS = 50
"""Points of the Gauss-Legendre rule, captum's default."""
_INNER_BATCH = 64
"""Pictures that go through the network at once, whatever the method asks for."""


@dataclass(frozen=True, slots=True)
class Question:
    """A private copy of a network, pictures, and the class of each whose logit is to be explained."""

    forward: Callable[[Tensor], Tensor]
    """The network, or something that calls it and nothing else."""
    block: nn.Module
    """Whose output Grad-CAM reads."""
    images: Tensor
    """N×C×H×W, float32, normalised."""
    targets: Tensor
    """N, int64."""

    @property
    def count(self) -> int:
        """How many pictures."""
        return len(self.images)

    @property
    def steps_at_once(self) -> int:
        """How many variants of every picture fit into one inner batch."""
        return max(1, _INNER_BATCH // self.count)


@dataclass(frozen=True, slots=True)
class Answer:
    """One method's map, and what only some methods have."""

    map: Tensor
    """N×H×W."""
    deltas: Tensor | None = None
    """N, integrated gradients only."""


def saliency(question: Question) -> Answer:
    """The logit's gradient with respect to every pixel, signed, summed over channels."""
    images = question.images.clone().requires_grad_()
    gradient = Saliency(question.forward).attribute(images, target=question.targets, abs=False)
    return Answer(gradient.sum(1))


def integrated_gradients(question: Question) -> Answer:
    """Sundararajan et al. 2017, equation 1, summed over channels, with captum's convergence delta."""
    attribution, deltas = IntegratedGradients(question.forward).attribute(
        question.images,
        target=question.targets,
        n_steps=INTEGRATION_STEPS,
        internal_batch_size=question.count * question.steps_at_once,
        return_convergence_delta=True,
    )
    return Answer(attribution.sum(1), deltas)


def grad_cam(question: Question) -> Answer:
    """Selvaraju et al. 2017, equation 2 at the block's output, upsampled to the picture.

    Departure: without the paper's last relu, so that what speaks against the class is seen as well.
    """
    images = question.images.clone().requires_grad_()
    coarse = LayerGradCam(question.forward, question.block).attribute(images, question.targets, relu_attributions=False)
    sides = tuple(question.images.shape[2:])
    return Answer(LayerAttribution.interpolate(coarse.detach(), sides, "bilinear").squeeze(1))


def occlusion(question: Question) -> Answer:
    """Zeiler and Fergus 2014: what the logit loses under a window, averaged over the windows that cover a pixel."""
    channels, height, width = question.images.shape[1:]
    side, stride = occlusion_window(min(height, width))
    attribution = Occlusion(question.forward).attribute(
        question.images,
        sliding_window_shapes=(channels, side, side),
        strides=(channels, stride, stride),
        target=question.targets,
        perturbations_per_eval=question.steps_at_once,
    )
    return Answer(attribution[:, 0])  # the window covers all channels: each has the same value


def occlusion_window(side: int) -> tuple[int, int]:
    """Return side and stride of the occluding window: a quarter of the picture, moved by half of that."""
    window = max(2, side // 4)
    return window, window // 2


METHODS: dict[Method, Callable[[Question], Answer]] = {
    Method.SALIENCY: saliency,
    Method.INTEGRATED_GRADIENTS: integrated_gradients,
    Method.GRAD_CAM: grad_cam,
    Method.OCCLUSION: occlusion,
}


def passes(method: Method, count: int, side: int) -> int:
    """Return how often a method calls the network for `count` pictures of that side: the measure of progress."""
    at_once = max(1, _INNER_BATCH // count)
    window, stride = occlusion_window(side)
    windows = (-(-(side - window) // stride) + 1) ** 2
    calls = {
        Method.INTEGRATED_GRADIENTS: -(-INTEGRATION_STEPS // at_once) + 2,
        Method.OCCLUSION: -(-windows // at_once) + 1,
    }
    return calls.get(method, 1)
