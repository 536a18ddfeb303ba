// The chart library, from the bundle that the installed Python package carries.

import { STATIC } from "../names.js";

/** @import { Plotly } from "../data.js" */

/** @type {Promise<Plotly> | undefined} */
let bundle;

/** Load Plotly once. */
export function loadPlotly() {
  bundle ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve(window.Plotly);
    const failed = () => reject(new Error("The chart library could not be loaded."));
    const script = Object.assign(document.createElement("script"), { src: `${STATIC}plotly.min.js`, onerror: failed });
    script.onload = () => (window.Plotly ? resolve(window.Plotly) : failed());
    document.head.append(script);
    return undefined;
  });
  return bundle;
}

/**
 * Wait until what was drawn is on screen, and mark the moment for those who measure the page.
 *
 * @param {string} name
 * @returns {Promise<PerformanceMark>}
 */
export function painted(name) {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(() => done(performance.mark(name))));
  });
}
