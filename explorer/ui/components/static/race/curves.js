// Loss and error against the step.

import { Chart, axis, grown, layout } from "./chart.js";

/** @import { Scene, Shown } from "./scene.js" */
/** @import { Theme } from "./theme.js" */

const TOP = 2.5; // nats: a little more than the loss of guessing among ten classes

/** Training loss of every network. */
export class LossChart extends Chart {
  top = TOP;

  /** @param {Scene} scene */
  show({ lanes, theme, steps, cursor }) {
    const traces = lanes.map(({ letter, title, colour, record }) => ({
      type: "scatter", mode: "lines", name: `${letter} ${title}`, x: record.steps, y: record.loss,
      line: { color: colour, width: 2 * theme.stroke }, hovertemplate: "%{y:.3g} nats",
    }));
    for (const { record } of lanes) this.top = grown(this.top, record.highLoss);
    this.draw(traces, layout(theme, axis(theme, "step", { range: [0, steps] }), axis(theme, "loss / nats", { range: [0, this.top] }), cursor));
  }

  reset() {
    this.top = TOP;
  }
}

/** Error: every batch pale, the whole training set bold, the test set thin. */
export class ErrorChart extends Chart {
  /** @param {Scene} scene */
  show({ lanes, theme, steps, cursor }) {
    const traces = lanes.flatMap((lane) => errorTraces(lane, theme));
    this.draw(traces, layout(theme, axis(theme, "step", { range: [0, steps] }), axis(theme, "error / %", { range: [0, 100] }), cursor));
  }
}

/**
 * @param {Shown} lane
 * @param {Theme} theme
 */
function errorTraces({ letter, colour, record }, { stroke }) {
  const at = record.evaluations.map((one) => one[0]);
  /** @type {(place: 2 | 4) => number[]} */
  const percent = (place) => record.evaluations.map((one) => 100 * Number(one[place]));
  return [
    { type: "scatter", mode: "lines", name: `${letter} batch`, x: record.steps, y: record.error.map((value) => 100 * value),
      line: { color: colour, width: 1 }, opacity: 0.3, hoverinfo: "skip" },
    { type: "scatter", mode: "lines+markers", name: `${letter} training`, x: at, y: percent(2),
      line: { color: colour, width: 2.5 * stroke }, marker: { size: 6 * stroke }, hovertemplate: "%{y:.3g} %" },
    { type: "scatter", mode: "lines+markers", name: `${letter} test`, x: at, y: percent(4),
      line: { color: colour, width: 1 * stroke }, marker: { size: 5 * stroke, symbol: "circle-open" }, hovertemplate: "%{y:.3g} %" },
  ];
}
