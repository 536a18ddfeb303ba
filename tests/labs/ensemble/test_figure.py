import numpy as np

from explorer.drawing import axes
from explorer.labs.ensemble.figure import card, ensemble
from explorer.labs.ensemble.result import BlockAccount


def test_the_ensemble_shows_what_blocks_add_on_a_scale_of_its_own_and_crosses_out_what_is_missing() -> None:
    names = ("stage1.block1", "stage1.block2", "stage2.block1")
    told = {"blocks": names, "fixed": names[2:], "right": (0.1, 0.2, 0.5, 0.75), "labels": (1,), "pictures": ("",), "asked": 8}
    small, large = (
        BlockAccount(downhill=(0.1, None, -0.2), logits=([(0.0, 0.0), (0.0, 1.0), (0.0, 1.0), (-most, 1.0)],), **told)
        for most in (2.0, 4.0)
    )
    figure = ensemble([small, large], [small, large], 0, ("no", "yes"), ("one", "other"), names[1:])
    maps = [trace for trace in figure.data if trace.type == "heatmap"]
    assert [(trace.zmin, trace.zmax) for trace in maps] == [(-1, 1)] * 2
    assert np.array_equal(maps[0].z, [[0, 0, -1], [0.5, 0, 0]])
    assert maps[0].customdata[0, 2].tolist() == ["stage2.block1", "−2"]
    words = {note.text for note in figure.layout.annotations}
    assert {"A one: what each block adds (darkest: 2 in the logit)", "right after the first k blocks"} <= words
    assert list(maps[0].y) == ["no", "<b>yes</b>"]
    crosses = [trace for trace in figure.data if trace.type == "scatter" and trace.marker.symbol == "x-thin"]
    assert [(list(cross.x), list(cross.y)) for cross in crosses] == [([2], [50])] * 2
    titles = {figure.layout[name].title.text for name in figure.layout if name.startswith("yaxis")}
    assert {"test pictures right / %", "cosine to −∂E/∂x"} <= titles
    assert len(ensemble([small], [small], 0, ("no", "yes"), ("one",)).data) == 5
    assert card(np.arange(3.0), [np.arange(3.0)]).layout.height == axes.CARD
