// A diagram as a picture that stands alone.

import { SVG, node } from "./svg.js";

/** @import { Lane } from "./lane.js" */

const GAP = 6;

/**
 * All lanes as one self-contained picture, arcs and colours included.
 *
 * @param {Lane[]} lanes
 * @param {number} width
 * @param {string} colour
 * @param {string} background
 */
export function pictureSVG(lanes, width, colour, background) {
  const heights = lanes.map((lane) => lane.height);
  const total = heights.reduce((sum, height) => sum + height + GAP, 0);
  const page = node("svg", { xmlns: SVG, width, height: total, viewBox: `0 0 ${width} ${total}`, "font-family": "sans-serif", color: colour });
  page.append(node("rect", { width, height: total, fill: background }));
  let y = 0;
  lanes.forEach(({ svg }, index) => {
    const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
    copy.querySelectorAll(".rx-block").forEach((hit) => hit.remove());
    for (const name of ["class", "role", "aria-label"]) copy.removeAttribute(name);
    for (const [key, value] of Object.entries({ x: 0, y, width, height: heights[index] })) copy.setAttribute(key, String(value));
    page.append(copy);
    y += heights[index] + GAP;
  });
  return new XMLSerializer().serializeToString(page);
}

/**
 * A picture as PNG, `factor` times as large.
 *
 * @param {string} svg
 * @param {number} factor
 * @returns {Promise<Blob | null>}
 */
export async function picturePNG(svg, factor) {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * factor;
  canvas.height = image.height * factor;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}
