import itertools
from typing import Any

import pytest
import torch

from explorer.networks import build
from explorer.runs.snippet import snippet
from explorer.specs import Block, NetworkSpec, Normalisation, Order, Shortcut


@pytest.mark.parametrize("variant", list(itertools.product(Block, Order, Shortcut, Normalisation)))
@pytest.mark.parametrize(("depth", "scale"), [(20, 0.5), (38, 1.0)])
def test_the_copied_file_builds_the_same_network_and_loads_its_weights(variant: tuple[Any, ...], depth: int, scale: float) -> None:
    block, order, shortcut, norm = variant
    spec = NetworkSpec(
        depth=depth,
        block=block,
        order=order,
        shortcut=shortcut,
        normalisation=norm,
        width=4,
        branch_scale=scale,
        input_shape=(1, 8, 8),
    )
    network = build(spec, seed=1)
    with torch.no_grad():  # running statistics other than 0 and 1
        network.train()(torch.randn(8, 1, 8, 8))
    network.eval()
    names: dict[str, Any] = {"__name__": "copied"}
    exec(compile(snippet(spec), "copied.py", "exec"), names)
    copied = names["build"]()
    copied.load_state_dict(network.state_dict(), strict=True)
    x = torch.randn(2, 1, 8, 8)
    torch.testing.assert_close(copied(x), network(x), rtol=1e-5, atol=1e-6)


def test_the_copied_file_stays_short_whatever_the_depth() -> None:
    assert len(snippet(NetworkSpec(depth=1202)).splitlines()) < 130
