from explorer.runs.records import Run
from explorer.runs.store import Store
from tests.studio import again, figures, mine, names, opened, runs, work

__all__ = ["mine", "runs"]


def test_every_block_view_draws_parts_strips_and_flows(store: Store, runs: list[Run]) -> None:
    app = opened(view="Blocks", run=names(runs))
    work(store)
    drawn = figures(again(app))
    assert len(drawn) == 4  # parts, a strip a network, flows
    assert "no shortcut" in app.markdown[0].value
    assert [trace["name"] for trace in drawn[-1]["data"]] == ["A branch", "B branch", "B shortcut"]
    app.selectbox(key="block").set_value("stage1.block1")
    assert len(figures(again(app))) == 4
    assert len(store.jobs(kind="attribution.blocks")) == 1
