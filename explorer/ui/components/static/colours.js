// The one map of magnitudes, and the one of signed quantities.

// Ten stations of the perceptually uniform map viridis, joined by straight lines.
const SEQUENTIAL = ["440154", "482878", "3e4989", "31688e", "26828e", "1f9e89", "35b779", "6ece58", "b5de2b", "fde725"];
// ColorBrewer's PRGn, zero in its middle: neither end is the colour of network A or B.
const DIVERGING = ["762a83", "9970ab", "c2a5cf", "e7d4e8", "f7f7f7", "d9f0d3", "a6dba0", "5aae61", "1b7837"];

/**
 * 256 × RGB from stations joined by straight lines.
 *
 * @param {string[]} stations
 */
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

/**
 * The map of magnitudes, or the one of signed quantities: 256 × RGB.
 *
 * @param {boolean} signed
 */
export function colourTable(signed) {
  return tables[signed ? 1 : 0];
}

/**
 * Entry 0..255 of a map as a colour.
 *
 * @param {boolean} signed
 * @param {number} entry
 */
export function tableColour(signed, entry) {
  return `rgb(${colourTable(signed).slice(3 * entry, 3 * entry + 3).join()})`;
}
