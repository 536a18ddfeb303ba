"""Maps held against the truth about where the object is: three scores a picture, and what chance would score."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
NAMES = ("inside", "pointing", "overlap", "area")


def mask_scores(maps: Floats, masks: npt.NDArray[np.bool_]) -> dict[str, npt.NDArray[np.float64]]:
    """Return N numbers for each of NAMES, from N×H×W maps and masks.

    "inside" is the share of the positive attribution that lies on the object, "pointing" whether the largest value
    does (the pointing game, Zhang et al. 2016, arXiv:1608.00507), "overlap" the intersection over union of the object
    with as many of the largest pixels as it has, and "area" the object's share of the picture, which is what a map
    without knowledge scores in the first two. A map without a positive value has nothing inside.
    """
    flat, truth = maps.reshape(len(maps), -1), masks.reshape(len(masks), -1)
    positive = np.maximum(flat, 0).astype(np.float64)
    total = positive.sum(axis=1)
    inside = (positive * truth).sum(axis=1) / np.where(total > 0, total, 1)
    pointing = truth[np.arange(len(flat)), flat.argmax(axis=1)].astype(np.float64)
    overlap = np.array([_overlap(values, mask) for values, mask in zip(flat, truth, strict=True)])
    return dict(zip(NAMES, (inside, pointing, overlap, truth.mean(axis=1)), strict=True))


def _overlap(values: Floats, mask: npt.NDArray[np.bool_]) -> float:
    size = int(mask.sum())
    chosen = np.zeros_like(mask)
    chosen[np.argsort(-values, kind="stable")[:size]] = True
    union = (chosen | mask).sum()
    return float((chosen & mask).sum() / union) if union else 1.0
