"""What a person asks about the pixels: which networks, which pictures, which methods, which class."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from explorer.questions.spec import Spec, TrainedSpec
from explorer.specs.outline import BlockOutline, Outline
from explorer.specs.pretrained import PREFIX, pretrained_specs

MAX_PICTURES = 16


class Method(StrEnum):
    """A way to share a class's logit out over the pixels."""

    SALIENCY = "saliency"
    """The logit's gradient (Simonyan et al. 2014, arXiv:1312.6034), signed, summed over channels."""
    INPUT_X_GRADIENT = "input-x-gradient"
    """The gradient times the picture (Shrikumar et al. 2016, arXiv:1605.01713)."""
    INTEGRATED_GRADIENTS = "integrated-gradients"
    """Gradients along the straight way from the baseline, times that way (Sundararajan et al. 2017,
    arXiv:1703.01365): they add up to what the picture adds to the logit."""
    SMOOTHGRAD = "smoothgrad"
    """Saliency averaged over noisy copies (Smilkov et al. 2017, arXiv:1706.03825)."""
    GRADIENT_SHAP = "gradient-shap"
    """Expected gradients over several baselines (Lundberg and Lee 2017, arXiv:1705.07874)."""
    DEEPLIFT = "deeplift"
    """Differences to the baseline sent back through every layer (Shrikumar et al. 2017, arXiv:1704.02685)."""
    GUIDED_BACKPROPAGATION = "guided-backpropagation"
    """The gradient with negative parts cut at every relu (Springenberg et al. 2015, arXiv:1412.6806)."""
    GRAD_CAM = "grad-cam"
    """A block's channels weighted by their mean gradient (Selvaraju et al. 2017, arXiv:1610.02391); we keep
    the sign, where the paper cuts what is below zero."""
    GUIDED_GRAD_CAM = "guided-grad-cam"
    """Guided backpropagation times Grad-CAM (same paper, section 3.2)."""
    CONDUCTANCE = "conductance"
    """What flows to the logit through each place of a block's output (Dhamdhere et al. 2018, arXiv:1805.12233)."""
    OCCLUSION = "occlusion"
    """What the logit loses when a window is painted over (Zeiler and Fergus 2014, arXiv:1311.2901)."""
    FEATURE_ABLATION = "feature-ablation"
    """What the logit loses when one superpixel is painted over."""
    KERNEL_SHAP = "kernel-shap"
    """Shapley values of the superpixels by weighted linear regression (Lundberg and Lee 2017)."""

    @property
    def reads_block(self) -> bool:
        """Whether its map is of one block of the network."""
        return self in {Method.GRAD_CAM, Method.GUIDED_GRAD_CAM, Method.CONDUCTANCE}

    @property
    def settings_read(self) -> tuple[str, ...]:
        """The fields of MethodSettings that change its map."""
        return _READ.get(self, ())


_READ = {
    Method.INTEGRATED_GRADIENTS: ("baseline", "tolerance"),
    Method.SMOOTHGRAD: ("samples", "noise", "seed"),
    Method.GRADIENT_SHAP: ("samples", "seed"),
    Method.DEEPLIFT: ("baseline",),
    Method.CONDUCTANCE: ("baseline",),
    Method.OCCLUSION: ("baseline", "window"),
    Method.FEATURE_ABLATION: ("baseline", "segments"),
    Method.KERNEL_SHAP: ("baseline", "segments", "coalitions", "seed"),
}
USUAL = (Method.SALIENCY, Method.INTEGRATED_GRADIENTS, Method.GRAD_CAM, Method.OCCLUSION)
"""Where a newcomer begins: one of each family."""


class Baseline(StrEnum):
    """The picture that says nothing, which others are measured against."""

    MEAN = "mean"
    """The training pictures' mean colour; zero in what the network reads."""
    BLACK = "black"
    WHITE = "white"
    BLUR = "blur"
    """The picture itself without its detail: a Gaussian blur of an eighth of its side."""


