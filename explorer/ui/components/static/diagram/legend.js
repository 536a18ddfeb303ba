// What the arcs of a diagram mean.

/** @import { Shortcut } from "../data.js" */

const ARC = "M2 9C2 -1 24 -1 24 9";

/**
 * A small arc.
 *
 * @param {string} dash
 * @param {number} width
 * @param {string} second
 */
function arc(dash, width, second = "") {
  return `<svg width="26" height="10" aria-hidden="true"><path d="${ARC}" fill="none" stroke="currentColor" stroke-width="${width}" stroke-dasharray="${dash}"/>${second}</svg>`;
}

/**
 * The legend of these kinds of shortcut, and a hint.
 *
 * @param {Set<Shortcut>} kinds
 * @param {string} background
 * @param {string} hint
 */
export function legendHTML(kinds, background, hint) {
  /** @type {[Shortcut, string][]} */
  const items = [
    ["identity", `${arc("", 1.4)} identity`],
    ["padded", `${arc("4 3", 2)} padded`],
    ["projection", `${arc("", 4, `<path d="${ARC}" fill="none" stroke="${background}" stroke-width="1.4"/>`)} projection`],
    ["none", "no arc: no shortcut"],
  ];
  const shown = items.filter(([kind]) => kinds.has(kind)).map(([, html]) => html);
  return ["Shortcuts:", ...shown, hint].map((html) => `<span>${html}</span>`).join("");
}
