"""A network with its data, recipe and device; and a race of several that share all but the network."""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from explorer.specs.dataset import DatasetSpec
from explorer.specs.network import NetworkSpec
from explorer.specs.recipe import Recipe


class DeviceChoice(StrEnum):
    """Where to train."""

    AUTO = "auto"
    """CUDA if there is one, else MPS, else the processor."""
    CUDA = "cuda"
    MPS = "mps"
    CPU = "cpu"


class Experiment(BaseModel):
    """Everything `train` needs to know, and all that a run stores of its origin."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    network: NetworkSpec
    """What is trained."""
    dataset: DatasetSpec = DatasetSpec()
    """What it learns from."""
    recipe: Recipe = Recipe()
    """How."""
    device: DeviceChoice = DeviceChoice.AUTO
    """Where."""

    @model_validator(mode="after")
    def _network_fits_dataset(self) -> Self:
        card = self.dataset.card
        for field, value, allowed in (
            ("input_shape", self.network.input_shape, card.input_shape),
            ("classes", self.network.classes, len(card.classes)),
        ):
            if value != allowed:
                raise PydanticCustomError(
                    "spec",
                    "{field} is {value}: {dataset} needs {allowed}.",
                    {"field": field, "value": str(value), "dataset": self.dataset.name.value, "allowed": str(allowed)},
                )
        return self


class Race(BaseModel):
    """One to four networks trained in step: same data, same recipe, same seed, same batches."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    networks: tuple[NetworkSpec, ...] = Field(min_length=1, max_length=4)
    """A, B, C, D: input shape and classes are those of the dataset, whatever is given here."""
    dataset: DatasetSpec = DatasetSpec()
    """What they learn from."""
    recipe: Recipe = Recipe()
    """How."""
    device: DeviceChoice = DeviceChoice.AUTO
    """Where."""

    @property
    def experiments(self) -> tuple[Experiment, ...]:
        """One experiment a network, each fitted to the dataset."""
        return tuple(
            Experiment(network=network, dataset=self.dataset, recipe=self.recipe, device=self.device)
            for network in self.fitted_networks
        )

    @property
    def fitted_networks(self) -> tuple[NetworkSpec, ...]:
        """The networks with the dataset's input shape and classes."""
        card = self.dataset.card
        return tuple(network.with_changes(input_shape=card.input_shape, classes=len(card.classes)) for network in self.networks)
