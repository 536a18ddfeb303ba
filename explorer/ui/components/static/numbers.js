// The one way to write a number.

const PREFIXES = /** @type {const} */ ([[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]]);

/**
 * Three significant digits, SI suffixes from a thousand on.
 *
 * @param {number | null | undefined} value
 * @returns {string}
 */
export function formatNumber(value) {
  if (value == null || !Number.isFinite(value)) return "not finite";
  if (value === 0) return "0";
  const size = Math.abs(value);
  for (const [unit, suffix] of PREFIXES) {
    if (size >= unit * 0.9995) return `${Number((value / unit).toPrecision(3))}${suffix}`;
  }
  return size < 1e-3 ? value.toExponential(2).replace("-", "−") : String(Number(value.toPrecision(3)));
}
