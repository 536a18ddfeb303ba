from explorer.runs.store import Store
from explorer.specs.graft import Change, Graft
from tests.pages import fresh, shown, text
from tests.questions.graft.sample import GRAFTED

__all__ = ["fresh"]


def test_a_change_of_depth_is_measured_and_can_be_trained_on(store: Store) -> None:
    app = shown(store, "dissect", "graft", GRAFTED, view="Change the depth")
    assert "A recorded plain-20 0.25 → 2.5" in text(app)
    assert "5 % → 90 %" in text(app)
    app.number_input(key="graft_steps").set_value(30)
    next(one for one in app.button if one.label == "Go on training").click().run()
    runs = [run for run in store.runs() if not run.recorded]
    assert sorted(run.experiment.network.title for run in runs) == ["plain-26", "plain-62", "residual-26", "residual-62"]
    assert {run.experiment.recipe.steps for run in runs} == {30}
    origin = next(run.origin for run in runs if run.experiment.network.title == "plain-62")
    assert origin == Graft(run="recorded-shallow-and-deep-plain-56", step=200, change=Change.INSERT)
