"""All labs, in the order of the documents' story."""

from importlib import import_module

from explorer.labs.lab import Lab

ORDER = (
    "highway", "strength", "identity", "correction", "sharpening", "approximation", "zero_start", "euler", "ensemble",
    "gate", "through_time", "skip_layer", "rank_collapse",
)  # fmt: skip
LABS: dict[str, Lab] = {name: import_module(f"explorer.labs.{name}.words").LAB for name in ORDER}
