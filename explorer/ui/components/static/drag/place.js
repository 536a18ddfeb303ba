// Where a handle may be.

/** @import { Handle } from "../data.js" */

/**
 * A handle's name and place, as the page is told.
 *
 * @typedef {{name: string, x: number, y: number}} Place
 */

/** @type {Record<string, [right: number, up: number] | undefined>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * The nearest place within a handle's reach, and on its grid.
 *
 * @param {Pick<Handle, "name" | "y" | "step" | "reach" | "across">} handle
 * @param {number} x
 * @param {number} y
 * @returns {Place}
 */
export function fitted({ name, step, reach: [low, high], across, y: kept }, x, y) {
  /** @param {number} value */
  const fit = (value) => Number((Math.round(Math.min(high, Math.max(low, value)) / step) * step).toFixed(6));
  return { name, x: fit(x), y: across ? kept : fit(y) };
}

/**
 * Where a key moves a handle; nowhere if it is no arrow key.
 *
 * @param {Pick<Handle, "name" | "x" | "y" | "step" | "reach" | "across">} handle
 * @param {string} key
 */
export function nudged(handle, key) {
  const way = WAYS[key];
  return way && fitted(handle, handle.x + way[0] * handle.step, handle.y + way[1] * handle.step);
}
