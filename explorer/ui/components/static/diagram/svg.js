// SVG elements, and what the parts of one lane are drawn on.

/** @import { Scale } from "../axis.js" */

export const SVG = "http://www.w3.org/2000/svg";
/** Height of the line with the stages' names. */
export const LABEL = 14;
/** Height of a cell. */
export const CELL = 18;

/**
 * A lane as it is drawn: what parts are appended to, the depth axis, its height, where the cells begin, the network's colour
 * and what is behind it.
 *
 * @typedef {{body: SVGElement, scale: Scale, height: number, top: number, colour: string, background: string}} Sheet
 */

/**
 * Return a new element.
 *
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 * @returns {SVGElementTagNameMap[Name]}
 */
export function node(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text != null) element.textContent = text;
  return element;
}
