// Layer × step as one picture: a canvas, for Plotly's heat map grows the browser when redrawn often.

import { makeScale } from "../axis.js";
import { Strip } from "./strip.js";

/** @import { Scale } from "../axis.js" */
/** @import { RunRecord } from "../record/record.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Theme } from "./theme.js" */

/**
 * Where a map lies on its canvas, in pixels.
 *
 * @typedef {{left: number, right: number, height: number}} Box
 */

/** The map of one network, on the depth axis of the diagrams. */
export class HeatMap {
  strip = new Strip();

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** Forget what was painted; the next `show` paints everything. */
  reset() {
    this.strip.reset();
  }

  /**
   * Paint what is new, then show the viewport's part. The scene's range is shared by all networks.
   *
   * @param {RunRecord} record
   * @param {Scene} scene
   */
  show(record, scene) {
    const { viewport, margins, selection, theme } = scene;
    this.strip.show(record, scene);
    const { width, height, paper } = this.clear();
    if (!paper) return;
    const scale = makeScale(viewport, width, margins);
    const box = { left: margins.left, right: width - margins.right, height };
    paper.fillStyle = theme.panel;
    paper.fillRect(box.left, 0, box.right - box.left, height);
    if (this.strip.painted) this.stretch(paper, scale, record.layers, box);
    if (selection) frame(paper, theme, Math.max(box.left, scale.x(selection.from - 0.5)), Math.min(box.right, scale.x(selection.to + 0.5)), height);
    label(paper, scene, box);
  }

  /** An empty paper of as many pixels as the screen has there, and its size on the page. */
  clear() {
    const { canvas } = this;
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const paper = canvas.getContext("2d");
    paper?.setTransform(ratio, 0, 0, ratio, 0, 0);
    paper?.clearRect(0, 0, width, height);
    if (paper) paper.imageSmoothingEnabled = false;
    return { width, height, paper };
  }

  /**
   * @param {CanvasRenderingContext2D} paper
   * @param {Scale} scale
   * @param {number} layers
   * @param {Box} box
   */
  stretch(paper, scale, layers, { left, right, height }) {
    const from = scale.x(0.5);
    paper.save();
    paper.beginPath();
    paper.rect(left, 0, right - left, height);
    paper.clip();
    paper.drawImage(this.strip.picture, from, 0, scale.x(layers + 0.5) - from, height);
    paper.restore();
  }
}

/**
 * The first and the last step, and a line at the one on show.
 *
 * @param {CanvasRenderingContext2D} paper
 * @param {Scene} scene
 * @param {Box} box
 */
function label(paper, { theme, steps, cursor }, { left, right, height }) {
  paper.fillStyle = theme.text;
  paper.font = `${theme.size - 1}px ${theme.font}`;
  paper.textAlign = "right";
  paper.textBaseline = "top";
  paper.fillText("0", left - 5, 0);
  paper.textBaseline = "bottom";
  paper.fillText(String(steps), left - 5, height);
  if (cursor == null || !steps) return;
  const y = Math.min(height - 0.5, (cursor / steps) * height);
  paper.strokeStyle = theme.text;
  paper.lineWidth = 1;
  paper.beginPath();
  paper.moveTo(left, y);
  paper.lineTo(right, y);
  paper.stroke();
}

/**
 * Frame the selected block's columns in ink on paper, to be seen on dark and light cells alike.
 *
 * @param {CanvasRenderingContext2D} paper
 * @param {Theme} theme
 * @param {number} from
 * @param {number} to
 * @param {number} height
 */
function frame(paper, theme, from, to, height) {
  if (to <= from) return;
  for (const { colour, width } of [{ colour: theme.panel, width: 3 }, { colour: theme.text, width: 1 }]) {
    paper.strokeStyle = colour;
    paper.lineWidth = width;
    paper.strokeRect(from, 0.5, to - from, height - 1);
  }
}
