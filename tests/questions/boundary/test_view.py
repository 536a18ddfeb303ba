from explorer.runs.store import Store
from tests.pages import asked, fresh, opened, shown, text
from tests.questions.boundary.sample import SIDES

__all__ = ["fresh"]


def test_the_boundary_says_what_passes(store: Store) -> None:
    app = shown(store, "dissect", "boundary", SIDES, view="Stage boundary")
    assert "padded shortcut; it looks at 25 % of the pixels, and 1 of its 2 channels are zero." in text(app)
    assert asked(store, "boundary")[0][1]["stage"] == 2
    app.number_input(key="boundary_image").set_value(5).run()
    assert asked(store, "boundary")[1][1]["image"] == 5


def test_the_boundary_waits_for_ones_own_picture(store: Store) -> None:
    app = opened("dissect", view="Stage boundary", boundary_source="My own")
    assert not app.exception
    assert "Upload a picture" in app.info[0].value
    assert asked(store, "boundary") == []
