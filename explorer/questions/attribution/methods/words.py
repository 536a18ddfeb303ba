"""What the studio says of its methods: a card for each, what was found, and what can be taken out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.drawing.palette import LETTERS
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.spec import Method
from explorer.specs.control import Choice


@dataclass(frozen=True, slots=True)
class MethodCard:
    """One method in a paragraph."""

    title: str
    answers: str
    formula: str
    """KaTeX; f_c is the logit of class c, x the picture, x' the baseline."""
    cost: str
    misleads: str
    source: str

    @property
    def told(self) -> str:
        """The paragraph, as Markdown."""
        return f"**{self.title}.** {self.answers} ${self.formula}$. Costs {self.cost}. Misleads: {self.misleads}. *{self.source}.*"


CARDS = {
    Method.SALIENCY: MethodCard(
        "Saliency",
        "How much would the logit rise if this pixel grew brighter?",
        r"\sum_{\text{channels}} \partial f_c / \partial x",
        "one pass forward and back",
        "gradients of a deep network shatter into noise, and a pixel that already saturates the logit gets nothing",
        "Simonyan et al. 2014, arXiv:1312.6034",
    ),
    Method.INPUT_X_GRADIENT: MethodCard(
        "Input × gradient",
        "The first-order share of every pixel, as if the network were linear between the mean colour and the picture.",
        r"x \cdot \partial f_c / \partial x",
        "one pass forward and back",
        "pixels of the mean colour get nothing, whatever they mean; shares do not add up",
        "Shrikumar et al. 2016, arXiv:1605.01713",
    ),
    Method.INTEGRATED_GRADIENTS: MethodCard(
        "Integrated gradients",
        "This pixel's share in the rise of the logit over the baseline. Δ under a map is what the shares miss of that rise.",
        r"(x - x') \int_0^1 \partial f_c\big(x' + \alpha (x - x')\big) / \partial x \, d\alpha",
        "32 passes and back, doubled until Δ is below the tolerance",
        "pixels as dark as the baseline get nothing; the way there leads through pictures the network never saw",
        "Sundararajan et al. 2017, arXiv:1703.01365",
    ),
    Method.SMOOTHGRAD: MethodCard(
        "SmoothGrad",
        "Saliency that survives small noise in the picture.",
        r"\tfrac{1}{n} \sum_i \partial f_c(x + \varepsilon_i) / \partial x, \; \varepsilon_i \sim \mathcal{N}(0, \sigma^2)",
        "one pass and back for each noisy copy",
        "it explains noisy pictures, not this one; the map changes with σ",
        "Smilkov et al. 2017, arXiv:1706.03825",
    ),
    Method.GRADIENT_SHAP: MethodCard(
        "Gradient SHAP",
        "This pixel's share in the rise over ordinary training pictures instead of one baseline.",
        r"\mathbb{E}_{x', \alpha}\big[(x - x') \, \partial f_c(x' + \alpha (x - x')) / \partial x\big]",
        "one pass and back for each sample",
        "few samples leave noise, and the reference pictures shine through the map",
        "Lundberg and Lee 2017, arXiv:1705.07874",
    ),
    Method.DEEPLIFT: MethodCard(
        "DeepLift",
        "Differences to the baseline, sent back layer by layer; they add up exactly.",
        r"\Delta x \cdot m, \quad m_{\text{relu}} = \Delta y / \Delta x",
        "one pass of both pictures and back",
        "the rule treats every relu by itself and can cancel what flows on two ways",
        "Shrikumar et al. 2017, arXiv:1704.02685",
    ),
    Method.GUIDED_BACKPROPAGATION: MethodCard(
        "Guided backpropagation",
        "A gradient in which only what raises every relu's output is sent on.",
        r"R^{l} = (x^{l} > 0) \, (R^{l+1} > 0) \, R^{l+1}",
        "one pass forward and back",
        "it partly restores the picture and hardly changes when the weights are random: see the sanity checks",
        "Springenberg et al. 2015, arXiv:1412.6806",
    ),
    Method.GRAD_CAM: MethodCard(
        "Grad-CAM",
        "Where the channels that speak for the class are active at the chosen block. The sign is kept, which the paper cuts off.",
        r"\sum_k \Big(\tfrac{1}{hw} \sum_{ij} \partial f_c / \partial A^k_{ij}\Big) A^k",
        "one pass forward and back",
        "as coarse as the block's feature map; in early blocks the mean gradient says little",
        "Selvaraju et al. 2017, arXiv:1610.02391",
    ),
    Method.GUIDED_GRAD_CAM: MethodCard(
        "Guided Grad-CAM",
        "Guided backpropagation, kept where Grad-CAM is positive.",
        r"R^{0} \cdot \max(0, \text{Grad-CAM})",
        "two passes forward and back",
        "its fine lines are those of guided backpropagation, with the same weakness",
        "Selvaraju et al. 2017, arXiv:1610.02391, section 3.2",
    ),
    Method.CONDUCTANCE: MethodCard(
        "Conductance",
        "How much of the logit's rise flows through each place of the chosen block's output.",
        r"\sum_k \int_0^1 \frac{\partial f_c}{\partial A^k} \frac{\partial A^k}{\partial \alpha} \, d\alpha",
        "50 passes forward and back",
        "places of a late block see the whole picture, so where they lie is not where they look",
        "Dhamdhere et al. 2018, arXiv:1805.12233",
    ),
    Method.OCCLUSION: MethodCard(
        "Occlusion",
        "What the logit loses when a window shows the baseline instead.",
        r"f_c(x) - f_c(x \text{ with the window painted over})",
        "one pass for each place of the window",
        "what stands twice in the picture is missed, since the other copy remains; the window is a shape of its own",
        "Zeiler and Fergus 2014, arXiv:1311.2901",
    ),
    Method.FEATURE_ABLATION: MethodCard(
        "Feature ablation",
        "What the logit loses when one superpixel shows the baseline instead.",
        r"f_c(x) - f_c(x \text{ without the superpixel})",
        "one pass for each superpixel",
        "superpixels that only count together each seem to count for nothing",
        "superpixels: SLIC, Achanta et al. 2012, doi:10.1109/TPAMI.2012.120",
    ),
    Method.KERNEL_SHAP: MethodCard(
        "KernelSHAP",
        "Each superpixel's fair share in the rise of the logit over all ways of leaving others out.",
        r"\phi_i = \sum_{S \not\ni i} \frac{|S|!\,(n-|S|-1)!}{n!} \big(f_c(S \cup i) - f_c(S)\big)",
        "one pass for each sampled set of superpixels",
        "few sets leave it noisy; patched pictures are unlike any the network learned from",
        "Lundberg and Lee 2017, arXiv:1705.07874, theorem 2",
    ),
}
SYMBOLS = "$f_c$ logit of the explained class, $x$ picture, $x'$ baseline, $A^k$ channel k of the block's output."
FORMAT = Choice(
    "picture_format", "Pictures (the camera above the wall saves them)", "png",
    options=("png", "svg"), words=str.upper, address=False,
)  # fmt: skip
TAKEN: Choice[Method] = Choice(
    "take_method", "With captum alone", Method.SALIENCY,
    options=tuple(Method), words=lambda method: CARDS[method].title, address=False,
)  # fmt: skip
TAKEN_FROM = Choice("take_network", "Network", "A", options=tuple(LETTERS), address=False)
PERMALINK = (
    "The page's address holds networks, pictures, methods and settings: it is a permalink. A picture of your own is not in it."
)


