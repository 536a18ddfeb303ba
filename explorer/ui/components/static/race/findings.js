// The findings in words, computed from what was recorded; neutral until there is something to say.

import { formatNumber } from "../numbers.js";

/** @import { Quantity } from "../record/quantities.js" */
/** @import { Shown } from "./scene.js" */
/** @typedef {Pick<Shown, "letter" | "record">} Recorded */

/**
 * What the training loss of every network has come to.
 *
 * @param {Recorded[]} lanes
 */
export function lossFinding(lanes) {
  const said = lanes.flatMap(({ letter, record }) => {
    const loss = record.settledLoss;
    return loss == null ? [] : [`${letter} ${formatNumber(loss)}`];
  });
  return said.length ? `Training loss: ${said.join(", ")}` : "Training loss";
}

/**
 * What a quantity's median says of every network at a step.
 *
 * @param {Recorded[]} lanes
 * @param {Quantity} quantity
 * @param {number} step
 */
export function depthFinding(lanes, quantity, step) {
  const said = lanes.map(({ letter, record }) => {
    const values = Array.from(record.valuesAt(quantity, step)).filter(Number.isFinite).sort((one, other) => one - other);
    if (!record.rows.length) return "";
    if (quantity.oneTerm && record.blocks && !values.some((value) => value !== 0)) return `${letter} ${quantity.oneTerm}`;
    if (!values.length) return `${letter} not recorded`;
    const median = values[Math.floor(values.length / 2)];
    return `${letter} ${quantity.scale === "share" ? `${formatNumber(100 * median)} %` : formatNumber(median)}`;
  }).filter(Boolean);
  return said.length ? `at step ${step}, median ${quantity.per}: ${said.join(", ")}` : "";
}
