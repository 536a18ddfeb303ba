"""Two maps compared: scipy's and scikit-image's measures on every pair."""

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata
from skimage.metrics import structural_similarity

from explorer.questions.attribution.likeness.result import Likeness
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.spec import AttributionSpec
from explorer.questions.given import Given, Report, silent

Floats = npt.NDArray[np.float32]


def measure(_spec: AttributionSpec, given: Given) -> tuple[Likeness, ...]:
    """Return the Likeness of all maps in the file; raises ValueError, one sentence, if there are none."""
    found = {
        (index, str(method)): values
        for index, result in enumerate(AttributionResult.decode(given.file))
        for method, values in result.maps.items()
    }
    maps = np.stack([found[name] for name in sorted(found)])
    return (Likeness(tuple(sorted(found)), rank_correlations(maps), structural_similarities(maps, given.report)),)


def rank_correlations(maps: Floats) -> Floats:
    """Return N×M×M, Spearman's rank correlation over the pixels of M maps of each of N pictures (M×N×H×W).

    NaN where a map has one value only, since it has no order.
    """
    ranks = rankdata(maps.reshape(*maps.shape[:2], -1), axis=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.stack([np.atleast_2d(np.corrcoef(ranks[:, picture])) for picture in range(maps.shape[1])]).astype(np.float32)


def structural_similarities(maps: Floats, report: Report = silent) -> Floats:
    """Return N×M×M, structural similarity of M maps of each of N pictures (M×N×H×W).

    Wang et al. 2004 (doi:10.1109/TIP.2003.819861), windows of 7 pixels or what fits; every map is divided by its
    largest absolute value, as signs mean the same in all.
    """
    count, pictures, height, width = maps.shape
    most = np.abs(maps).max(axis=(2, 3), keepdims=True)
    scaled = maps / np.where(most > 0, most, 1)
    window = min(7, height - (1 - height % 2), width - (1 - width % 2))
    found = np.ones((pictures, count, count), np.float32)
    for first in range(count):
        report(first / count, "comparing maps")
        for second in range(first):
            for picture in range(pictures):
                value = structural_similarity(scaled[first, picture], scaled[second, picture], win_size=window, data_range=2)
                found[picture, first, second] = found[picture, second, first] = value
    return found
