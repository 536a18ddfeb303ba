import torch

from explorer.labs.euler.compute import accuracies, backward, forward, learned_field
from explorer.labs.euler.measure import Flow, learn_spirals
from explorer.labs.euler.result import SpiralNetwork
from explorer.labs.euler.spec import LAYERS, STEP, two_spirals
from explorer.runs.store import Store
from tests.measured import measured


def test_both_networks_learn_and_the_page_computes_what_they_compute() -> None:
    told = [learn_spirals(60, implicit=implicit) for implicit in (False, True)]
    for one in told:
        assert one.losses[-1] < one.losses[0]
        assert one.accuracy > 0.5
    assert SpiralNetwork.decode(SpiralNetwork.encode(told)) == tuple(told)
    # The page carries the points on in numpy, double precision; training did it in torch, single precision.
    shares = accuracies(told, STEP, LAYERS, newton=True)
    assert [round(300 * share) for share in shares] == [round(300 * one.accuracy) for one in told]


def test_layers_in_torch_are_those_of_the_lab() -> None:
    points = torch.tensor(two_spirals()[0])[::25]
    for implicit in (False, True):
        network = Flow(implicit=implicit)
        one = SpiralNetwork.model_validate(
            {"implicit": implicit, "losses": [], "accuracy": 0.0}
            | {name: value.detach().tolist() for name, value in network.named_parameters()}
        )
        field, starts = learned_field(one), points.double().numpy()
        journey = backward(field, starts, STEP, 1, newton=True) if implicit else forward(field, starts, STEP, 1)
        layer = network.solved(points) if implicit else points + STEP * network.field(points)
        assert torch.allclose(layer.double(), torch.tensor(journey.places[-1]), atol=1e-5)


def test_the_implicit_layers_gradient_is_that_of_the_solution() -> None:
    network = Flow(implicit=True).double()
    x = torch.tensor(two_spirals()[0][:3], dtype=torch.float64, requires_grad=True)
    torch.set_default_dtype(torch.float64)
    try:
        assert torch.autograd.gradcheck(network.solved, (x,))
    finally:
        torch.set_default_dtype(torch.float32)


def test_both_networks_are_reported_and_told_in_json(store: Store) -> None:
    said: list[tuple[float, str]] = []
    told = measured("euler", {"steps": 11}, store, report=lambda *words: said.append(words[:2]))
    assert [one.implicit for one in told] == [False, True]
    assert [len(one.losses) for one in told] == [11, 11]
    assert [share for share, _ in said] == sorted(share for share, _ in said)
    assert "residual network" in said[0][1]
    assert "implicit network" in said[-1][1]
