"""Weights and optimiser buffers as safetensors bytes; nothing is ever unpickled."""

import torch
from safetensors.torch import load, save
from torch import Tensor, nn

from explorer.runs.events import Checkpoint


def checkpoint(step: int, network: nn.Module, optimiser: torch.optim.Optimizer) -> Checkpoint:
    """Return everything needed to go on from a step."""
    names: dict[Tensor, str] = {parameter: name for name, parameter in network.named_parameters()}
    buffers: dict[str, Tensor] = {}
    for parameter, state in optimiser.state.items():
        for key, value in state.items():
            if isinstance(value, Tensor):
                buffers[f"{names[parameter]}:{key}"] = value
    return Checkpoint(step, save(_host(dict(network.state_dict()))), save(_host(buffers)))


def restore(saved: Checkpoint, network: nn.Module, optimiser: torch.optim.Optimizer) -> None:
    """Put a checkpoint's weights and buffers back; raises RuntimeError if they do not fit the network."""
    network.load_state_dict(load(saved.weights), strict=True)
    parameters = dict(network.named_parameters())
    for name, value in load(saved.state).items() if saved.state else ():
        owner, _, key = name.rpartition(":")
        parameter = parameters[owner]
        # A buffer takes its parameter's device and strides: a fused optimiser walks both in memory order.
        like = torch.empty_like(parameter) if key != "step" else torch.empty_like(value, device=parameter.device)
        optimiser.state[parameter][key] = like.detach().copy_(value)


def _host(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name: value.detach().cpu().contiguous().clone() for name, value in tensors.items()}
