// The three line charts: one persistent Plotly figure each, fed with what is new.

import { places } from "./quantities.js";
import { formatNumber } from "./scale.js";

let bundle;

/** Load Plotly once, from the bundle that the installed Python package carries. */
export function loadPlotly() {
  bundle ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve(window.Plotly);
    const script = document.createElement("script");
    script.src = "/explorer-static/plotly.min.js";
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error("The chart library could not be loaded."));
    document.head.append(script);
    return undefined;
  });
  return bundle;
}

const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: "reset" };

function margin(theme) {
  return { l: 46 * theme.stroke, r: 10, t: 6, b: 30 * theme.stroke };
}

function fonts(theme) {
  return { family: theme.font, size: theme.size, color: theme.text };
}

function axis(theme, title, extra) {
  return {
    title: { text: title, font: { size: theme.size }, standoff: 4 },
    gridcolor: theme.grid,
    linecolor: theme.line,
    zerolinecolor: theme.grid,
    tickfont: { size: theme.size - 1 },
    fixedrange: true,
    automargin: false,
    ...extra,
  };
}

/** The next bound of a growing axis: doubled, so that it moves seldom. */
export function grown(bound, value) {
  let next = bound;
  while (Number.isFinite(value) && value > next) next *= 2;
  return next;
}

class Chart {
  constructor(element, Plotly) {
    this.element = element;
    this.Plotly = Plotly;
    this.busy = Promise.resolve();
  }

  /** Draw at once; what comes while Plotly is busy waits its turn, and only the last of it is drawn. */
  draw(traces, layout) {
    this.next = [traces, layout];
    if (this.waiting) return;
    this.waiting = true;
    this.busy = this.busy.then(() => {
      this.waiting = false;
      if (!this.element.isConnected) return undefined;
      const [data, page] = this.next;
      const { clientWidth: width, clientHeight: height } = this.element;
      return this.Plotly.react(this.element, data, { ...page, width, height }, CONFIG);
    });
  }

  destroy() {
    this.Plotly.purge(this.element);
  }
}

function layout(theme, xaxis, yaxis, cursor) {
  const marks = cursor == null ? [] : [{
    type: "line", x0: cursor, x1: cursor, yref: "paper", y0: 0, y1: 1, line: { color: theme.line, width: 1 },
  }];
  return {
    xaxis, yaxis, shapes: marks, margin: margin(theme), showlegend: false, hovermode: "x unified",
    hoverlabel: { bgcolor: theme.panel, font: { color: theme.text, size: theme.size } },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", font: fonts(theme), uirevision: "kept", datarevision: performance.now(), // the arrays grow in place
  };
}

/** Training loss of every network against the step. */
export class LossChart extends Chart {
  top = 2.5;

  show(lanes, theme, steps, cursor) {
    const traces = lanes.map(({ letter, title, colour, record }) => ({
      type: "scatter", mode: "lines", name: `${letter} ${title}`, x: record.steps, y: record.loss,
      line: { color: colour, width: 2 * theme.stroke }, hovertemplate: "%{y:.3g} nats",
    }));
    for (const { record } of lanes) this.top = grown(this.top, record.highLoss);
    this.draw(traces, layout(theme, axis(theme, "step", { range: [0, steps] }), axis(theme, "loss / nats", { range: [0, this.top] }), cursor));
  }

  reset() {
    this.top = 2.5;
  }
}

