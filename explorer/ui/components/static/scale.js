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
const SEQUENTIAL = ["440154", "482878", "3e4989", "31688e", "26828e", "1f9e89", "35b779", "6ece58", "b5de2b", "fde725"];
// ColorBrewer's PRGn, zero in its middle: neither end is the colour of network A or B.
const DIVERGING = ["762a83", "9970ab", "c2a5cf", "e7d4e8", "f7f7f7", "d9f0d3", "a6dba0", "5aae61", "1b7837"];

/** 256 × RGB from stations joined by straight lines. */
function table(stations) {
  const colours = new Uint8Array(3 * 256);
  for (let entry = 0; entry < 256; entry += 1) {
    const place = (entry / 255) * (stations.length - 1);
    const low = Math.min(Math.floor(place), stations.length - 2);
    for (let channel = 0; channel < 3; channel += 1) {
      const [one, other] = [low, low + 1].map((at) => parseInt(stations[at].slice(2 * channel, 2 * channel + 2), 16));
      colours[3 * entry + channel] = Math.round(one + (other - one) * (place - low));
    }
  }
  return colours;
}

const tables = [table(SEQUENTIAL), table(DIVERGING)];

/** The map of magnitudes, or the one of signed quantities: 256 × RGB. */
export function colourTable(signed) {
  return tables[signed ? 1 : 0];
}

/** Entry 0..255 of a map as a colour. */
export function tableColour(signed, entry) {
  return `rgb(${colourTable(signed).slice(3 * entry, 3 * entry + 3).join()})`;
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
