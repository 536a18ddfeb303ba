"""Every method by its name, and how often it calls the network."""

from collections.abc import Callable

from explorer.questions.attribution.methods import gradients, layers, perturbations
from explorer.questions.attribution.methods.posed import Explanation, Posed
from explorer.questions.attribution.methods.spec import Method

METHODS: dict[Method, Callable[[Posed], Explanation]] = {
    Method.SALIENCY: gradients.saliency,
    Method.INPUT_X_GRADIENT: gradients.input_x_gradient,
    Method.INTEGRATED_GRADIENTS: gradients.integrated_gradients,
    Method.SMOOTHGRAD: gradients.smoothgrad,
    Method.GRADIENT_SHAP: gradients.gradient_shap,
    Method.DEEPLIFT: gradients.deeplift,
    Method.GUIDED_BACKPROPAGATION: gradients.guided_backpropagation,
    Method.GRAD_CAM: layers.grad_cam,
    Method.GUIDED_GRAD_CAM: layers.guided_grad_cam,
    Method.CONDUCTANCE: layers.conductance,
    Method.OCCLUSION: perturbations.occlusion,
    Method.FEATURE_ABLATION: perturbations.feature_ablation,
    Method.KERNEL_SHAP: perturbations.kernel_shap,
}


def passes(method: Method, posed: Posed) -> int:
    """Return how often a method calls the network: the measure of progress.

    Of integrated gradients, whose steps depend on the answer, the first round alone.
    """
    side, count, settings = min(posed.images.shape[2:]), posed.count, posed.settings
    window, stride = perturbations.occlusion_window(side, settings.window)
    windows = (-(-(side - window) // stride) + 1) ** 2
    at_once = posed.steps_at_once
    calls = {
        Method.INTEGRATED_GRADIENTS: -(-gradients.FIRST_STEPS // at_once) + 2,
        Method.CONDUCTANCE: count * -(-(layers.CONDUCTANCE_STEPS + 1) // posed.batch),
        Method.GUIDED_GRAD_CAM: 2,
        Method.DEEPLIFT: 3,
        Method.SMOOTHGRAD: count * -(-settings.samples // posed.batch),
        Method.GRADIENT_SHAP: count,
        Method.OCCLUSION: -(-windows // at_once) + 1,
        Method.FEATURE_ABLATION: -(-(int(posed.segments.max()) + 1) // at_once) + 1,
        Method.KERNEL_SHAP: count * -(-settings.coalitions // posed.batch),
    }
    return calls.get(method, 1)
