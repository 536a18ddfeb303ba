import pytest

from explorer.runs.store import Store
from tests.labs.pages import opened, picture, served, untrained
from tests.pages import asked

__all__ = ["served", "untrained"]


def test_through_times_finding_speaks_of_all_three_networks() -> None:
    said = opened("through_time", through_time_bias="8.0", through_time_steps="10").markdown[2].value
    assert said.startswith("**Gradient left after 10 steps: A ")
    assert all(f"{name} " in said.split(". Error in adding")[0] for name in "ABC")


def test_only_the_cell_with_a_gate_is_trained_anew_when_the_bias_moves(store: Store) -> None:
    test = opened("through_time")
    test.slider(key="through_time_bias").set_value(5.0).run()
    told = sorted((payload["cell"], payload["bias"]) for _, payload in asked(store, "through_time"))
    assert told == [("first", 0), ("forgetful", 2), ("forgetful", 5), ("recurrent", 0)]
    assert "Error in adding (0.167: always saying 1): A 0.1, B 0.1, C 0.15" in test.markdown[2].value


@pytest.mark.usefixtures("untrained")
def test_through_time_shows_the_gradients_while_the_networks_are_trained() -> None:
    test = opened("through_time")
    assert len(picture(test)["data"]) == 6
    assert "A, B, C: being trained" in [note["text"] for note in picture(test)["layout"]["annotations"]]
    assert "adding" not in test.markdown[2].value
    assert test.get("progress")
