"""The colours of networks A to D; nothing heavy is imported for them."""

LETTERS = "ABCD"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
"""Networks A to D: Okabe and Ito's palette, safe for colour-blind readers."""
INK = {"light": "#1f2430", "dark": "#e8eaf0"}
STRENGTH = 0.72
"""Share of a network's colour in its text; the rest is ink, so that it can be read on a light and on a dark page."""


def css_ink(index: int) -> str:
    """Return the colour of a network's text as CSS, on whatever page."""
    return f"color-mix(in srgb, {COLOURS[index]} {STRENGTH:.0%}, currentcolor)"


def ink(index: int, scheme: str) -> str:
    """Return the same as #rrggbb, for pictures that leave the page."""
    parts = zip(_channels(COLOURS[index]), _channels(INK[scheme]), strict=True)
    return "#" + "".join(f"{round(STRENGTH * own + (1 - STRENGTH) * other):02x}" for own, other in parts)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))