class MethodSettings(Spec):
    """What may be set about the methods; each says which of them read it."""

    baseline: Baseline = Baseline.MEAN
    """Integrated gradients, DeepLift, conductance, and what painted-over places show."""
    tolerance: Annotated[float, Field(ge=0.001, le=0.5, allow_inf_nan=False)] = 0.05
    """Integrated gradients: steps are doubled until the delta is below this share of the logit's rise, or of 1."""
    samples: Annotated[int, Field(ge=2, le=128)] = 16
    """SmoothGrad's noisy copies and gradient SHAP's points."""
    noise: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] = 0.15
    """SmoothGrad: the noise's standard deviation as a share of the picture's range."""
    window: Annotated[int, Field(ge=2, le=16)] = 4
    """Occlusion: the window's side is this part of the picture's: 4 is a quarter."""
    segments: Annotated[int, Field(ge=4, le=64)] = 16
    """Feature ablation and KernelSHAP: about how many superpixels."""
    coalitions: Annotated[int, Field(ge=32, le=2048)] = 256
    """KernelSHAP: how many sets of superpixels are shown to the network."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """For the methods that draw: SmoothGrad, gradient SHAP, KernelSHAP."""


class AttributionSpec(TrainedSpec):
    """What is asked about the pixels of some pictures."""

    images: tuple[Annotated[int, Field(ge=0)], ...] | Literal["upload"]
    """Positions in the test set, or the file that comes with it."""
    methods: tuple[Method, ...] = Field(default=USUAL, min_length=1, max_length=len(Method))
    """Each at most once."""
    block: str = Field(default="", pattern=r"^(stage[1-4]\.block[1-9][0-9]{0,2})?$")
    """Which block the methods of a block read; the last one unless given."""
    target: int | Literal["predicted", "true"] = "predicted"
    """Which class's logit is explained: each network's own answer, the label, or this class."""
    settings: MethodSettings = MethodSettings()
    """What may be set about the methods."""

    @model_validator(mode="after")
    def _pictures_fit(self) -> Self:
        if self.images == "upload":
            if self.target == "true":
                raise _refusal("target is true: an uploaded picture has no label; choose predicted or a class.")
        elif not 1 <= len(self.images) <= MAX_PICTURES:
            raise _refusal(f"images has {len(self.images)} pictures: 1 to {MAX_PICTURES} are allowed.")
        return self

    @model_validator(mode="after")
    def _nothing_twice(self) -> Self:
        for field, values in (("runs", self.runs), ("methods", self.methods), ("images", self.images)):
            if values != "upload" and len(set(values)) < len(values):
                raise _refusal(f"{field} names something twice: each may be named once.")
        return self

    @model_validator(mode="after")
    def _target_is_a_class(self) -> Self:
        if isinstance(self.target, int) and self.target < 0:
            raise _refusal(f"target is {self.target}: classes count from 0.")
        return self

    @model_validator(mode="after")
    def _pretrained_ones_have_no_test_set(self) -> Self:
        ours = [name for name in self.runs if not name.startswith(PREFIX)]
        if 0 < len(ours) < len(self.runs):
            raise _refusal("runs mixes networks trained here with ImageNet's: choose either.")
        if self.pretrained:
            unknown = next((name for name in self.runs if name not in pretrained_specs()), "")
            if unknown:
                raise _refusal(f"runs names {unknown}: there are {', '.join(pretrained_specs())}.")
            if self.images != "upload":
                raise _refusal("images names test pictures: ImageNet's are not here; upload a picture.")
        return self

    @property
    def pretrained(self) -> bool:
        """Whether it is about networks that torchvision has weights for, not about ones trained here."""
        return self.runs[0].startswith(PREFIX)

    def parts(self) -> list["AttributionSpec"]:
        """Return one spec a method, so that each result is kept by itself and the first is there early.

        What a method does not read is set back, so that it does not ask anew.
        """
        return [self._of(method) for method in self.methods]

    def of_all_blocks(self) -> "AttributionSpec":
        """Return the spec about every block: the same whatever methods, block and settings but the baseline are."""
        baseline = MethodSettings(baseline=self.settings.baseline)
        return self.model_copy(update={"methods": USUAL, "block": "", "settings": baseline})

    def _of(self, method: Method) -> "AttributionSpec":
        read = MethodSettings(**{name: getattr(self.settings, name) for name in method.settings_read})
        block = self.block if method.reads_block else ""
        return self.model_copy(update={"methods": (method,), "block": block, "settings": read})


def chosen_block(form: Outline, name: str) -> BlockOutline:
    """Return the block of that name; where a stage is shorter its last block, and the last of all for ""."""
    stage = [block for block in form.blocks if block.name.split(".")[0] == name.split(".")[0]]
    return next((block for block in form.blocks if block.name == name), (stage or form.blocks)[-1])


def _refusal(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("spec", "{sentence}", {"sentence": sentence})
