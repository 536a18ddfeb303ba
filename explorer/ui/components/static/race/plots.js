// The three charts, from when the chart library is there.

import { DepthChart } from "./depth.js";
import { ErrorChart, LossChart } from "./curves.js";
import { find } from "./page.js";
import { painted } from "./plotly.js";

/** @import { Plotly } from "../data.js" */
/** @import { Scene } from "./scene.js" */

/** The charts of a race's page. */
export class Plots {
  /**
   * @param {HTMLElement} root
   * @param {Plotly} Plotly
   */
  constructor(root, Plotly) {
    this.root = root;
    /** @type {(name: string) => HTMLElement} */
    const at = (name) => find(root, `.rx-${name} .rx-plot`);
    this.loss = new LossChart(at("loss"), Plotly);
    this.error = new ErrorChart(at("error"), Plotly);
    this.depth = new DepthChart(at("gradient"), Plotly);
    at("loss").setAttribute("aria-label", "Training loss of every network against the step");
    at("error").setAttribute("aria-label", "Training and test error of every network against the step");
  }

  /**
   * Draw them, and say on the page what is then on screen, for those who measure it.
   *
   * @param {Scene} scene
   * @param {boolean} sorted
   * @param {string} runs
   */
  async show(scene, sorted, runs) {
    this.loss.show(scene);
    this.error.show(scene);
    this.depth.show(scene, sorted);
    await this.loss.busy;
    if (scene.newest && !Number(this.root.dataset.step)) painted("curves");
    Object.assign(this.root.dataset, { runs, step: scene.newest });
  }

  destroy() {
    for (const chart of [this.loss, this.error, this.depth]) chart.destroy();
  }
}
