"""Numbers as a person reads them, in sentences and in formulas."""

import math

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def spoken(value: float | None) -> str:
    """Return a number with three significant digits, such as 0.5, 3 330 or −9.54 × 10⁻⁷."""
    if value is None or not math.isfinite(value):
        return "not finite"
    if value == 0 or 0.001 <= abs(value) < 100_000:
        told = f"{value:.3g}" if abs(value) < 1000 else f"{float(f'{value:.3g}'):,.0f}"
        return told.replace("-", "−")
    size, power = f"{value:.2e}".replace("-", "−", int(value < 0)).split("e")
    return f"{_short(size)} × 10{str(int(power)).translate(SUPERSCRIPT)}"


def tex(value: float) -> str:
    """Return the same for KaTeX."""
    if value == 0 or 0.001 <= abs(value) < 100_000:
        return spoken(value).replace(",", "{,}").replace("−", "-")
    size, power = f"{value:.2e}".split("e")
    return rf"{_short(size)}\times10^{{{int(power)}}}"


def _short(size: str) -> str:
    return size.rstrip("0").rstrip(".")