def finding(results: Sequence[AttributionResult], titles: Sequence[str]) -> str:
    """Return in a few words how the networks' answers compare on these pictures; `titles` are the networks' names."""
    first, count = results[0], len(results[0].images)
    names = [f"{letter} {title}" for letter, title in zip(LETTERS, titles, strict=False)]
    if (first.labels >= 0).all():
        right = [int((result.predictions == first.labels).sum()) for result in results]
        scores = ", ".join(f"{name}: {score}" for name, score in zip(names, right, strict=True))
        return f"Right answers on {count} {'picture' if count == 1 else 'pictures'}. {scores}"
    if len(results) == 1:
        return f"One picture, seen by {names[0]}"
    agree = len({int(result.predictions[0]) for result in results}) == 1
    return f"{', '.join(names)} {'agree' if agree else 'disagree'} on this picture"


def unreached(results: Sequence[AttributionResult], tolerance: float) -> str:
    """Return a sentence on maps of integrated gradients whose delta stayed above the tolerance, if there are any."""
    method = Method.INTEGRATED_GRADIENTS
    deltas = [
        np.abs(one.deltas[method]) > tolerance * np.maximum(1, np.abs(one.explained)) for one in results if method in one.deltas
    ]
    count, whole = sum(int(one.sum()) for one in deltas), sum(one.size for one in deltas)
    if not count:
        return ""
    return (
        f"Integrated gradients: after the most steps that are taken, {count} of {whole} maps still miss more than the tolerance "
        f"of {100 * tolerance:g} % of the logit's rise (or of 1)."
    )
