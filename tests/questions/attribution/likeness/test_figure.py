import numpy as np
import plotly.graph_objects as go

from explorer.questions.attribution.likeness.figure import MOST_WORDS, likeness_table, mean
from explorer.questions.attribution.likeness.result import Likeness


def test_the_table_of_likeness_names_maps_and_says_numbers_while_there_is_room() -> None:
    tables = np.stack([np.eye(2), np.full((2, 2), np.nan)]).astype(np.float32)
    one = Likeness(((0, "saliency"), (1, "grad-cam")), tables, tables)
    figure = likeness_table(one)
    cells = figure.data[0]
    assert isinstance(cells, go.Heatmap)
    assert list(cells.x) == ["A Saliency", "B Grad-CAM"]
    assert (cells.zmin, cells.zmax) == (-1, 1)
    assert cells.texttemplate
    assert np.allclose(mean(tables), np.eye(2))
    many = MOST_WORDS + 1
    crowd = Likeness(tuple((0, "saliency") for _ in range(many)), *(np.ones((1, many, many), np.float32),) * 2)
    assert not likeness_table(crowd).data[0].texttemplate
