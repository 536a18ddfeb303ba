// The map of colours of the quantity on show, between the ends of its axis.

import { tableColour } from "../colours.js";

/** @import { Quantity, Range } from "../record/quantities.js" */

/** @type {Record<Quantity["scale"], (value: number) => string>} */
const WRITE = {
  log: (exponent) => `10<sup>${exponent < 0 ? "−" : ""}${Math.abs(exponent)}</sup>`,
  share: (value) => `${100 * value} %`,
  signed: (value) => String(value).replace("-", "−"),
};

/**
 * The colour bar of a quantity as HTML.
 *
 * @param {Pick<Quantity, "scale">} quantity
 * @param {Range} range
 */
export function colourBar({ scale }, { low, high }) {
  const stops = Array.from({ length: 9 }, (_, index) => tableColour(scale === "signed", Math.round((255 * index) / 8)));
  return `${WRITE[scale](low)} <i style="background:linear-gradient(90deg,${stops.join()})"></i> ${WRITE[scale](high)}`;
}
