from explorer.questions.switchboard.result import FirstStep
from explorer.questions.switchboard.spec import SCALES
from explorer.runs.store import Store
from explorer.specs import Normalisation
from tests.pages import asked, fresh, opened, shown

__all__ = ["fresh"]
RESULTS = tuple(
    FirstStep(
        plain=plain, normalisation=normalisation, scale=scale, depths=(8, 110),
        first=(1.0, 2.5e6 if plain else 20.0), low=(0.5, 0.1), high=(1.0, 3e6),
    )
    for plain in (True, False)
    for normalisation in Normalisation
    for scale in SCALES
)  # fmt: skip


def test_it_asks_at_once_and_says_what_was_measured(store: Store) -> None:
    app = shown(store, "switchboard", "switchboard", *RESULTS)
    [(_, payload)] = asked(store, "switchboard")
    assert payload == {"order": "post", "shortcut": "A", "width": 8, "seed": 0}
    assert "with batch norm by 2.5 × 10⁶ in A plain and by 20 in B residual" in app.markdown[0].value
    assert len(app.get("plotly_chart")) == 1


def test_every_choice_is_another_question_and_stands_in_the_address(store: Store) -> None:
    app = opened("switchboard", first_order="pre", first_seed="7")
    assert asked(store, "switchboard")[0][1]["order"] == "pre"
    assert asked(store, "switchboard")[0][1]["seed"] == 7
    app.number_input(key="first_width").set_value(12).run()
    assert asked(store, "switchboard")[1][1]["width"] == 12
