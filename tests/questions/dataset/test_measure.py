import pytest

from explorer.questions.dataset.result import Fetched
from explorer.runs.store import Store
from tests.measured import measured
from tests.trained import quiet


def test_a_dataset_is_fetched_and_a_wrong_one_named_in_a_sentence(store: Store) -> None:
    assert measured("dataset", {"name": "digits"}, store, report=quiet) == (Fetched(train=1437, test=360),)
    with pytest.raises(ValueError, match=r"'digits', 'shapes'.*\.$"):
        measured("dataset", {"name": "unheard-of"}, store, report=quiet)
