// What leaves the page: a link, a picture.

import { relabel } from "./button.js";

/**
 * Copy the page's address, and say so on the button for a moment.
 *
 * @param {HTMLButtonElement} button
 */
export async function copyLink(button) {
  const label = "Copy link";
  try {
    await navigator.clipboard.writeText(window.location.href);
    relabel(button, "Copied");
  } catch {
    relabel(button, "Copy the address");
  }
  setTimeout(() => relabel(button, label), 1500);
}

/**
 * Save something as a file of this name.
 *
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
