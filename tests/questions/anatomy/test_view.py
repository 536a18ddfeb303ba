from explorer.runs.store import Store
from tests.pages import fresh, shown, text
from tests.questions.anatomy.sample import RESIDUAL

__all__ = ["fresh"]


def test_it_asks_what_every_block_does_and_says_it(store: Store) -> None:
    app = shown(store, "dissect", "anatomy", RESIDUAL, view="Look inside")
    assert "Gradient over the shortcut, median block: A recorded plain-20 62.5 %" in text(app)
    assert len(app.get("plotly_chart")) == 5
