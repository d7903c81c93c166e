/** The state of the view as the part of the address behind "#": a link shows what its sender saw. */

import { dayOf, isoOf } from "./days.js";
import { SORTS, noFilters } from "./selection.js";

/** @typedef {import("./selection.js").Filters} Filters */
/** @typedef {{ filters: Filters, open: string | null, whole: boolean }} View */

const WORDS_AND_CHOICES = /** @type {const} */ (["q", "type", "country", "by", "claimed", "weapon", "precision", "sort", "days"]);
const FLAGS = /** @type {const} */ (["several", "differ", "background"]);

/**
 * @param {View} view
 * @returns {string} without "#", and only what differs from a view without filters
 */
export function hashOf({ filters, open, whole }) {
  const usual = noFilters();
  const parameters = new URLSearchParams();
  for (const name of WORDS_AND_CHOICES) if (filters[name] !== usual[name]) parameters.set(name, filters[name]);
  for (const name of FLAGS) if (filters[name]) parameters.set(name, "1");
  if (filters.from != null) parameters.set("from", isoOf(filters.from));
  if (filters.to != null) parameters.set("to", isoOf(filters.to));
  if (filters.box) parameters.set("box", filters.box.join(","));
  if (whole) parameters.set("time", "whole");
  if (open) parameters.set("incident", open);
  return parameters.toString();
}

/**
 * @param {string} hash with or without "#"; what cannot be meant is passed over
 * @returns {View}
 */
export function viewOf(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const filters = noFilters();
  for (const name of WORDS_AND_CHOICES) {
    const text = parameters.get(name);
    if (text == null) continue;
    if (name === "days") filters.days = text === "surely" ? text : "may";
    else if (name !== "sort" || text in SORTS) filters[name] = text;
  }
  for (const name of FLAGS) filters[name] = parameters.get(name) === "1";
  filters.from = dayOf(parameters.get("from") ?? "");
  filters.to = dayOf(parameters.get("to") ?? "");
  filters.box = boxOf(parameters.get("box") ?? "");
  return { filters, open: parameters.get("incident"), whole: parameters.get("time") === "whole" };
}

/**
 * @param {string} text
 * @returns {import("./selection.js").Box | null}
 */
function boxOf(text) {
  const numbers = text.split(",").map(Number);
  if (numbers.length !== 4 || !text || numbers.some(Number.isNaN)) return null;
  return /** @type {import("./selection.js").Box} */ (numbers);
}
