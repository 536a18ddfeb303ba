from tests.pages import fresh, handed, opened

__all__ = ["fresh"]


def test_explore_opens_with_the_recorded_degradation() -> None:
    test = opened("explore")
    assert not test.exception
    data = handed(test)
    assert [lane["title"] for lane in data["lanes"]] == ["plain-56", "residual-56"]
    assert [lane["run"] for lane in data["lanes"]] == ["recorded-degradation-plain-56", "recorded-degradation-residual-56"]
    assert data["problem"] == ""


def test_a_depth_that_does_not_fit_is_explained_and_the_last_race_stays() -> None:
    test = opened("explore")
    test.number_input(key="a_depth").set_value(57).run()
    assert not test.exception
    data = handed(test)
    assert "the nearest two are 56 and 62" in data["problem"]
    assert data["lanes"][0]["title"] == "plain-56"


def test_a_network_deeper_than_the_server_trains_is_drawn_and_not_trained() -> None:
    test = opened("explore")
    test.number_input(key="a_depth").set_value(1202).run()
    assert "this server trains up to 218" in handed(test)["problem"]
