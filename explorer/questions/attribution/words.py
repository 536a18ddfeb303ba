"""What the studio's sidebar offers whatever is looked at, and what it says while something is missing."""

from collections.abc import Mapping

from explorer.drawing.wall import SATURATION
from explorer.questions.attribution.methods.spec import USUAL, Baseline, Method, MethodSettings
from explorer.questions.attribution.methods.words import CARDS
from explorer.specs.control import Choice, Choices, Number

BASELINES: Mapping[str, str] = {
    Baseline.MEAN: "mean colour", Baseline.BLACK: "black", Baseline.WHITE: "white", Baseline.BLUR: "blurred picture",
}  # fmt: skip
TARGETS = {"predicted": "each network's own answer", "true": "the true class"}


def _named(method: str) -> str:
    return CARDS[Method(method)].title


def _number(field: str, label: str, low: float, high: float, step: float, help_: str) -> Number[float]:
    usual = getattr(MethodSettings(), field)
    kind = type(usual)
    return Number(f"set_{field}", label, usual, low=kind(low), high=kind(high), step=kind(step), help=help_)


METHODS: Choices[Method] = Choices("methods", "Methods", USUAL, options=tuple(Method), words=_named)
METHOD: Choice[str] = Choice(
    "method", "Method", Method.GRAD_CAM.value, options=tuple(method.value for method in Method), words=_named
)
"""Of the views that compare something else."""
BLOCK = Choice(
    "block", "Block", "", options=("",),
    help="Grad-CAM, guided Grad-CAM and conductance read it; a shorter network answers at the last block of that stage.",
)  # fmt: skip
"""Offers the blocks of the longest network, the last from the start."""
TARGET = Choice("target", "Maps explain", "predicted", options=tuple(TARGETS), words=lambda name: TARGETS.get(name, name))
"""Whose logit; offers the classes too."""
OPACITY = Number("opacity", "Strength of the maps", 0.9, low=0.0, high=1.0, step=0.05)
SETTINGS: Mapping[str, Choice[str] | Number[float]] = {
    "baseline": Choice(
        "set_baseline", "Baseline", Baseline.MEAN.value, options=tuple(one.value for one in Baseline),
        words=BASELINES.__getitem__, help="The picture that says nothing.",
    ),
    "tolerance": _number(
        "tolerance", "Tolerance of Δ", 0.001, 0.5, 0.01, "Integrated gradients: share of the logit's rise."
    ),
    "samples": _number("samples", "Samples", 2, 128, 1, "SmoothGrad's noisy copies, gradient SHAP's points."),
    "noise": _number("noise", "Noise", 0.01, 1, 0.05, "SmoothGrad: deviation as a share of the picture's range."),
    "window": _number("window", "Window: one part in", 2, 16, 1, "Occlusion: 4 is a quarter of the side."),
    "segments": _number("segments", "Superpixels", 4, 64, 1, "Feature ablation and KernelSHAP: about how many."),
    "coalitions": _number("coalitions", "Sets of superpixels", 32, 2048, 32, "KernelSHAP: how many are tried."),
    "seed": _number("seed", "Seed", 0, 2**31 - 1, 1, "Of the methods that draw at random."),
}  # fmt: skip
"""How each field of MethodSettings is set."""
COLOURS = (
    "Green speaks for the class, purple against it. Each group of columns has one scale for all its pictures, "
    f"the same on both sides of zero; the strongest {100 - SATURATION:.0f}% share its last colour."
)
TWO_DATASETS = "These networks learned from different pictures: choose networks of one dataset to compare them."
NO_METHOD = "Choose at least one method in the sidebar."
NO_STEP = "These networks have no checkpoint in common yet: wait until they have trained a little."
NO_PICTURE = "No test picture answers to this choice yet: wait, or choose others in the sidebar."
NO_FILE = "Upload a picture in the sidebar to see what each network takes it for, and why."
