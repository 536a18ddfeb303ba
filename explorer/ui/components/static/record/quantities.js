// What can be shown along the depth: how each quantity is read from a recorded row, and how it is drawn.

import { tableColour } from "../colours.js";

/** @import { RunRecord } from "./record.js" */

/**
 * How a quantity is read from what a row tells along the depth, of a network of so many layers and blocks.
 *
 * @typedef {(row: Float32Array, layers: number, blocks: number) => Float32Array} Read
 */

/**
 * `oneTerm` says what there is to say of a network without shortcuts, `mark` is a value worth a line, `sorts` is whether its
 * values may be sorted by size.
 *
 * @typedef {object} Quantity
 * @property {string} id
 * @property {string} name
 * @property {"layer" | "block"} per
 * @property {"log" | "share" | "signed"} scale
 * @property {string} axis
 * @property {Read} read
 * @property {string} about
 * @property {string} [oneTerm]
 * @property {number} [mark]
 * @property {boolean} [sorts]
 */

/**
 * Ends of a quantity's axis; of a logarithmic one the decades.
 *
 * @typedef {{low: number, high: number}} Range
 */

/** @param {string | number} index */
const at = (index) => `<msub><mi>x</mi><mi>${index}</mi></msub>`;
/** @param {string} inner */
const math = (inner) => `<math display="inline">${inner}</math>`;
const SPLIT = math(`<mi>∂E</mi><mo>/</mo><mi>∂</mi>${at("l")}<mo>=</mo><mi>∂E</mi><mo>/</mo><mi>∂</mi>${at("L")}`)
  + " <i>over the shortcuts</i> "
  + math(`<mo>+</mo><mi>∂E</mi><mo>/</mo><mi>∂</mi>${at("L")}<mo>·</mo><mi>∂</mi><mo>/</mo><mi>∂</mi>${at("l")}<mo>∑</mo><mi>F</mi><mo>(</mo>${at("i")}<mo>)</mo>`)
  + " <i>through the branches</i>; here for one block each.";

/**
 * Rows hold gradient norms, responses, updates (a value a layer), then five values a block: see `Step` in runs/events.py.
 *
 * @type {(place: number) => Read}
 */
const layerwise = (place) => (row, layers) => row.subarray(place * layers, (place + 1) * layers);
/** @type {(place: number) => Read} */
const blockwise = (place) => (row, layers, blocks) => row.subarray(3 * layers + place * blocks, 3 * layers + (place + 1) * blocks);
const [over, through, whole, added, addedCosine] = [0, 1, 2, 3, 4].map(blockwise);

/**
 * @param {Read[]} parts
 * @param {(first: number, second: number, third: number) => number} one
 * @returns {Read}
 */
function combine(parts, one) {
  return (row, layers, blocks) => {
    const [first, second, third] = parts.map((part) => part(row, layers, blocks));
    return Float32Array.from(first, (value, block) => one(value, second[block], third?.[block]));
  };
}

/**
 * Cosine between the two terms, from the three norms of a triangle.
 *
 * @param {number} one
 * @param {number} other
 * @param {number} sum
 */
const lawOfCosines = (one, other, sum) => (one > 0 && other > 0 ? Math.max(-1, Math.min(1, (sum * sum - one * one - other * other) / (2 * one * other))) : NaN);

