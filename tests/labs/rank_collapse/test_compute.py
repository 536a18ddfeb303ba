import math

import mpmath
import numpy as np
import pytest
import torch
from torch import Tensor, tensor
from torch.nn.functional import layer_norm

from explorer.labs.rank_collapse.compute import TOKENS, WIDTH, Norm, attention_alone, distance, draw, slope, trace


def measured(shortcut: bool, mlp: bool, norm: Norm) -> tuple[list[float], list[float]]:
    """The slow truth: the same network in torch, differentiated by autograd."""
    tokens, layers = draw(5, 1.0, 1.0, 3)
    x, distances = tensor(tokens), [distance(tokens)]
    downs = [tensor(layer.down, requires_grad=True) for layer in layers]

    def block(x: Tensor, branch) -> Tensor:  # type: ignore[no-untyped-def]
        out = branch(layer_norm(x, (WIDTH,)) if norm is Norm.PRE else x)
        total = x + out if shortcut else out
        return layer_norm(total, (WIDTH,)) if norm is Norm.POST else total

    for layer, down in zip(layers, downs, strict=True):
        q, k, v, up = (tensor(one) for one in (layer.query, layer.key, layer.value, layer.up))
        x = block(x, lambda z, q=q, k=k, v=v: torch.softmax(z @ q @ (z @ k).T / math.sqrt(WIDTH), dim=1) @ z @ v)
        if mlp:
            x = block(x, lambda z, up=up, down=down: torch.relu(z @ up) @ down)
        distances.append(distance(x.detach().numpy()))
    x = layer_norm(x, (WIDTH,)) if norm is Norm.PRE else x
    loss = (x * tensor(np.random.default_rng(0).standard_normal(x.shape))).sum()
    return distances, [float(one.norm()) for one in torch.autograd.grad(loss, downs)] if mlp else []


@pytest.mark.parametrize("norm", list(Norm))
@pytest.mark.parametrize(("shortcut", "mlp"), [(True, True), (False, True), (True, False)])
def test_distances_and_gradients_are_those_of_torch(shortcut: bool, mlp: bool, norm: Norm) -> None:
    told = trace(*draw(5, 1.0, 1.0, 3), shortcut=shortcut, mlp=mlp, norm=norm)
    distances, gradients = measured(shortcut, mlp, norm)
    assert told.distances == pytest.approx(distances, rel=1e-6, abs=1e-12)
    assert len(told.gradients) == (5 if mlp else 0)
    assert told.gradients == pytest.approx(gradients, rel=1e-6)


def test_attention_alone_is_what_carrying_all_tokens_together_gives_as_far_as_rounding_lets_it() -> None:
    tokens, layers = draw(8, 1.0, 1.0, 0)
    apart = attention_alone(tokens, layers)
    together = trace(tokens, layers, shortcut=False, mlp=False).distances
    seen = together > 1e-9
    assert seen.sum() >= 3
    assert apart[seen] == pytest.approx(together[seen], rel=1e-5)
    assert together[-1] > 1e-17 > 1e-100 > apart[-1]


def test_far_below_rounding_it_is_right_too_in_three_hundred_digits() -> None:
    tokens, layers = draw(5, 1.0, 0.3, 1)
    told = attention_alone(tokens, layers)
    with mpmath.workdps(300):
        x = mpmath.matrix(tokens.tolist())
        for layer in layers:
            q, k, v = (mpmath.matrix(one.tolist()) for one in (layer.query, layer.key, layer.value))
            logits = (x * q) * (x * k).T / mpmath.sqrt(WIDTH)
            weights = logits.apply(mpmath.exp)
            for row in range(TOKENS):
                total = mpmath.fsum(weights[row, :])
                for column in range(TOKENS):
                    weights[row, column] /= total
            x = weights * x * v
        means = [mpmath.fsum(x[:, column]) / TOKENS for column in range(WIDTH)]
        rest = mpmath.sqrt(mpmath.fsum((x[r, c] - means[c]) ** 2 for r in range(TOKENS) for c in range(WIDTH)))
        exact = rest / mpmath.norm(x)
        assert told[-1] < 1e-60
        assert abs(told[-1] / exact - 1) < mpmath.mpf("1e-6")


@pytest.mark.parametrize("seed", range(4))
def test_where_tokens_are_close_each_layer_cubes_their_distance(seed: int) -> None:
    # The bound of Dong et al. goes with the distance to the power of 3 to the number of layers; so does what is measured.
    tokens, layers = draw(5, 1.0, 0.1, seed)
    distances = attention_alone(tokens, layers)
    assert slope(distances) == pytest.approx(3, rel=0.08)
    halved = attention_alone(tokens.mean(axis=0) + 0.5 * (tokens - tokens.mean(axis=0)), layers[:3])
    ratio = np.log2(attention_alone(tokens, layers[:3]) / halved)
    assert ratio == pytest.approx([1, 3, 9, 27], rel=0.1)


def test_shortcuts_keep_tokens_apart() -> None:
    tokens, layers = draw(6, 1.0, 1.0, 0)
    assert trace(tokens, layers, shortcut=True, mlp=False).distances[-1] > 1e-2 > attention_alone(tokens, layers)[-1]


def test_tokens_that_are_all_the_same_have_distance_zero_and_no_slope() -> None:
    assert distance(np.ones((4, 3))) == 0
    assert slope(np.array([0.5, 0.1])) is None
    assert slope(np.array([0.5, 0.5, 0.5])) is None
    assert slope(np.array([1e-1, 1e-3, 1e-9])) == pytest.approx(3)
