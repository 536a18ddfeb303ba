from explorer.labs.identity.result import IdentityLearned
from explorer.labs.identity.words import finding


def test_the_identitys_finding_says_when_the_error_was_small_and_where_a_run_broke_off() -> None:
    line = {"inputs": (0.0,), "before": (0.0,), "after": (0.0,)}
    whole = IdentityLearned(shortcut=True, errors=(0.5,) * 7 + (0.001,) * 393, **line)
    broken = IdentityLearned(shortcut=False, errors=(0.5, 2.0), **line)
    never = IdentityLearned(shortcut=False, errors=(0.5,) * 400, **line)
    assert "0.001 in B residual (below 0.01 from step 7)" in finding([never, whole])
    assert "0.5 in A plain (never below 0.01)" in finding([never, whole])
    assert "not finite in A plain (from step 2)" in finding([broken, whole])
