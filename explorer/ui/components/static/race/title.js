// The title, every letter of a network in its colour.

/** @import { Lane } from "../data.js" */

/**
 * Return the parts of a title in which {A} stands for network A. Text only: nothing in it is read as markup.
 *
 * @param {string} title
 * @param {Pick<Lane, "letter" | "ink">[]} lanes
 */
export function titleParts(title, lanes) {
  const colours = new Map(lanes.map(({ letter, ink }) => [letter, ink]));
  return title.split(/(\{[A-D]\})/).filter(Boolean).map((part) => {
    const letter = /^\{([A-D])\}$/.exec(part)?.[1];
    if (!letter) return document.createTextNode(part);
    const mark = Object.assign(document.createElement("b"), { textContent: letter });
    mark.style.color = colours.get(letter) ?? "";
    return mark;
  });
}
