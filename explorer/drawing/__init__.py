"""What figures share: every colour and font, axes, numbers, the wall of maps."""
