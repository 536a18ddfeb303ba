// The one depth axis.

/**
 * The first and the last weighted layer in view.
 *
 * @typedef {{from: number, to: number}} Viewport
 */

/**
 * Pixels beside the axis.
 *
 * @typedef {{left: number, right: number}} Margins
 */

/**
 * Pixels a layer, the pixel of a layer's middle, and the layer at a pixel.
 *
 * @typedef {{unit: number, x: (layer: number) => number, layer: (x: number) => number}} Scale
 */

/**
 * Layer number ↔ pixel: `from` and `to` of the viewport stand half a layer inside the margins.
 *
 * @param {Viewport} viewport
 * @param {number} width
 * @param {Margins} margins
 * @returns {Scale}
 */
export function makeScale(viewport, width, margins) {
  const inner = Math.max(1, width - margins.left - margins.right);
  const unit = inner / (viewport.to - viewport.from + 1);
  return {
    unit,
    x: (layer) => margins.left + (layer - viewport.from + 0.5) * unit,
    layer: (x) => (x - margins.left) / unit + viewport.from - 0.5,
  };
}
