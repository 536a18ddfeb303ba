"""Residual networks built from their outline: one block, one forward, variants as data."""

from explorer.networks.build import build, zero_branch
from explorer.networks.network import ResidualBlock, ResidualNetwork

__all__ = ["ResidualBlock", "ResidualNetwork", "build", "zero_branch"]
