"""What every block of a network adds to a class: Grad-CAM at its branch, shortcut and sum, and their conductance."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from explorer.questions.arrays import ArrayResult, Arrays, need, softmax, typed
from explorer.questions.attribution.methods.spec import AttributionSpec
from explorer.questions.question import Question

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class BlockMaps(ArrayResult):
    """N pictures in one network of L blocks, explained block by block; maps are as coarse as the block's feature maps."""

    blocks: tuple[str, ...]
    """Their names, first block first."""
    images: npt.NDArray[np.uint8]
    """N×H×W×C, as the network sees them."""
    labels: npt.NDArray[np.int64]
    """N, the true classes; -1 where nobody knows."""
    targets: npt.NDArray[np.int64]
    """N, the class that is explained."""
    logits: Floats
    """N×classes."""
    after: tuple[Floats, ...]
    """For each block N×h×w: Grad-CAM at its output, after the relu if there is one; sign kept."""
    branch: tuple[Floats, ...]
    """The same at F(x)."""
    shortcut: tuple[Floats, ...]
    """The same at shortcut(x); NaN in a plain block. Both add up to Grad-CAM at the sum, since both have its gradient."""
    through_branch: Floats
    """N×L, conductance through F(x): what flows to the logit through it on the way from the baseline, in logits."""
    over_shortcut: Floats
    """N×L, conductance over the shortcut; NaN in a plain block."""
    rises: Floats
    """N, the target's logit minus that of the baseline: what each block's two parts add up to, up to the steps taken."""

    def __post_init__(self) -> None:
        """Raise ValueError if the arrays do not fit each other."""
        count, length = len(self.images), len(self.blocks)
        need(self.images.ndim == 4 and count > 0, "images", self.images)
        for name in ("labels", "targets", "rises"):
            need(getattr(self, name).shape == (count,), name, getattr(self, name))
        for name in ("through_branch", "over_shortcut"):
            need(getattr(self, name).shape == (count, length), name, getattr(self, name))
        for name in _MAPS:
            for maps in getattr(self, name):
                need(maps.ndim == 3 and len(maps) == count, name, maps)
            need(len(getattr(self, name)) == length > 0, name, self.logits)

    def sum(self, block: int) -> Floats:
        """Return N×h×w, Grad-CAM at a block's sum; of a plain block at its branch."""
        carried = self.shortcut[block]
        return self.branch[block] if np.isnan(carried).all() else self.branch[block] + carried

    def place(self, block: str) -> int:
        """Return the place of a block; of a shorter network the last block of that stage, else the last of all."""
        stage = block.split(".")[0]
        same = [index for index, name in enumerate(self.blocks) if name.split(".")[0] == stage]
        return self.blocks.index(block) if block in self.blocks else (same or [len(self.blocks) - 1])[-1]

    @property
    def through(self) -> Floats:
        """N×L, what flows through each block: through its branch, and over its shortcut if it has one."""
        return np.asarray(self.through_branch + np.nan_to_num(self.over_shortcut))

    @property
    def predictions(self) -> npt.NDArray[np.int64]:
        """N, the class of the largest logit."""
        return np.asarray(self.logits.argmax(axis=1))

    @property
    def probabilities(self) -> Floats:
        """N×classes, each row adding up to 1."""
        return softmax(self.logits)

    def parts(self) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
        """Return what JSON can say of this result, and its arrays by name."""
        maps = {f"{name}-{index}": one for name in _MAPS for index, one in enumerate(getattr(self, name))}
        return {"blocks": list(self.blocks)}, {name: getattr(self, name) for name in _ARRAYS} | maps

    @classmethod
    def of(cls, head: dict[str, Any], arrays: Arrays) -> "BlockMaps":
        """Return the result of such parts."""
        blocks = tuple(str(name) for name in head["blocks"])
        fields: dict[str, Any] = {name: typed(arrays[name], kind, name) for name, kind in _ARRAYS.items()}
        for name in _MAPS:
            fields[name] = tuple(typed(arrays[f"{name}-{index}"], np.float32, name) for index in range(len(blocks)))
        return cls(blocks=blocks, **fields)


_MAPS = ("after", "branch", "shortcut")
_ARRAYS = {
    "images": np.uint8, "labels": np.int64, "targets": np.int64, "logits": np.float32,
    "through_branch": np.float32, "over_shortcut": np.float32, "rises": np.float32,
}  # fmt: skip

QUESTION = Question(__name__, AttributionSpec, BlockMaps, doing="Computing the maps", takes_file=True)
