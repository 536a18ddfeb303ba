// A button of the race, and what it shows.

/** @type {Record<string, string>} */
const ICONS = {
  race: "M3 2l10 6-10 6z",
  pause: "M3 2h4v12H3zM9 2h4v12H9z",
  step: "M2 2l7 6-7 6zM11 2h3v12h-3z",
  slow: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6zM7.3 4h1.5v4l2.8 1.7-.8 1.2L7.3 8.8z",
  stop: "M3 3h10v10H3z",
};

/**
 * Return a new button: its name is that of its icon, if it has one.
 *
 * @param {string} name
 * @param {string} label
 * @param {string} title
 * @param {() => void} [act]
 */
export function button(name, label, title, act) {
  const element = Object.assign(document.createElement("button"), { type: "button", className: `rx-button rx-${name}`, title });
  const path = ICONS[name];
  element.innerHTML = path ? `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>` : "";
  element.append(Object.assign(document.createElement("span"), { textContent: label }));
  if (act) element.onclick = act;
  return element;
}

/**
 * Give a button another icon and label.
 *
 * @param {HTMLButtonElement} element
 * @param {string} name
 * @param {string} label
 */
export function rename(element, name, label) {
  const path = element.querySelector("path");
  if (path?.getAttribute("d") !== ICONS[name]) path?.setAttribute("d", ICONS[name]);
  relabel(element, label);
}

/**
 * Give a button another label.
 *
 * @param {HTMLButtonElement} element
 * @param {string} label
 */
export function relabel(element, label) {
  const text = element.querySelector("span");
  if (text && text.textContent !== label) text.textContent = label;
}
