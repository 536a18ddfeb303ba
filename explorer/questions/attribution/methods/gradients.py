"""The methods that send gradients back to the pixels: captum's, each as one function from a question to a map."""

import torch
from captum.attr import (
    DeepLift,
    GradientShap,
    GuidedBackprop,
    InputXGradient,
    IntegratedGradients,
    NoiseTunnel,
    Saliency,
)
from torch import Tensor

from explorer.questions.attribution.methods.posed import Answer, Question, drawn_from, hooking

FIRST_STEPS, MOST_STEPS = 32, 1024
"""Points of the Gauss-Legendre rule that integrated gradients begin with, and end with whatever the delta."""


def saliency(question: Question) -> Answer:
    """The logit's gradient with respect to every pixel, signed, summed over channels."""
    gradient = Saliency(question.forward).attribute(_watched(question), target=question.targets, abs=False)
    return Answer(gradient.sum(1))


def input_x_gradient(question: Question) -> Answer:
    """The gradient times what the network reads, summed over channels."""
    return Answer(
        InputXGradient(question.forward).attribute(_watched(question), target=question.targets).sum(1).detach()
    )


def integrated_gradients(question: Question) -> Answer:
    """Sundararajan et al. 2017, equation 1, summed over channels; steps are doubled until the delta is small enough.

    Small enough is `tolerance` times the logit's rise over the baseline, or times 1 where it rises by less.
    """
    maps, deltas = torch.empty_like(question.images[:, 0]), torch.empty_like(question.images[:, 0, 0, 0])
    left, steps = torch.arange(question.count, device=deltas.device), FIRST_STEPS
    while len(left):
        maps[left], deltas[left] = _integrate(question.of(left), steps)
        rises = maps[left].sum((1, 2)) - deltas[left]
        missed = deltas[left].abs() > question.settings.tolerance * rises.abs().clamp_min(1)
        left, steps = left[missed], steps * 2
        if steps > MOST_STEPS:
            break
    return Answer(maps, deltas)


def _integrate(question: Question, steps: int) -> tuple[Tensor, Tensor]:
    attribution, deltas = IntegratedGradients(question.forward).attribute(
        question.images,
        question.baselines,
        target=question.targets,
        n_steps=steps,
        internal_batch_size=question.count * question.steps_at_once,
        return_convergence_delta=True,
    )
    return attribution.sum(1), deltas.to(attribution.dtype)


def smoothgrad(question: Question) -> Answer:
    """Saliency averaged over noisy copies of a picture; each picture draws the same noise, alone or among others."""
    return Answer(torch.cat([_smooth(one) for one in question.each()]))


def _smooth(question: Question) -> Tensor:
    settings, image = question.settings, question.images
    with drawn_from(settings.seed, image.device):
        attribution = NoiseTunnel(Saliency(question.forward)).attribute(
            _watched(question),
            nt_type="smoothgrad",
            nt_samples=settings.samples,
            nt_samples_batch_size=min(settings.samples, question.steps_at_once),
            stdevs=settings.noise * float(image.max() - image.min()),
            target=question.targets,
            abs=False,
        )
    mean: Tensor = attribution.sum(1).detach()
    return mean


def gradient_shap(question: Question) -> Answer:
    """Gradients at random places between a picture and one of the reference pictures, times that difference."""
    return Answer(torch.cat([_shap(one) for one in question.each()]))


def _shap(question: Question) -> Tensor:
    references = question.baselines if question.references is None else question.references
    with drawn_from(question.settings.seed, question.images.device):
        attribution = GradientShap(question.forward).attribute(
            question.images, references, n_samples=question.settings.samples, target=question.targets
        )
    shares: Tensor = attribution.sum(1).detach()
    return shares


def deeplift(question: Question) -> Answer:
    """Shrikumar et al. 2017, rescale rule, summed over channels; adds up to the logit's rise over the baseline."""
    with hooking():
        attribution, deltas = DeepLift(question.forward).attribute(
            _watched(question), question.baselines, target=question.targets, return_convergence_delta=True
        )
    return Answer(attribution.sum(1).detach(), deltas.detach())


def guided_backpropagation(question: Question) -> Answer:
    """The gradient with what is negative cut off at every relu on the way back."""
    with hooking():
        attribution = GuidedBackprop(question.forward).attribute(_watched(question), question.targets)
    return Answer(attribution.sum(1).detach())


def _watched(question: Question) -> Tensor:
    return question.images.clone().requires_grad_()
