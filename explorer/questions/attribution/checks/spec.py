"""Whether a method's maps are right: what they are held against."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from explorer.questions.attribution.methods.spec import USUAL, AttributionSpec, Method, MethodSettings
from explorer.questions.spec import TrainedSpec


class Check(StrEnum):
    """What maps are held against."""

    MASK = "mask"
    """The object's own pixels: only for pictures that come with a mask."""
    CURVES = "curves"
    """Insertion and deletion (Petsiuk et al. 2018, arXiv:1806.07421)."""
    FAITHFUL = "faithful"
    """Infidelity and sensitivity (Yeh et al. 2019, arXiv:1901.09392)."""
    WEIGHTS = "weights"
    """Weights made random from the top down (Adebayo et al. 2018, arXiv:1810.03292, section 4.1)."""
    LABELS = "labels"
    """The same network trained on shuffled labels (same paper, section 4.2)."""


class CheckSpec(TrainedSpec):
    """One check of some methods on the first pictures of the test set."""

    check: Check
    methods: tuple[Method, ...] = Field(default=USUAL, min_length=1, max_length=len(Method))
    """Each at most once."""
    pictures: Annotated[int, Field(ge=4, le=200)] = 32
    """How many test pictures, the first ones."""
    block: str = Field(default="", pattern=r"^(stage[1-4]\.block[1-9][0-9]{0,2})?$")
    """Which block the methods of a block read; the last one unless given."""
    target: Literal["predicted", "true"] = "true"
    """Whose logit the maps explain; the object's own unless given."""
    settings: MethodSettings = MethodSettings()
    """What may be set about the methods."""

    @classmethod
    def of(cls, spec: AttributionSpec, check: Check, pictures: int) -> "CheckSpec":
        """Return the check of what explains some networks."""
        fields = spec.model_dump(include={"runs", "step", "methods", "block", "target", "settings"})
        return cls.model_validate({**fields, "check": check, "pictures": pictures})

    def parts(self) -> list["CheckSpec"]:
        """Return one spec a method, so that each result is kept by itself; shuffled labels are learned once for all."""
        if self.check is Check.LABELS:
            return [self]
        return [self._of(method) for method in self.methods]

    def over(self, steps: Iterable[int]) -> list["CheckSpec"]:
        """Return the parts at one checkpoint after another."""
        return [part for step in steps for part in self.model_copy(update={"step": step}).parts()]

    def _of(self, method: Method) -> "CheckSpec":
        block = self.block if method.reads_block else ""
        return self.model_copy(update={"methods": (method,), "block": block})
