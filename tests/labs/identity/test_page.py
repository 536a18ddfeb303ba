import pytest

from explorer.labs.identity.spec import IdentitySpec
from explorer.runs.store import Store
from tests.labs.pages import opened, served, untrained
from tests.pages import asked

__all__ = ["served", "untrained"]


@pytest.mark.usefixtures("untrained")
def test_what_must_be_trained_shows_how_far_it_is_and_nothing_else(store: Store) -> None:
    test = opened("identity")
    assert not test.exception
    assert not test.get("plotly_chart")
    [shown] = test.get("progress")
    assert "Waiting for a worker" in shown.proto.text
    [(_, payload)] = asked(store, "identity")
    assert IdentitySpec.model_validate(payload) == IdentitySpec()


def test_the_identitys_switch_takes_the_biases_away(store: Store) -> None:
    opened("identity", identity_biases="false")
    [(_, payload)] = asked(store, "identity")
    assert not IdentitySpec.model_validate(payload).biases
