// Where a stage begins, and its name where there is room.

import { stagesOf } from "./blocks.js";
import { node } from "./svg.js";

/** @import { Drawing } from "../data.js" */
/** @import { Sheet } from "./svg.js" */

/**
 * Draw a line and a name a stage.
 *
 * @param {Sheet} sheet
 * @param {Drawing} drawing
 */
export function drawStages({ body, scale, height }, drawing) {
  for (const { stage, first, layers, output } of stagesOf(drawing)) {
    const x = scale.x(first - 0.5);
    body.append(node("line", { x1: x, x2: x, y1: 2, y2: height - 3, stroke: "currentColor", "stroke-opacity": 0.25, "stroke-dasharray": "2 3" }));
    const name = stageName(stage, output, scale.unit * layers);
    body.append(node("text", { x: x + 4, y: 11, "font-size": 11, fill: "currentColor", "fill-opacity": 0.8 }, name));
  }
}

/**
 * As much of a stage's name as `room` pixels hold.
 *
 * @param {number} stage
 * @param {number[]} output
 * @param {number} room
 */
export function stageName(stage, output, room) {
  const long = `stage ${stage}: ${output.join("×")}`;
  if (room > 6.2 * long.length) return long;
  return room > 46 ? `stage ${stage}` : "";
}
