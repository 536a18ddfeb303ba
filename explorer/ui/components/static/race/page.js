// The parts of the race's page, and how they are found.

const PAGE = `
  <header class="rx-head"><h1 class="rx-title"></h1><div class="rx-meta"></div></header>
  <div class="rx-controls" role="toolbar" aria-label="Race"></div>
  <div class="rx-grid">
    <div class="rx-left">
      <section class="rx-card rx-loss"><h2></h2><div class="rx-plot" role="img"></div></section>
      <section class="rx-card rx-error"><h2>Error: training bold, test thin, each batch pale</h2><div class="rx-plot" role="img"></div></section>
      <section class="rx-card rx-facts"></section>
    </div>
    <div class="rx-right">
      <div class="rx-diagram"></div>
      <section class="rx-card rx-gradient">
        <h2><select class="rx-quantity" aria-label="Shown along the depth"></select> <span class="rx-finding"></span><label class="rx-sorted" hidden><input type="checkbox"> sorted</label></h2>
        <p class="rx-about"></p><div class="rx-plot" role="img"></div>
      </section>
      <div class="rx-scrub"><label><span>Step</span><input type="range" min="0" step="1"><output></output></label></div>
      <section class="rx-card rx-heat"><h2><span class="rx-heat-name"></span><span class="rx-scale"></span></h2><div class="rx-maps"></div></section>
    </div>
  </div>
  <p class="rx-empty" role="status"></p>
  <div class="rx-keys" hidden></div>`;

/** Return a new page, all parts empty. */
export function makePage() {
  return Object.assign(document.createElement("div"), { className: "rx-stage", innerHTML: PAGE });
}

/**
 * Return the part of this selector, which is known to be there and of this kind.
 *
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {HTMLElement} root
 * @param {string} selector
 * @param {new () => Kind} [kind]
 * @returns {Kind}
 */
export function find(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!(found instanceof (kind ?? HTMLElement))) throw new TypeError(`The page has no ${selector} of this kind.`);
  return /** @type {Kind} */ (found);
}
