// The keys of the race: most press a button.

import { MESSAGES } from "../names.js";
import { find } from "./page.js";

/** @import { Race } from "./race.js" */

const KEYS = [
  ["Space", "Race, pause or go on"],
  ["→", "One step"],
  ["S", "Slow motion"],
  ["1 to 9", "Presets"],
  ["Q", "Next quantity along the depth"],
  ["L", "Lecture: larger type, no builder"],
  ["?", "This list"],
  ["Ctrl and wheel", "Zoom the depth axis; drag pans, double click shows all"],
];
const USES_KEYS = "input, textarea, select, button, a, svg, [contenteditable='true'], [role='button'], [role='slider'], [role='combobox'], [role='dialog']";

/**
 * Show the list of keys, or hide it.
 *
 * @param {HTMLElement} root
 */
export function toggleKeys(root) {
  const list = find(root, ".rx-keys");
  if (!list.firstChild) list.innerHTML = `<dl>${KEYS.map(([key, what]) => `<dt>${key}</dt><dd>${what}</dd>`).join("")}</dl>`;
  list.hidden = !list.hidden;
}

/**
 * Keys work only while nothing that uses keys itself has the focus; returns how to stop.
 *
 * @param {Race} race
 */
export function bindKeys(race) {
  /** @param {KeyboardEvent} event */
  const listen = (event) => {
    const free = !document.activeElement?.closest(USES_KEYS);
    if (!free || event.ctrlKey || event.metaKey || event.altKey || !race.data) return;
    if (event.key === " ") event.preventDefault();
    press(race, event.key);
  };
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}

/**
 * Do what a key asks for, if it asks for anything.
 *
 * @param {Race} race
 * @param {string} key
 */
function press(race, key) {
  /** @type {(name: string) => void} */
  const click = (name) => find(race.root, `.rx-${name}`).click();
  if (key === " ") click(race.runs.going ? "pause" : "race");
  else if (key === "ArrowRight") click("step");
  else if (key === "s") click("slow");
  else if (key === "q") race.showNext();
  else if (key === "l") click("lecture");
  else if (key === "?") toggleKeys(race.root);
  else if (key === "Escape") find(race.root, ".rx-keys").hidden = true;
  else if (/^[1-9]$/.test(key)) race.tell(MESSAGES.preset, Number(key));
}
