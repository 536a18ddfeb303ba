// The one depth axis, the one map of magnitudes, the one way to write a number.

/** Layer number ↔ pixel: `from` and `to` of the viewport stand half a layer inside the margins. */
export function makeScale(viewport, width, margins) {
  const inner = Math.max(1, width - margins.left - margins.right);
  const unit = inner / (viewport.to - viewport.from + 1);
  return {
    unit,
    x: (layer) => margins.left + (layer - viewport.from + 0.5) * unit,
    layer: (x) => (x - margins.left) / unit + viewport.from - 0.5,
  };
}

// Ten stations of the perceptually uniform map viridis, joined by straight lines.
const STATIONS = ["440154", "482878", "3e4989", "31688e", "26828e", "1f9e89", "35b779", "6ece58", "b5de2b", "fde725"];

/** 256 × RGB. */
export const colourTable = new Uint8Array(3 * 256);
for (let entry = 0; entry < 256; entry += 1) {
  const place = (entry / 255) * (STATIONS.length - 1);
  const low = Math.min(Math.floor(place), STATIONS.length - 2);
  for (let channel = 0; channel < 3; channel += 1) {
    const [one, other] = [low, low + 1].map((at) => parseInt(STATIONS[at].slice(2 * channel, 2 * channel + 2), 16));
    colourTable[3 * entry + channel] = Math.round(one + (other - one) * (place - low));
  }
}

/** The colour of a share 0..1. */
export function colourMap(share) {
  const entry = 3 * Math.round(255 * Math.min(1, Math.max(0, share)));
  return `rgb(${colourTable[entry]},${colourTable[entry + 1]},${colourTable[entry + 2]})`;
}

const PREFIXES = [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]];

/** Three significant digits, SI suffixes from a thousand on. */
export function formatNumber(value) {
  if (value == null || !Number.isFinite(value)) return "not finite";
  if (value === 0) return "0";
  const size = Math.abs(value);
  for (const [unit, suffix] of PREFIXES) {
    if (size >= unit * 0.9995) return `${Number((value / unit).toPrecision(3))}${suffix}`;
  }
  return size < 1e-3 ? value.toExponential(2).replace("-", "−") : String(Number(value.toPrecision(3)));
}
