// The facts beside the charts: one column a network.

import { formatNumber } from "./scale.js";

const ROWS = [
  ["parameters", "Parameters", (facts) => count(facts.parameters)],
  ["macs", "Multiply-adds", (facts) => count(facts.macs)],
  ["layers", "Weighted layers", (facts) => [facts.weighted_layers, ""]],
  ["shortcuts", "Shortcuts", (facts) => [facts.shortcuts_text, ""]],
  ["field", "Receptive field", (facts) => [`${facts.receptive_field} px`, "Side of the square of input pixels that one value of the last feature map can see"]],
];

function count(value) {
  return [formatNumber(value), value.toLocaleString("en")];
}

/** Fill the table: names of the quantities first, then one column a network in its colour. */
export function buildFacts(element, lanes) {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  head.append(cell("th", ""));
  for (const { letter, ink, title } of lanes) {
    const name = cell("th", `${letter} ${title}`);
    name.style.color = ink;
    name.scope = "col";
    head.append(name);
  }
  const body = table.createTBody();
  for (const [, title, read] of ROWS) {
    const row = body.insertRow();
    const name = cell("th", title);
    name.scope = "row";
    row.append(name);
    for (const { facts } of lanes) {
      const [text, exact] = read(facts);
      const value = cell("td", text);
      value.title = exact;
      row.append(value);
    }
  }
  element.replaceChildren(table);
}

function cell(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