/** @type {Quantity[]} */
export const QUANTITIES = [
  { id: "gradient", name: "Gradient norm", per: "layer", scale: "log", axis: "gradient norm", read: layerwise(0),
    about: `${math("<mo>‖</mo><mi>∂E</mi><mo>/</mo><mi>∂w</mi><mo>‖</mo>")} of every weighted layer: how strongly the loss asks its weights to change.` },
  { id: "share", name: "Gradient over the shortcut", per: "block", scale: "share", axis: "share over the shortcut", read: combine([over, through], (one, other) => one / (one + other)),
    about: SPLIT, oneTerm: "all through the branch: one term" },
  { id: "angle", name: "Angle between both terms", per: "block", scale: "signed", axis: "cosine", read: combine([over, through, whole], lawOfCosines),
    about: "Cosine between what came over the shortcut and what through the branch: below 0 the branch takes some of it back.", oneTerm: "one term, no angle" },
  { id: "response", name: "Response", per: "layer", scale: "log", axis: "standard deviation", read: layerwise(1), sorts: true,
    about: "Standard deviation after normalisation, before relu and sum, of 16 pictures (He et al. 2015, Fig. 7)." },
  { id: "added", name: "What a block adds", per: "block", scale: "log", axis: "‖F(x)‖ / ‖shortcut(x)‖", read: added,
    about: `${math("<mo>‖</mo><mi>F</mi><mo>(</mo><mi>x</mi><mo>)</mo><mo>‖</mo><mo>/</mo><mo>‖</mo><mi>shortcut</mi><mo>(</mo><mi>x</mi><mo>)</mo><mo>‖</mo>")} of every block, 16 pictures: 1 where it adds as much as passes by it.`, oneTerm: "no sum to add to" },
  { id: "addition", name: "Direction of what it adds", per: "block", scale: "signed", axis: "cosine", read: addedCosine,
    about: `Cosine between ${math("<mi>F</mi><mo>(</mo><mi>x</mi><mo>)</mo>")} and what the shortcut carries: below 0 a block takes away from what passes by it.`, oneTerm: "no sum to add to" },
  { id: "update", name: "Update against weight", per: "layer", scale: "log", axis: "‖Δw‖ / ‖w‖", read: layerwise(2), mark: 1e-3,
    about: `${math("<mo>‖</mo><mi>Δw</mi><mo>‖</mo><mo>/</mo><mo>‖</mo><mi>w</mi><mo>‖</mo>")} of one step. Rule of thumb: near 10<sup>−3</sup>; far above weights are overwritten, far below they hardly learn.` },
];

/**
 * The quantity of this name, or the first.
 *
 * @param {string | null} id
 */
export function quantityOf(id) {
  return QUANTITIES.find((one) => one.id === id) ?? QUANTITIES[0];
}

/**
 * A value a block as a value a weighted layer, nothing at stem and classifier; a value a layer as it is.
 *
 * @param {Float32Array} values
 * @param {number} layers
 */
export function spread(values, layers) {
  if (values.length === layers || !values.length) return values;
  const per = (layers - 2) / values.length;
  const wide = new Float32Array(layers).fill(NaN);
  values.forEach((value, block) => wide.fill(value, 1 + block * per, 1 + (block + 1) * per));
  return wide;
}

/**
 * Where each value stands on the depth axis.
 *
 * @param {Float32Array} values
 * @param {number} layers
 */
export function places(values, layers) {
  if (values.length === layers) return Array.from(values, (_, index) => index + 1);
  const per = (layers - 2) / values.length;
  return Array.from(values, (_, block) => 1.5 + (block + 0.5) * per);
}

/**
 * Entry 0..255 of the quantity's colour table for a value, or null where there is nothing to show.
 *
 * @param {number} value
 * @param {Pick<Quantity, "scale">} quantity
 * @param {Range} range
 */
export function entryOf(value, quantity, range) {
  if (!Number.isFinite(value)) return null;
  if (quantity.scale === "log" && !(value > 0)) return null;
  const place = quantity.scale === "log" ? Math.log10(value) : value;
  return Math.round(255 * Math.min(1, Math.max(0, (place - range.low) / (range.high - range.low || 1))));
}

/**
 * The colour of a value, or null where there is nothing to show.
 *
 * @param {number} value
 * @param {Pick<Quantity, "scale">} quantity
 * @param {Range} range
 */
export function colourOf(value, quantity, range) {
  const entry = entryOf(value, quantity, range);
  return entry == null ? null : tableColour(quantity.scale === "signed", entry);
}

/**
 * Axis of the quantity: whole decades that hold all that was seen, or all that is possible.
 *
 * @param {Quantity} quantity
 * @param {RunRecord[]} records
 * @returns {Range}
 */
export function rangeOf(quantity, records) {
  if (quantity.scale === "share") return { low: 0, high: 1 };
  if (quantity.scale === "signed") return { low: -1, high: 1 };
  const bounds = records.map((record) => record.bounds(quantity));
  const low = Math.min(...bounds.map((one) => one.low));
  const high = Math.max(...bounds.map((one) => one.high));
  return Number.isFinite(low) ? { low: Math.floor(low), high: Math.max(Math.ceil(high), Math.floor(low) + 1) } : { low: -3, high: 1 };
}