/** Error: every batch pale, the whole training set bold, the test set thin. */
export class ErrorChart extends Chart {
  show(lanes, theme, steps, cursor) {
    const traces = lanes.flatMap(({ letter, colour, record }) => {
      const at = record.evaluations.map((one) => one[0]);
      return [
        { type: "scatter", mode: "lines", name: `${letter} batch`, x: record.steps, y: record.error.map((value) => 100 * value),
          line: { color: colour, width: 1 }, opacity: 0.3, hoverinfo: "skip" },
        { type: "scatter", mode: "lines+markers", name: `${letter} training`, x: at, y: record.evaluations.map((one) => 100 * one[2]),
          line: { color: colour, width: 2.5 * theme.stroke }, marker: { size: 6 * theme.stroke }, hovertemplate: "%{y:.3g} %" },
        { type: "scatter", mode: "lines+markers", name: `${letter} test`, x: at, y: record.evaluations.map((one) => 100 * one[4]),
          line: { color: colour, width: 1 * theme.stroke }, marker: { size: 5 * theme.stroke, symbol: "circle-open" }, hovertemplate: "%{y:.3g} %" },
      ];
    });
    this.draw(traces, layout(theme, axis(theme, "step", { range: [0, steps] }), axis(theme, "error / %", { range: [0, 100] }), cursor));
  }
}

/** One quantity at one step, on the depth axis of the diagrams; or sorted by size, largest first. */
export class DepthChart extends Chart {
  show(lanes, theme, viewport, margins, quantity, range, step, selected, sorted) {
    const log = quantity.scale === "log";
    const traces = lanes.map(({ letter, title, colour, record }) => {
      const values = record.valuesAt(quantity, step);
      const shown = Array.from(values, (value) => (Number.isFinite(value) && (!log || value > 0) ? value : null));
      if (sorted) shown.sort((one, other) => other - one);
      return {
        type: "scatter", mode: shown.length > 120 ? "lines" : "lines+markers", name: `${letter} ${title}`,
        x: places(values, record.layers), y: shown,
        line: { color: colour, width: 1.5 * theme.stroke }, marker: { size: 4 * theme.stroke }, hovertemplate: quantity.scale === "share" ? "%{y:.1%}" : "%{y:.3g}",
      };
    });
    const along = sorted ? "rank, largest first" : "weighted layer, first to last";
    const depth = axis(theme, along, { range: [viewport.from - 0.5, viewport.to + 0.5], tickformat: "d" });
    const power = { type: "log", dtick: range.high - range.low > 6 ? 2 : 1, exponentformat: "power" };
    const linear = quantity.scale === "share" ? { tickformat: ".0%", dtick: 0.25 } : { dtick: 0.5, zeroline: true };
    const size = axis(theme, quantity.axis, { range: [range.low, range.high], ...(log ? power : linear) });
    const page = layout(theme, depth, size, null);
    page.margin = { ...margin(theme), l: margins.left, r: margins.right };
    if (quantity.mark) page.shapes.push({ type: "line", xref: "paper", x0: 0, x1: 1, y0: quantity.mark, y1: quantity.mark, line: { color: theme.text, width: 1, dash: "dot" } });
    if (selected && !sorted) {
      page.shapes.push({ type: "rect", x0: selected.from - 0.5, x1: selected.to + 0.5, yref: "paper", y0: 0, y1: 1, line: { width: 0 }, fillcolor: theme.line, opacity: 0.18 });
    }
    this.draw(traces, page);
  }
}

/** The finding in words, computed from what was recorded; neutral until there is something to say. */
export function lossTitle(lanes) {
  const said = lanes.map(({ letter, record }) => [letter, record.settledLoss]).filter(([, loss]) => loss != null);
  if (!said.length) return "Training loss";
  return `Training loss: ${said.map(([letter, loss]) => `${letter} ${formatNumber(loss)}`).join(", ")}`;
}

/** What a quantity's median says of every network at a step. */
export function depthTitle(lanes, quantity, step) {
  const said = lanes.map(({ letter, record }) => {
    const values = Array.from(record.valuesAt(quantity, step)).filter(Number.isFinite).sort((one, other) => one - other);
    if (!record.rows.length) return "";
    if (quantity.oneTerm && record.blocks && !values.some((value) => value !== 0)) return `${letter} ${quantity.oneTerm}`;
    if (!values.length) return `${letter} not recorded`;
    const median = values[Math.floor(values.length / 2)];
    return `${letter} ${quantity.scale === "share" ? `${formatNumber(100 * median)} %` : formatNumber(median)}`;
  }).filter(Boolean);
  return said.length ? `at step ${step}, median ${quantity.per}: ${said.join(", ")}` : "";
}
