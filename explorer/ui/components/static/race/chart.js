// A line chart: one persistent Plotly figure, fed with what is new.

/** @import { Plotly } from "../data.js" */
/** @import { Theme } from "./theme.js" */
/** @typedef {Record<string, unknown>} Part */

const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: "reset" };

/**
 * An axis with a title.
 *
 * @param {Theme} theme
 * @param {string} title
 * @param {Part} more
 */
export function axis(theme, title, more) {
  return {
    title: { text: title, font: { size: theme.size }, standoff: 4 },
    gridcolor: theme.grid,
    linecolor: theme.line,
    zerolinecolor: theme.grid,
    tickfont: { size: theme.size - 1 },
    fixedrange: true,
    automargin: false,
    ...more,
  };
}

/**
 * What surrounds the curves; `cursor` is a step that is marked, if any.
 *
 * @param {Theme} theme
 * @param {Part} xaxis
 * @param {Part} yaxis
 * @param {number | null} cursor
 */
export function layout(theme, xaxis, yaxis, cursor) {
  /** @type {Part[]} */
  const shapes = cursor == null ? [] : [{
    type: "line", x0: cursor, x1: cursor, yref: "paper", y0: 0, y1: 1, line: { color: theme.line, width: 1 },
  }];
  return {
    xaxis, yaxis, shapes, showlegend: false, hovermode: "x unified",
    margin: { l: 46 * theme.stroke, r: 10, t: 6, b: 30 * theme.stroke },
    hoverlabel: { bgcolor: theme.panel, font: { color: theme.text, size: theme.size } },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", font: { family: theme.font, size: theme.size, color: theme.text },
    uirevision: "kept", datarevision: performance.now(), // the arrays grow in place
  };
}

/**
 * The next bound of a growing axis: doubled, so that it moves seldom.
 *
 * @param {number} bound
 * @param {number} value
 */
export function grown(bound, value) {
  let next = bound;
  while (Number.isFinite(value) && value > next) next *= 2;
  return next;
}

/** What the three charts share. */
export class Chart {
  /** @type {Promise<unknown>} */
  busy = Promise.resolve();
  /** @type {[traces: object[], layout: object]} what is drawn next */
  next = [[], {}];
  waiting = false;

  /**
   * @param {HTMLElement} element
   * @param {Plotly} Plotly
   */
  constructor(element, Plotly) {
    this.element = element;
    this.Plotly = Plotly;
  }

  /**
   * Draw at once; what comes while Plotly is busy waits its turn, and only the last of it is drawn.
   *
   * @param {object[]} traces
   * @param {object} page
   */
  draw(traces, page) {
    this.next = [traces, page];
    if (this.waiting) return;
    this.waiting = true;
    this.busy = this.busy.then(() => {
      this.waiting = false;
      if (!this.element.isConnected) return undefined;
      const [data, around] = this.next;
      const { clientWidth: width, clientHeight: height } = this.element;
      return this.Plotly.react(this.element, data, { ...around, width, height }, CONFIG);
    });
  }

  destroy() {
    this.Plotly.purge(this.element);
  }
}
