// How a race stands, in words.

import { formatNumber } from "../numbers.js";

/** @import { RaceData } from "../data.js" */
/** @import { Runs } from "./runs.js" */

/**
 * How far it has come, and how fast.
 *
 * @param {Runs} runs
 * @param {RaceData} data
 */
export function progressText(runs, data) {
  const { headers, going } = runs;
  if (!headers.length) return `${data.steps} steps`;
  const step = Math.max(...headers.map((header) => header.step || 0));
  const moving = headers.flatMap(({ rate = 0, seconds_left: left = 0 }) => (rate > 0 ? [{ rate, left }] : []));
  const said = [`step ${step}/${runs.steps(data.steps)}`];
  if (going && moving.length) {
    const rate = 1 / moving.reduce((sum, one) => sum + 1 / one.rate, 0); // the networks take turns
    const left = moving.reduce((sum, one) => sum + one.left, 0);
    said.push(`${formatNumber(rate)} steps/s`, `${left < 10 ? left.toFixed(1) : Math.round(left)} s left`);
  }
  return said.join(" · ");
}

/**
 * The kind of its state, which has a colour, and the state itself.
 *
 * @param {Runs} runs
 * @param {RaceData} data
 * @returns {[kind: string, text: string]}
 */
export function stateText({ states, headers, owned, up }, data) {
  if (data.problem) return ["problem", data.problem];
  if (!up && states.size) return ["wait", "Connection lost, trying again."];
  if (!states.size) return ["none", "Not trained yet."];
  const told = [...new Set(headers.map((header) => header.reason).filter(Boolean))].join(" ");
  if (headers.some((header) => header.recorded)) return ["recorded", `Recorded${data.recorded_on ? ` ${data.recorded_on}` : ""}`];
  if (states.has("loading")) return ["wait", "Loading."];
  if (states.has("queued")) {
    const place = Math.max(...headers.map((header) => header.place || 0));
    return ["wait", place > 1 ? `Waiting, place ${place} in the queue.` : "Starting."];
  }
  if (states.has("training")) return ["live", owned ? "Live" : "Live, started by someone else"];
  if (states.has("paused")) return ["wait", "Paused"];
  if (told) return ["problem", told];
  return ["done", [...states].map((one) => one[0].toUpperCase() + one.slice(1)).join(", ")];
}

/**
 * The data, and what trains on it.
 *
 * @param {Runs} runs
 * @param {RaceData} data
 */
export function deviceText({ lanes }, data) {
  const header = lanes.map(({ record }) => record.header).find((one) => one.device_name);
  return [data.dataset, header?.device_name, header?.precision].filter(Boolean).join(" · ");
}
