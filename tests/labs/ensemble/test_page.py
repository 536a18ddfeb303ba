from explorer.runs.store import Store
from tests.labs.pages import opened, served
from tests.pages import asked

__all__ = ["served"]


def test_the_ensemble_asks_the_recorded_networks_of_20_layers_whole_and_without_the_blocks(store: Store) -> None:
    opened("ensemble", ensemble_removed="stage2.block2")
    told = [payload for _, payload in asked(store, "ensemble")]
    assert sorted(one["removed"] for one in told) == [[], ["stage2.block2"]]
    for one in told:
        assert [name.rpartition("-deep-")[2] for name in one["runs"]] == ["plain-20", "residual-20"]
