"""Where to train, and in which number format."""

import platform
from pathlib import Path

import torch

from explorer.specs import DeviceChoice, NetworkSpec, Precision


class DeviceError(ValueError):
    """The chosen device is not on this machine; the message says what to choose instead."""


def resolve_device(choice: DeviceChoice) -> torch.device:
    """Return the device of a choice: CUDA before MPS before the processor; raises DeviceError."""
    there = {
        DeviceChoice.CUDA: torch.cuda.is_available(),
        DeviceChoice.MPS: torch.backends.mps.is_available(),
        DeviceChoice.CPU: True,
    }
    if choice is DeviceChoice.AUTO:
        return torch.device(next(device.value for device, found in there.items() if found))
    if not there[choice]:
        raise DeviceError(f"device is {choice}: this machine has none; choose auto or cpu.")
    return torch.device(choice.value)


def device_name(device: torch.device) -> str:
    """Return the product name, such as NVIDIA H200."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return _processor() or device.type.upper()


def _processor() -> str:
    """The processor's name; Linux keeps it in a file, other systems tell."""
    listing = Path("/proc/cpuinfo")
    if listing.is_file():
        names = (line.partition(":")[2].strip() for line in listing.read_text().splitlines() if "model name" in line)
        return next(names, "") or platform.machine()
    return platform.processor() or platform.machine()


def use_bf16(precision: Precision, device: torch.device, network: NetworkSpec) -> bool:
    """Whether convolutions run in bfloat16.

    `auto` takes it on CUDA devices that have it, and on processors that have it in hardware for pictures of 28 and
    more pixels a side: below, it gains little and the small races of the page stay comparable between machines.
    """
    if precision is not Precision.AUTO:
        return precision is Precision.BF16
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    return device.type == "cpu" and network.input_shape[1] >= 28 and _processor_has_bf16()


def _processor_has_bf16() -> bool:
    """Whether bf16 is in the hardware: on Intel and AMD, mkldnn alone also says yes where it would emulate it."""
    supported = bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    if platform.machine().lower() in {"x86_64", "amd64"}:
        return supported and torch.cpu._is_avx512_bf16_supported()
    return supported


def plain_fp32(device: torch.device) -> None:
    """Make fp32 mean fp32 on CUDA devices of this process: by default convolutions round to TF32's 10 bits."""
    if device.type == "cuda":
        torch.backends.cudnn.allow_tf32 = False
