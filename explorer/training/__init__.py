"""One generator, anywhere: `train` yields what happens and knows nothing of processes, stores or pages."""

from explorer.training.device import device_name, resolve_device
from explorer.training.loop import train

__all__ = ["device_name", "resolve_device", "train"]
