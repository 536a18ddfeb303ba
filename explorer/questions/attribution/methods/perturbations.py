"""The methods that paint parts of the picture over: captum's, each as one function from what is posed to a map."""

import numpy as np
import numpy.typing as npt
import torch
from captum.attr import FeatureAblation, KernelShap, Occlusion
from skimage.segmentation import slic
from torch import Tensor

from explorer.questions.attribution.methods.posed import Explanation, Posed, drawn_from


def occlusion(posed: Posed) -> Explanation:
    """Zeiler and Fergus 2014: what the logit loses under a window, averaged over the windows that cover a pixel."""
    channels, height, width = posed.images.shape[1:]
    side, stride = occlusion_window(min(height, width), posed.settings.window)
    attribution = Occlusion(posed.forward).attribute(
        posed.images, sliding_window_shapes=(channels, side, side), strides=(channels, stride, stride),
        baselines=posed.baselines, target=posed.targets, perturbations_per_eval=posed.steps_at_once,
    )  # fmt: skip
    return Explanation(attribution[:, 0])  # the window covers all channels: each has the same value


def occlusion_window(side: int, part: int = 4) -> tuple[int, int]:
    """Return side and stride of the occluding window: that part of the picture, moved by half of it."""
    window = max(2, side // part)
    return window, window // 2


def feature_ablation(posed: Posed) -> Explanation:
    """What the logit loses when one superpixel shows the baseline; each of its pixels has the whole loss."""
    attribution = FeatureAblation(posed.forward).attribute(
        posed.images, baselines=posed.baselines, target=posed.targets, feature_mask=posed.segments,
        perturbations_per_eval=posed.steps_at_once,
    )  # fmt: skip
    return Explanation(attribution[:, 0])


def kernel_shap(posed: Posed) -> Explanation:
    """Shapley values of a picture's superpixels (Lundberg and Lee 2017, theorem 2), each pixel with the whole value."""
    return Explanation(torch.cat([_shapley(one) for one in posed.each()]))


def _shapley(posed: Posed) -> Tensor:
    with drawn_from(posed.settings.seed, posed.images.device):
        attribution = KernelShap(posed.forward).attribute(
            posed.images, posed.baselines, target=posed.targets, feature_mask=posed.segments,
            n_samples=posed.settings.coalitions, perturbations_per_eval=posed.batch,
        )  # fmt: skip
    values: Tensor = attribution[:, 0]
    return values


def superpixels(picture: npt.NDArray[np.uint8], count: int) -> npt.NDArray[np.int64]:
    """Return H×W, for every pixel of an H×W×C picture the superpixel it is in, about `count`, counted from 0.

    SLIC (Achanta et al. 2012, doi:10.1109/TPAMI.2012.120), as scikit-image has it, on a picture smoothed by a
    twentieth of its side, so that noise does not tear superpixels apart; where it still finds fewer than 4, quarters.
    """
    coloured = np.repeat(picture, 3, axis=2) if picture.shape[2] == 1 else picture
    smooth = max(0.5, len(picture) / 20)
    found = slic(coloured, n_segments=count, compactness=20, sigma=smooth, min_size_factor=0.25, start_label=0, channel_axis=2)
    if len(np.unique(found)) < 4:
        rows, columns = np.indices(found.shape)
        found = 2 * (2 * rows // found.shape[0]) + 2 * columns // found.shape[1]
    return np.asarray(np.unique(found, return_inverse=True)[1].reshape(found.shape), np.int64)
