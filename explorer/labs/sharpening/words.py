"""What the sharpening lab says."""

from collections.abc import Sequence

import numpy as np

from explorer.labs import Array
from explorer.labs.lab import Lab, Try
from explorer.labs.sharpening import figure as figures
from explorer.labs.sharpening.compute import edge, picture
from explorer.labs.sharpening.result import Sharpening
from explorer.labs.sharpening.spec import SNAPSHOTS, Blur, Photo
from explorer.specs.control import Choice, Number

STEP = Choice("sharpening_step", "Step of training", 50, options=SNAPSHOTS)
BLUR = Choice("sharpening_blur", "Blur", Blur.SOFT, options=tuple(Blur))
PHOTO = Choice("sharpening_photo", "Photo", Photo.SHIPPED, options=tuple(Photo))
SEED = Number("sharpening_seed", "Seed", 0, low=0, high=99)


def _try(label: str, see: str, blur: Blur, step: int) -> Try:
    return Try(label, see, {PHOTO: Photo.SHIPPED, BLUR: blur, STEP: step, SEED: 0})


LAB = Lab(
    __name__,
    question="Learn the sharp photo, or learn the sharpening?",
    words=(
        "A photo was blurred. One small convolutional network learns to give the sharp photo, $y = F(x)$, and must first learn to "
        "give back what it sees. Its twin learns only what is missing, $y = x + F(x)$: edges. Both start with $F = 0$ and learn "
        "from the right half of the photo; you see the left half. Move the step to watch."
    ),
    tries=(
        _try("Before training", "A starts black, B as good as the blurred photo.", Blur.SOFT, 0),
        _try("A stronger blur", "More is missing, and less can be found again.", Blur.SOFTER, 400),
        _try("A moving camera", "What B adds has a direction.", Blur.MOTION, 400),
    ),
    source="Document 004, learn what is left to learn; Zhang et al. 2017 (DnCNN), arXiv:1608.03981.",
    leaves_out="Noise, and what many photos teach: one photo, one blur, one network of three layers.",
    card=lambda scheme: figures.card([edge(blur) for blur in Blur], scheme),
    leads_to=("correction", "approximation"),
)


def pictures(results: Sequence[Sharpening], step: int) -> tuple[Array, Array, Array, Array]:
    """Return x, both outputs after a step of SNAPSHOTS, and the sharp picture, as the figure takes them."""
    plain, residual = (picture(one.outputs[SNAPSHOTS.index(step)]) for one in results)
    return picture(results[0].blurred), plain, residual, picture(results[0].sharp)


def finding(results: Sequence[Sharpening], step: int) -> str:
    """Return in words how good both are after a step, beside the blurred picture, and when each passed it."""
    told = []
    for one, name in zip(results, figures.NAMES, strict=True):
        better = np.flatnonzero(np.array(one.quality) > one.untouched)
        when = f"better than x from step {better[0]}" if len(better) else "never better than x"
        told.append(f"{one.quality[step]:.1f} dB in {name} ({when})")
    return f"After {step} steps: {', '.join(told)}; x itself has {results[0].untouched:.1f} dB"


def formula(told: tuple[Array, Array, Array, Array]) -> str:
    """Return what each is asked for, with how large it is."""
    x, _, _, sharp = told
    sizes = [float(np.sqrt(np.mean(values**2))) for values in (sharp, sharp - x)]
    return (
        rf"\text{{A: }} F(x) \to f,\ \lVert f \rVert = {sizes[0]:.3g} \qquad \text{{B: }} F(x) \to r = f - x,\ "
        rf"\lVert r \rVert = {sizes[1]:.3g}"
    )
