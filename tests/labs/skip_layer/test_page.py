from tests.labs.pages import opened, served

__all__ = ["served"]


def test_the_skip_layers_finding_says_what_the_path_took() -> None:
    test = opened("skip_layer", skip_layer_slope="2.0", skip_layer_height="0.0")
    assert test.markdown[2].value.startswith("**The linear path takes a slope of 1.99 of 2")
    assert "Outside the data A is off by" in test.markdown[2].value
