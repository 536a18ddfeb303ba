"""The methods that send gradients back to the pixels: captum's, each as one function from what is posed to a map."""

import torch
from captum import attr
from torch import Tensor

from explorer.questions.attribution.methods.posed import Explanation, Posed, drawn_from, hooking

FIRST_STEPS, MOST_STEPS = 32, 1024
"""Points of the Gauss-Legendre rule that integrated gradients begin with, and end with whatever the delta."""


def saliency(posed: Posed) -> Explanation:
    """The logit's gradient with respect to every pixel, signed, summed over channels."""
    gradient = attr.Saliency(posed.forward).attribute(_watched(posed), target=posed.targets, abs=False)
    return Explanation(gradient.sum(1))


def input_x_gradient(posed: Posed) -> Explanation:
    """The gradient times what the network reads, summed over channels."""
    return Explanation(attr.InputXGradient(posed.forward).attribute(_watched(posed), target=posed.targets).sum(1).detach())


def integrated_gradients(posed: Posed) -> Explanation:
    """Sundararajan et al. 2017, equation 1, summed over channels; steps are doubled until the delta is small enough.

    Small enough is `tolerance` times the logit's rise over the baseline, or times 1 where it rises by less.
    """
    maps, deltas = torch.empty_like(posed.images[:, 0]), torch.empty_like(posed.images[:, 0, 0, 0])
    left, steps = torch.arange(posed.count, device=deltas.device), FIRST_STEPS
    while len(left):
        maps[left], deltas[left] = _integrate(posed.of(left), steps)
        rises = maps[left].sum((1, 2)) - deltas[left]
        missed = deltas[left].abs() > posed.settings.tolerance * rises.abs().clamp_min(1)
        left, steps = left[missed], steps * 2
        if steps > MOST_STEPS:
            break
    return Explanation(maps, deltas)


def _integrate(posed: Posed, steps: int) -> tuple[Tensor, Tensor]:
    attribution, deltas = attr.IntegratedGradients(posed.forward).attribute(
        posed.images, posed.baselines, target=posed.targets, n_steps=steps,
        internal_batch_size=posed.count * posed.steps_at_once, return_convergence_delta=True,
    )  # fmt: skip
    return attribution.sum(1), deltas.to(attribution.dtype)


def smoothgrad(posed: Posed) -> Explanation:
    """Saliency averaged over noisy copies of a picture; each picture draws the same noise, alone or among others."""
    return Explanation(torch.cat([_smooth(one) for one in posed.each()]))


def _smooth(posed: Posed) -> Tensor:
    settings, image = posed.settings, posed.images
    with drawn_from(settings.seed, image.device):
        attribution = attr.NoiseTunnel(attr.Saliency(posed.forward)).attribute(
            _watched(posed), nt_type="smoothgrad", nt_samples=settings.samples,
            nt_samples_batch_size=min(settings.samples, posed.steps_at_once),
            stdevs=settings.noise * float(image.max() - image.min()), target=posed.targets, abs=False,
        )  # fmt: skip
    mean: Tensor = attribution.sum(1).detach()
    return mean


def gradient_shap(posed: Posed) -> Explanation:
    """Gradients at random places between a picture and one of the reference pictures, times that difference."""
    return Explanation(torch.cat([_shap(one) for one in posed.each()]))


def _shap(posed: Posed) -> Tensor:
    references = posed.baselines if posed.references is None else posed.references
    with drawn_from(posed.settings.seed, posed.images.device):
        attribution = attr.GradientShap(posed.forward).attribute(
            posed.images, references, n_samples=posed.settings.samples, target=posed.targets
        )
    shares: Tensor = attribution.sum(1).detach()
    return shares


def deeplift(posed: Posed) -> Explanation:
    """Shrikumar et al. 2017, rescale rule, summed over channels; adds up to the logit's rise over the baseline."""
    with hooking():
        attribution, deltas = attr.DeepLift(posed.forward).attribute(
            _watched(posed), posed.baselines, target=posed.targets, return_convergence_delta=True
        )
    return Explanation(attribution.sum(1).detach(), deltas.detach())


def guided_backpropagation(posed: Posed) -> Explanation:
    """The gradient with what is negative cut off at every relu on the way back."""
    with hooking():
        attribution = attr.GuidedBackprop(posed.forward).attribute(_watched(posed), posed.targets)
    return Explanation(attribution.sum(1).detach())


def _watched(posed: Posed) -> Tensor:
    return posed.images.clone().requires_grad_()
