"""See why y = F(x) + x works: build residual networks, race them, watch their gradients."""

__version__ = "0.1.0"
