"""The methods that read one block's output: captum's, each as one function from what is posed to a map."""

import torch
from captum.attr import GuidedGradCam, LayerAttribution, LayerConductance, LayerGradCam
from torch import Tensor

from explorer.questions.attribution.methods.posed import Explanation, Posed, hooking

CONDUCTANCE_STEPS = 50
"""Points on the way from the baseline, captum's default."""


def grad_cam(posed: Posed) -> Explanation:
    """Selvaraju et al. 2017, equation 2 at the block's output, upsampled to the picture.

    Departure: without the paper's last relu, so that what speaks against the class is seen as well.
    """
    images = posed.images.clone().requires_grad_()
    coarse = LayerGradCam(posed.forward, posed.block).attribute(images, posed.targets, relu_attributions=False)
    return Explanation(upsampled(coarse.detach(), posed.images))


def guided_grad_cam(posed: Posed) -> Explanation:
    """Guided backpropagation times the positive part of Grad-CAM (Selvaraju et al. 2017, section 3.2)."""
    images = posed.images.clone().requires_grad_()
    with hooking():
        attribution = GuidedGradCam(posed.forward, posed.block).attribute(images, posed.targets, interpolate_mode="bilinear")
    return Explanation(attribution.sum(1).detach())


def conductance(posed: Posed) -> Explanation:
    """Dhamdhere et al. 2018, equation 3 for every unit of the block's output, summed over channels and upsampled.

    A place of the block's output spreads over many pixels; its share is divided by their number, so that the map
    still adds up to about the logit's rise. One picture at a time: captum takes twice as long for a batch of 8.
    """
    return Explanation(torch.cat([_conducted(one) for one in posed.each()]))


def _conducted(posed: Posed) -> Tensor:
    shares = LayerConductance(posed.forward, posed.block).attribute(
        posed.images, posed.baselines, target=posed.targets, n_steps=CONDUCTANCE_STEPS,
        internal_batch_size=posed.count * posed.steps_at_once,
    )  # fmt: skip
    coarse = shares.sum(1, keepdim=True).detach()
    area = posed.images[0, 0].numel() / coarse[0, 0].numel()
    spread: Tensor = upsampled(coarse, posed.images) / area
    return spread


def upsampled(coarse: Tensor, images: Tensor) -> Tensor:
    """Return N×H×W from N×1×h×w, bilinear, in the size of the pictures."""
    large: Tensor = LayerAttribution.interpolate(coarse, tuple(images.shape[2:]), "bilinear")
    return large.squeeze(1)
