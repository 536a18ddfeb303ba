"""What a person chooses, and what follows from it without torch."""

from explorer.specs.dataset import CARDS, Card, DatasetName, DatasetSpec
from explorer.specs.errors import sentences
from explorer.specs.experiment import DeviceChoice, Experiment, Race
from explorer.specs.imagenet import ImagenetSpec
from explorer.specs.layers import Layer, LayerKind, ShortcutKind
from explorer.specs.network import Block, NetworkSpec, Normalisation, Order, Shape, Shortcut, depths, nearest_depths
from explorer.specs.outline import BlockOutline, Outline, ShortcutOutline, outline
from explorer.specs.presets import PRESETS, Preset
from explorer.specs.recipe import Augmentation, Optimiser, Precision, Recipe, Schedule
from explorer.specs.settings import LimitError, Settings, SettingsError, settings

__all__ = [
    "CARDS", "PRESETS",
    "Augmentation", "Block", "BlockOutline", "Card", "DatasetName", "DatasetSpec", "DeviceChoice", "Experiment",
    "ImagenetSpec",
    "Layer", "LayerKind", "LimitError", "NetworkSpec", "Normalisation", "Optimiser", "Order", "Outline", "Precision",
    "Preset", "Race", "Recipe", "Schedule", "Settings", "SettingsError", "Shape", "Shortcut", "ShortcutKind",
    "ShortcutOutline", "depths", "nearest_depths", "outline", "sentences", "settings",
]  # fmt: skip
