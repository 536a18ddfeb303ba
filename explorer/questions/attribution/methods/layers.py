"""The methods that read one block's output: captum's, each as one function from a question to a map."""

import torch
from captum.attr import GuidedGradCam, LayerAttribution, LayerConductance, LayerGradCam
from torch import Tensor

from explorer.questions.attribution.methods.posed import Answer, Question, hooking

CONDUCTANCE_STEPS = 50
"""Points on the way from the baseline, captum's default."""


def grad_cam(question: Question) -> Answer:
    """Selvaraju et al. 2017, equation 2 at the block's output, upsampled to the picture.

    Departure: without the paper's last relu, so that what speaks against the class is seen as well.
    """
    images = question.images.clone().requires_grad_()
    coarse = LayerGradCam(question.forward, question.block).attribute(images, question.targets, relu_attributions=False)
    return Answer(upsampled(coarse.detach(), question.images))


def guided_grad_cam(question: Question) -> Answer:
    """Guided backpropagation times the positive part of Grad-CAM (Selvaraju et al. 2017, section 3.2)."""
    images = question.images.clone().requires_grad_()
    with hooking():
        attribution = GuidedGradCam(question.forward, question.block).attribute(
            images, question.targets, interpolate_mode="bilinear"
        )
    return Answer(attribution.sum(1).detach())


def conductance(question: Question) -> Answer:
    """Dhamdhere et al. 2018, equation 3 for every unit of the block's output, summed over channels and upsampled.

    A place of the block's output spreads over many pixels; its share is divided by their number, so that the map
    still adds up to about the logit's rise. One picture at a time: captum takes twice as long for a batch of 8.
    """
    return Answer(torch.cat([_conducted(one) for one in question.each()]))


def _conducted(question: Question) -> Tensor:
    shares = LayerConductance(question.forward, question.block).attribute(
        question.images,
        question.baselines,
        target=question.targets,
        n_steps=CONDUCTANCE_STEPS,
        internal_batch_size=question.count * question.steps_at_once,
    )
    coarse = shares.sum(1, keepdim=True).detach()
    area = question.images[0, 0].numel() / coarse[0, 0].numel()
    spread: Tensor = upsampled(coarse, question.images) / area
    return spread


def upsampled(coarse: Tensor, images: Tensor) -> Tensor:
    """Return N×H×W from N×1×h×w, bilinear, in the size of the pictures."""
    large: Tensor = LayerAttribution.interpolate(coarse, tuple(images.shape[2:]), "bilinear")
    return large.squeeze(1)
