import pytest

from explorer.specs import NetworkSpec, Shortcut
from explorer.specs.graft import Change, changed


@pytest.mark.parametrize(
    ("spec", "change", "sentence"),
    [
        (NetworkSpec(depth=20, shortcut=Shortcut.C), Change.INSERT, "choose A, B or none"),
        (NetworkSpec(depth=8), Change.REMOVE, "depth would be 2: allowed are 8 to 1202"),
        (NetworkSpec(depth=1202), Change.INSERT, "depth would be 1208"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(spec: NetworkSpec, change: Change, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        changed(spec, change)
