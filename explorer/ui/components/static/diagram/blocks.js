// What a drawing unfolds to, block by block and stage by stage, and how it is said.

import { formatNumber } from "../numbers.js";

/** @import { Drawing, Run, Shortcut } from "../data.js" */

/**
 * One block: its first and last weighted layer, the stem being layer 1, and its receptive field in input pixels.
 *
 * @typedef {{run: Run, name: string, label: string, from: number, to: number, field: number}} Block
 */

/** @type {Record<Shortcut, string>} */
export const KINDS = {
  identity: "identity shortcut",
  padded: "padded shortcut (option A)",
  projection: "projected shortcut",
  none: "no shortcut",
};

/**
 * Every block of a drawing, unfolded.
 *
 * @param {Drawing} drawing
 * @returns {Block[]}
 */
export function blocksOf(drawing) {
  return drawing.runs.flatMap((run) => Array.from({ length: run.count }, (_, offset) => ({
    run,
    name: `stage${run.stage}.block${run.index + offset}`,
    label: `stage ${run.stage}, block ${run.index + offset}`,
    from: run.first + offset * run.layers,
    to: run.first + (offset + 1) * run.layers - 1,
    field: run.field + offset * run.field_step,
  })));
}

/**
 * Every stage: its number, its first weighted layer, how many it has, and the shape it ends with.
 *
 * @param {Drawing} drawing
 */
export function stagesOf(drawing) {
  const stages = [...new Set(drawing.runs.map((run) => run.stage))];
  return stages.map((stage) => {
    const runs = drawing.runs.filter((run) => run.stage === stage);
    const layers = runs.reduce((sum, run) => sum + run.count * run.layers, 0);
    return { stage, first: runs[0].first, layers, output: runs[0].output };
  });
}

/**
 * Weighted layers of the blocks of these names, counted from 0.
 *
 * @param {Block[]} blocks
 * @param {Set<string>} names
 */
export function layersOf(blocks, names) {
  const named = blocks.filter((block) => names.has(block.name));
  return new Set(named.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from - 1 + at)));
}

/**
 * A block in words, for who hears it.
 *
 * @param {string} letter
 * @param {Block} block
 */
export function describe(letter, { run, label }) {
  const kind = run.layers === 2 ? "basic block" : "bottleneck block";
  return `Network ${letter}, ${label}, ${kind}, ${KINDS[run.shortcut]}, ${formatNumber(run.parameters)} parameters`;
}

/**
 * A block in lines, for who points at it; `told` is what its layers say of the quantity on show.
 *
 * @param {string} letter
 * @param {Block} block
 * @param {string} told
 */
export function factsOf(letter, { run, label, field }, told) {
  return [
    `${letter}: ${label}`,
    `${run.input.join("×")} → ${run.output.join("×")}`,
    `${formatNumber(run.parameters)} parameters (${run.parameters.toLocaleString("en")})`,
    `${formatNumber(run.macs)} multiply-adds (${run.macs.toLocaleString("en")})`,
    `Receptive field ${field} px, ${KINDS[run.shortcut]}`,
    ...(told ? [told] : []),
  ];
}
