from explorer.questions.surface.result import Surface
from explorer.runs.store import Store
from tests.pages import asked, fresh, settle, shown, text

__all__ = ["fresh"]
LINE = Surface(places=(-0.5, 0.0, 0.5), rows=((3.0, 0.125, None),), pictures=256)
PLANE = Surface(places=(-0.5, 0.0, 0.5), rows=((3, 1, 3), (1, 0.1, 1), None), pictures=256)


def test_a_slice_comes_at_once_and_the_plane_when_it_is_asked_for(store: Store) -> None:
    app = shown(store, "dissect", "surface", LINE, view="Loss surface")
    assert "A recorded plain-20 3 (here 0.125)" in text(app)
    assert len(app.get("plotly_chart")) == 1
    app.button(key="plane").click().run()
    (_, line), (job, plane) = asked(store, "surface")
    assert (line["dimensions"], plane["dimensions"], plane["points"]) == (1, 2, 25)
    store.take(job, "worker")
    store.report(job, 0.5, "half", Surface.encode([PLANE]))
    app.run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 2
    assert app.button(key="cancel_surface")
    settle(store, "surface", PLANE, place=1)
    app.run()
    app.get("button_group")
    assert len(app.get("plotly_chart")) == 2
