// The card of an opened block: what happens to x inside it, and the formula with the symbols of the page.

import { formatNumber } from "../numbers.js";

/** @import { Layer, Network, Run, Shortcut } from "../data.js" */
/** @import { Block } from "./blocks.js" */

/** @type {Partial<Record<Layer["kind"], string>>} */
const NAMES = { conv: "conv", norm: "norm", relu: "relu", scale: "α", sum: "+" };

/** @type {Record<Shortcut, string>} */
const WORDS = {
  none: "No shortcut: all of the signal passes through the branch.",
  identity: "The shortcut carries x unchanged.",
  padded: "The shortcut keeps every second pixel and adds zero channels.",
  projection: "The shortcut is a 1×1 convolution W.",
};

/** @param {Layer} layer */
function unit(layer) {
  const detail = layer.kind === "conv" ? `${layer.kernel}×${layer.kernel}${layer.stride > 1 ? `, stride ${layer.stride}` : ""}` : "";
  const cost = layer.parameters ? `${formatNumber(layer.parameters)} par.` : "";
  const work = layer.macs ? `${formatNumber(layer.macs)} m-a` : "";
  return `<div class="rx-unit rx-unit-${layer.kind}"><b>${NAMES[layer.kind]}</b><span>${detail}</span><span>${layer.kind === "conv" ? layer.output.join("×") : ""}</span><span>${cost}</span><span>${work}</span></div>`;
}

/** @param {Layer[]} layers */
function row(layers) {
  return layers.map(unit).join('<i aria-hidden="true">→</i>');
}

/**
 * y = shortcut + branch as MathML; F in the network's colour, as its branch is drawn.
 *
 * @param {Pick<Network, "drawing" | "ink">} network
 * @param {Pick<Run, "shortcut">} run
 */
export function formula({ drawing, ink }, run) {
  const alpha = drawing.scale === 1 ? "" : "<mi>α</mi>";
  const x = "<mi>x</mi>";
  const read = drawing.order === "pre" ? `<mi>relu</mi><mo>(</mo><mi>norm</mi><mo>(</mo>${x}<mo>)</mo><mo>)</mo>` : x;
  const branch = `${alpha}<mi style="color:${ink}">F</mi><mo>(</mo>${read}<mo>)</mo>`;
  const carried = { none: "", identity: `<mo>+</mo>${x}`, padded: `<mo>+</mo><mi>pad</mi><mo>(</mo>${x}<mo>)</mo>`, projection: `<mo>+</mo><mi>W</mi>${drawing.order === "pre" ? `<mo>(</mo>${read}<mo>)</mo>` : x}` }[run.shortcut];
  const sum = `${branch}${carried}`;
  const whole = drawing.order === "post" ? `<mi>relu</mi><mo>(</mo>${sum}<mo>)</mo>` : sum;
  return `<math display="inline"><mi>y</mi><mo>=</mo>${whole}</math>`;
}

/**
 * Fill the card with a block; `told` is what its layers say of the quantity on show.
 *
 * @param {HTMLElement} card
 * @param {Network} network
 * @param {Block} block
 * @param {string} told
 * @param {() => void} close
 */
export function openCard(card, network, block, told, close) {
  const { run } = block;
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-label", `${network.letter}: ${block.label}`);
  card.innerHTML = `
    <header><b style="color:${network.ink}">${network.letter}</b> <span>${block.label}</span> ${formula(network, run)}<button type="button" aria-label="Close">×</button></header>
    <div class="rx-flow">
      <div class="rx-path"><em>x</em><i>→</i>${row([...run.entry, ...run.branch])}<i>→</i>${run.exit.length ? row(run.exit) : ""}<i>→</i><em>y</em></div>
      <div class="rx-past rx-past-${run.shortcut}">${run.projection.length ? `<span>W:</span> ${row(run.projection)}` : WORDS[run.shortcut]}</div>
    </div>
    <footer>${run.input.join("×")} → ${run.output.join("×")} · ${formatNumber(run.parameters)} parameters · ${formatNumber(run.macs)} multiply-adds (m-a) · receptive field ${block.field} px${told ? ` · ${told}` : ""}</footer>`;
  card.querySelector("button")?.addEventListener("click", close);
  card.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
}
