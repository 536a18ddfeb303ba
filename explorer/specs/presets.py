"""Races worth a click, in the order of the documents' story."""

from dataclasses import dataclass

from explorer.specs.experiment import Race
from explorer.specs.network import Block, NetworkSpec, Normalisation, Order, Shortcut
from explorer.specs.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Preset:
    """A named race; the page has the words that go with the name."""

    name: str
    race: Race


def _network(depth: int, shortcut: Shortcut = Shortcut.A, **changes: object) -> NetworkSpec:
    fields = {"depth": depth, "shortcut": shortcut, "width": 8, "input_shape": (1, 8, 8), **changes}
    return NetworkSpec.model_validate(fields)


PRESETS = (
    Preset("degradation", Race(networks=(_network(56, Shortcut.NONE), _network(56)))),
    Preset(
        "shallow-and-deep", Race(networks=(_network(20, Shortcut.NONE), _network(56, Shortcut.NONE), _network(20), _network(56)))
    ),
    Preset("shortcut-options", Race(networks=tuple(_network(20, option) for option in (Shortcut.A, Shortcut.B, Shortcut.C)))),
    Preset("basic-or-bottleneck", Race(networks=(_network(56, Shortcut.B), _network(56, Shortcut.B, block=Block.BOTTLENECK)))),
    Preset("pre-activation-110", Race(networks=(_network(110), _network(110, order=Order.PRE)), recipe=Recipe(warmup=50))),
    Preset(
        "without-normalisation",
        Race(
            networks=(
                _network(20, Shortcut.NONE, normalisation=Normalisation.NONE),
                _network(20, normalisation=Normalisation.NONE),
            ),
            recipe=Recipe(learning_rate=0.01),
        ),
    ),
)
"""The first is what the app opens with."""
