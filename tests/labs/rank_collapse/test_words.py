from explorer.labs.rank_collapse.words import finding, networks


def test_rank_collapse_says_that_layers_cube_the_distance_only_where_they_do() -> None:
    assert "each layer cubes it" in finding(networks(6, 1.0, 0.1, 0))
    assert "cubes" not in finding(networks(3, 3.0, 2.0, 0))
    assert "below 10⁻³⁰⁰" in finding(networks(12, 1.0, 1.0, 0))
