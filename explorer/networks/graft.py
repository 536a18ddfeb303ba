"""A trained network with one block a stage more, or fewer."""

from explorer.networks.build import build, zero_branch
from explorer.networks.network import ResidualNetwork
from explorer.specs.graft import Change, changed


def grafted(network: ResidualNetwork, change: Change, seed: int = 0) -> ResidualNetwork:
    """Return a new network on the CPU: all trained weights and statistics, and where blocks are new, drawn ones.

    A new block with a shortcut has a zero branch: it is the identity, also under the relu after the sum, for what comes
    in there has been through a relu. A new plain block starts as any. Raises ValueError, one sentence, where this
    network cannot be changed so.
    """
    spec = network.outline.spec
    made = build(changed(spec, change), seed)
    trained = network.state_dict()
    for block in made.outline.blocks if not spec.plain else ():
        if not any(name.startswith(f"{block.name}.") for name in trained):
            zero_branch(made, block, made.outline.spec)
    kept = {name: trained.get(name, value) for name, value in made.state_dict().items()}
    made.load_state_dict(kept, strict=True)
    return made
