from explorer.labs.ensemble.words import finding
from tests.labs.ensemble.sample import results


def test_the_ensembles_finding_says_what_missing_blocks_cost_and_nothing_where_none_is() -> None:
    [whole, _] = results({"runs": ["a", "b"], "removed": []})
    [less, _] = results({"runs": ["a", "b"], "removed": ["stage1.block2"]})
    assert "A plain 20%, then 90%; B residual 20%, then 90%" in finding([whole] * 2, [whole] * 2, ["plain", "residual"])
    assert "A plain 20%, then 90%, now 80%" in finding([whole], [less], ["plain"])
