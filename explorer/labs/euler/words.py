"""What the Euler lab says."""

from explorer.drawing.numbers import spoken, tex
from explorer.labs.euler import figure as figures
from explorer.labs.euler.compute import FIELDS, Journey, forward, ring
from explorer.labs.lab import Lab, Try
from explorer.specs.control import Choice, Number

LEARNED = "learned"
NEWTON, FIXED_POINT = "Newton", "fixed point"
FIELD = Choice(
    "euler_field", "Field F", next(iter(FIELDS)), options=(*FIELDS, LEARNED),
    help="Spiral: settles slowly. Saddle: one way out. Stiff: one direction settles 25 times as fast as the other. Pendulum: "
    "not linear, angle and speed. Learned: two networks, trained to tell two spirals apart.",
)  # fmt: skip
STEP = Number("euler_step", "Step size h", 0.1, low=0.01, high=1.0, step=0.01)
LAYERS = Number("euler_layers", "Layers", 30, low=1, high=60)
SOLVER = Choice("euler_solver", "Backward steps solved by", NEWTON, options=(NEWTON, FIXED_POINT))


def _try(label: str, see: str, field: str, step: float, layers: int, solver: str = NEWTON) -> Try:
    return Try(label, see, {FIELD: field, STEP: step, LAYERS: layers, SOLVER: solver})


LAB = Lab(
    __name__,
    question="What if depth is time?",
    words=(
        "A residual layer $x_{k+1} = x_k + hF(x_k)$ is one step of forward Euler along the field $F$. Backward Euler asks for "
        "the field at the far end: $x_{k+1} = x_k + hF(x_{k+1})$. Such a layer must solve an equation, and pays for it; in "
        "return its steps may be large where $F$ pulls together."
    ),
    tries=(
        _try("Too large a step", "Forward blows up where the field settles.", "stiff", 0.1, 30),
        _try("The same, solved cheaply", "Fixed-point iteration needs small steps itself.", "stiff", 0.1, 30, FIXED_POINT),
        _try("A learned field", "Two networks, trained with h = 0.2 and 10 layers.", LEARNED, 0.2, 10),
    ),
    source="Document 004, residual networks as Euler's method; E 2017; Haber and Ruthotto 2017, arXiv:1705.03341.",
    leaves_out="Layers with weights of their own: here all share one F, and time is all that depth adds.",
    card=lambda scheme: figures.card(forward(FIELDS["spiral"], ring(3), 0.02, 150), scheme),
    leads_to=("strength", "gate"),
)


def finding(amplified: tuple[float, float, float], h: float) -> str:
    """Return in words what a step multiplies by at most, and which method does what the field does."""
    ahead, behind, truly = amplified
    told = (
        f"A step of h = {spoken(h)} multiplies by at most {spoken(ahead)} forward, {spoken(behind)} backward, "
        f"{spoken(truly)} in truth"
    )
    if truly < 1 < ahead:
        return f"{told}: forward Euler blows up where the field settles"
    return told


def learned_finding(right: tuple[float, float], h: float, layers: int) -> str:
    """Return in words what share of the points both trained networks tell apart at this step size and depth."""
    return (
        f"With h = {spoken(h)} and {layers} layers the residual network tells {right[0]:.0%} of the points apart, the implicit "
        f"one {right[1]:.0%}"
    )


def formula(h: float, eigenvalue: tuple[float, float]) -> str:
    """Return both amplifications with these numbers, for one eigenvalue of the field."""
    real, imaginary = eigenvalue
    value = tex(real) + (f"{'+' if imaginary > 0 else '-'}{tex(abs(imaginary))}i" if imaginary else "")
    step = h * complex(real, imaginary)
    shrunk = tex(1 / abs(1 - step)) if step != 1 else r"\infty"
    return (
        rf"\lambda = {value}: \qquad |1 + h\lambda| = {tex(abs(1 + step))} \qquad "
        rf"\frac{{1}}{{|1 - h\lambda|}} = {shrunk} \qquad |e^{{h\lambda}}| = {tex(abs(2.718281828459045**step))}"
    )


def cost(ahead: Journey, behind: Journey) -> str:
    """Return in words what both cost, and where the implicit network could not be solved."""
    told = f"Evaluations of F a point: {ahead.evaluations} forward, {behind.evaluations} backward"
    if behind.jacobians:
        told += f", and {behind.jacobians} Jacobians"
    if behind.unsolved is not None:
        told += f"; layer {behind.unsolved} was not solved, and what could not be solved ends there"
    return f"{told}."
