"""Every method by its name, and how often it calls the network."""

from collections.abc import Callable

from explorer.questions.attribution.methods.gradients import (
    FIRST_STEPS,
    deeplift,
    gradient_shap,
    guided_backpropagation,
    input_x_gradient,
    integrated_gradients,
    saliency,
    smoothgrad,
)
from explorer.questions.attribution.methods.layers import CONDUCTANCE_STEPS, conductance, grad_cam, guided_grad_cam
from explorer.questions.attribution.methods.perturbations import (
    feature_ablation,
    kernel_shap,
    occlusion,
    occlusion_window,
)
from explorer.questions.attribution.methods.posed import Explanation, Posed
from explorer.questions.attribution.methods.spec import Method

METHODS: dict[Method, Callable[[Posed], Explanation]] = {
    Method.SALIENCY: saliency,
    Method.INPUT_X_GRADIENT: input_x_gradient,
    Method.INTEGRATED_GRADIENTS: integrated_gradients,
    Method.SMOOTHGRAD: smoothgrad,
    Method.GRADIENT_SHAP: gradient_shap,
    Method.DEEPLIFT: deeplift,
    Method.GUIDED_BACKPROPAGATION: guided_backpropagation,
    Method.GRAD_CAM: grad_cam,
    Method.GUIDED_GRAD_CAM: guided_grad_cam,
    Method.CONDUCTANCE: conductance,
    Method.OCCLUSION: occlusion,
    Method.FEATURE_ABLATION: feature_ablation,
    Method.KERNEL_SHAP: kernel_shap,
}


def passes(method: Method, posed: Posed) -> int:
    """Return how often a method calls the network: the measure of progress.

    Of integrated gradients, whose steps depend on the answer, the first round alone.
    """
    side, count, settings = min(posed.images.shape[2:]), posed.count, posed.settings
    window, stride = occlusion_window(side, settings.window)
    windows = (-(-(side - window) // stride) + 1) ** 2
    at_once = posed.steps_at_once
    calls = {
        Method.INTEGRATED_GRADIENTS: -(-FIRST_STEPS // at_once) + 2,
        Method.CONDUCTANCE: count * -(-(CONDUCTANCE_STEPS + 1) // posed.batch),
        Method.GUIDED_GRAD_CAM: 2,
        Method.DEEPLIFT: 3,
        Method.SMOOTHGRAD: count * -(-settings.samples // posed.batch),
        Method.GRADIENT_SHAP: count,
        Method.OCCLUSION: -(-windows // at_once) + 1,
        Method.FEATURE_ABLATION: -(-(int(posed.segments.max()) + 1) // at_once) + 1,
        Method.KERNEL_SHAP: count * -(-settings.coalitions // posed.batch),
    }
    return calls.get(method, 1)
