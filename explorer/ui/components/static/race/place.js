// What a page shows that Python need not know: step, block and quantity, as the address names them.

/** @typedef {{at: number | null, block: string | null, quantity: string | null}} Place */

/**
 * The place that an address names.
 *
 * @param {string} search
 * @returns {Place}
 */
export function placeIn(search) {
  const query = new URLSearchParams(search);
  const at = Number(query.get("at"));
  return { at: Number.isInteger(at) && at > 0 ? at : null, block: query.get("selected"), quantity: query.get("along") };
}

/**
 * An address with another place.
 *
 * @param {string} page
 * @param {Place} place
 */
export function addressOf(page, { at, block, quantity }) {
  const address = new URL(page);
  for (const [name, value] of Object.entries({ at, selected: block, along: quantity })) {
    if (value) address.searchParams.set(name, String(value));
    else address.searchParams.delete(name);
  }
  return address;
}

/** The place that the page's own address names. */
export function readPlace() {
  return placeIn(window.location.search);
}

/**
 * Write a place into the page's own address.
 *
 * @param {Place} place
 */
export function writePlace(place) {
  const address = addressOf(window.location.href, place);
  if (address.href !== window.location.href) window.history.replaceState(window.history.state, "", address);
}
