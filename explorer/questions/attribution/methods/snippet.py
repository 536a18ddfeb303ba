"""A stand-alone file that computes a map again, with captum alone, on exported weights and the exported arrays."""

from explorer.questions.attribution.methods.spec import AttributionSpec, Method, MethodSettings, chosen_block
from explorer.runs.snippet import snippet
from explorer.specs import NetworkSpec, outline

_BATCH = 64
_CALLS = {
    Method.SALIENCY: "attr.Saliency(network).attribute(watched, targets, abs=False)",
    Method.INPUT_X_GRADIENT: "attr.InputXGradient(network).attribute(watched, targets)",
    Method.INTEGRATED_GRADIENTS: "integrate(network, x, baselines, targets)",
    Method.SMOOTHGRAD: "one_by_one(smooth)",
    Method.GRADIENT_SHAP: (
        "one_by_one(lambda x, c, at: attr.GradientShap(network).attribute(x, references, n_samples={samples}, target=c))"
    ),
    Method.DEEPLIFT: "attr.DeepLift(network).attribute(watched, baselines, target=targets)",
    Method.GUIDED_BACKPROPAGATION: "attr.GuidedBackprop(network).attribute(watched, targets)",
    Method.GRAD_CAM: "large(attr.LayerGradCam(network, block).attribute(watched, targets, relu_attributions=False))",
    Method.GUIDED_GRAD_CAM: ('attr.GuidedGradCam(network, block).attribute(watched, targets, interpolate_mode="bilinear")'),
    Method.CONDUCTANCE: ("conductance(attr.LayerConductance(network, block).attribute(x, baselines, target=targets, n_steps=50))"),
    Method.OCCLUSION: (
        "attr.Occlusion(network).attribute(x, (x.shape[1], {side}, {side}), (x.shape[1], {stride}, {stride}), baselines,"
        " targets)[:, :1]"
    ),
    Method.FEATURE_ABLATION: ("attr.FeatureAblation(network).attribute(x, baselines, targets, feature_mask=segments)[:, :1]"),
    Method.KERNEL_SHAP: (
        "one_by_one(lambda x, c, at: attr.KernelShap(network).attribute(x, baselines[at], c,"
        " feature_mask=segments[at], n_samples={coalitions}, perturbations_per_eval={batch}))[:, :1]"
    ),
}
_TAIL = '''

def one_by_one(explain):
    """Each picture by itself, from the same seed."""
    maps = []
    for at in range(len(x)):
        torch.manual_seed({seed})
        np.random.seed({seed})
        some = slice(at, at + 1)
        maps.append(explain(x[some].clone().requires_grad_(), targets[some], some))
    return torch.cat(maps)


def smooth(x, target, at):
    spread = {noise} * float(x.detach().max() - x.detach().min())
    return attr.NoiseTunnel(attr.Saliency(network)).attribute(
        x, nt_samples={samples}, nt_samples_batch_size=min({samples}, {batch}), stdevs=spread, target=target, abs=False
    )


def integrate(network, x, baselines, targets):
    """Steps are doubled until the sum is near enough to the logit\'s rise."""
    maps = []
    for one, other, target in zip(x[:, None], baselines[:, None], targets):
        for steps in (32, 64, 128, 256, 512, 1024):
            shares, delta = attr.IntegratedGradients(network).attribute(
                one, other, target, n_steps=steps, internal_batch_size={batch}, return_convergence_delta=True
            )
            if abs(delta) <= {tolerance} * max(1, abs(shares.sum() - delta)):
                break
        maps.append(shares)
    return torch.cat(maps)


def large(coarse):
    return nn.functional.interpolate(coarse, x.shape[2:], mode="bilinear")


def conductance(shares):
    """A place of the block spreads over many pixels: its share is divided by their number."""
    return large(shares.sum(1, keepdim=True)) * shares[0, 0].numel() / x[0, 0].numel()


if __name__ == "__main__":
    with np.load(sys.argv[2]) as file:
        given = dict(file)
    network = build()
    network.load_state_dict(load_file(sys.argv[1]))
    x, targets = torch.from_numpy(given["{part}-given-inputs"]), torch.from_numpy(given["{part}-targets"])
    watched, block = x.clone().requires_grad_(), network.get_submodule("{block}")
{reads}    shares = {call}
    maps = shares.sum(1).detach().numpy()
    print("largest difference to the exported map:", np.abs(maps - given["{part}-map-{method}"]).max())
    np.save("{method}.npy", maps)
'''


def attribution_snippet(built: NetworkSpec, spec: AttributionSpec, method: Method, network: int = 0) -> str:
    """Return a Python file that needs torch, safetensors, numpy and captum: python this_file.py WEIGHTS MAPS.npz.

    It computes the map of one method again for the `network`-th network of a spec, from its exported weights and the
    exported arrays, and says how far it is from the exported map.
    """
    text = snippet(built)
    head, _, _ = text.partition('\n\nif __name__ == "__main__":')
    head = head.replace("WEIGHTS.safetensors", "WEIGHTS.safetensors MAPS.npz", 1)
    head = head.replace("import torch\n", "import numpy as np\nimport torch\nfrom captum import attr\n", 1)
    values = _values(spec.settings, min(built.input_shape[1:]))
    return head + _TAIL.format(
        **values,
        part=network,
        block=chosen_block(outline(built), spec.block).name,
        method=method,
        call=_CALLS[method].format(**values),
        reads=_reads(method, network),
    )


def _values(settings: MethodSettings, side: int) -> dict[str, object]:
    window = max(2, side // settings.window)
    return {**settings.model_dump(mode="json"), "batch": _BATCH, "side": window, "stride": window // 2}


def _reads(method: Method, network: int) -> str:
    """The lines that read what this method was given besides the pictures."""
    names = []
    if "baseline" in method.settings_read:
        names.append("baselines")
    if method is Method.GRADIENT_SHAP:
        names.append("references")
    lines = [f'    {name} = torch.from_numpy(given["{network}-given-{name}"])\n' for name in names]
    if "segments" in method.settings_read:
        lines.append(f'    segments = torch.from_numpy(given["{network}-given-segments"])[:, None]\n')
    return "".join(lines)
