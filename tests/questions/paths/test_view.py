from explorer.questions.paths.result import Paths
from explorer.runs.store import Store
from tests.pages import fresh, shown, text

__all__ = ["fresh"]
PATHS = Paths(
    counts=(1, 2, 1), single=(0.5, 0.1, 0.01), error=(0, 0, 0), together=(0.5, 0.1, 0.01), whole=0.6, pictures=8, draws=40
)  # fmt: skip


def test_paths_are_said_and_drawn(store: Store) -> None:
    app = shown(store, "dissect", "paths", PATHS, view="Paths")
    told = text(app)
    assert "90% of what all paths carry flows along those of at most: A recorded plain-20 1 of its 2 blocks" in told
    assert len(app.get("plotly_chart")) == 1
