// Colours, fonts and sizes that streamlit gives a page.

/**
 * `size` is that of type in pixels, `stroke` how many times as thick lines are.
 *
 * @typedef {{text: string, panel: string, grid: string, line: string, font: string, size: number, stroke: number}} Theme
 */

const LARGER = 1.5; // in a lecture

/**
 * Return how an element of the page is drawn on.
 *
 * @param {HTMLElement} element
 * @param {boolean} lecture
 * @returns {Theme}
 */
export function themeOf(element, lecture) {
  const style = getComputedStyle(element);
  /** @type {(name: string, otherwise: string) => string} */
  const value = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  const stroke = lecture ? LARGER : 1;
  return {
    text: value("--st-text-color", "#1a1c24"),
    panel: value("--st-secondary-background-color", "#f0f2f6"),
    grid: "rgba(128,128,128,0.22)",
    line: "rgba(128,128,128,0.75)",
    font: value("--st-font", "sans-serif"),
    size: 11 * stroke,
    stroke,
  };
}
