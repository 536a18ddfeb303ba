// The facts beside the charts: one column a network.

import { formatNumber } from "../numbers.js";

/** @import { Facts, Lane } from "../data.js" */

/** @type {[string, (facts: Facts) => [text: string, exact: string]][]} */
const ROWS = [
  ["Parameters", (facts) => count(facts.parameters)],
  ["Multiply-adds", (facts) => count(facts.macs)],
  ["Weighted layers", (facts) => [String(facts.weighted_layers), ""]],
  ["Shortcuts", (facts) => [facts.shortcuts_text, ""]],
  ["Receptive field", (facts) => [`${facts.receptive_field} px`, "Side of the square of input pixels that one value of the last feature map can see"]],
];

/**
 * @param {number} value
 * @returns {[string, string]}
 */
function count(value) {
  return [formatNumber(value), value.toLocaleString("en")];
}

/**
 * Fill the table: names of the quantities first, then one column a network in its colour.
 *
 * @param {HTMLElement} element
 * @param {Pick<Lane, "letter" | "ink" | "title" | "facts">[]} lanes
 */
export function showFacts(element, lanes) {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  head.append(cell("th", ""));
  for (const { letter, ink, title } of lanes) {
    const name = Object.assign(cell("th", `${letter} ${title}`), { scope: "col" });
    name.style.color = ink;
    head.append(name);
  }
  const body = table.createTBody();
  for (const [title, read] of ROWS) {
    const row = body.insertRow();
    row.append(Object.assign(cell("th", title), { scope: "row" }));
    for (const { facts } of lanes) {
      const [text, exact] = read(facts);
      row.append(Object.assign(cell("td", text), { title: exact }));
    }
  }
  element.replaceChildren(table);
}

/**
 * @param {"th" | "td"} tag
 * @param {string} text
 */
function cell(tag, text) {
  return Object.assign(document.createElement(tag), { textContent: text });
}
