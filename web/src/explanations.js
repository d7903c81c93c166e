/** What the codes of a record mean, in the words that the page shows beside them. */

export const BASES = new Map([
  ["explicit", "a date in the text"],
  ["weekday", "a weekday in the text, counted back from the article’s day"],
  ["deictic", "words such as “today” or “overnight”, read by the article’s day"],
  ["relative", "words such as “a day earlier”"],
  ["inherited", "the date of the incident that it is told with"],
  ["publication", "bounded by the article’s own day alone"],
]);

export const PRECISIONS = new Map([
  ["exact", "the site itself"],
  ["locality", "the town or village"],
  ["admin1", "somewhere in the province"],
  ["region", "somewhere in the region"],
  ["sea", "somewhere at sea"],
  ["country", "only the country is known: no point"],
  ["unknown", "no point is known"],
]);

export const STATUSES = new Map([
  ["asserted", "reported as fact"],
  ["claimed", "somebody’s claim"],
  ["denied", "denied"],
  ["attempted", "an attempt"],
]);

/** Where the map has no point, in words for its tray. */
export const TRAY = new Map([
  ["country", "known to the country only"],
  ["unknown", "with no place"],
]);

/** How rows of the panel name what a report was read for; fields of the database that belong to them. */
export const ROW_OF = new Map([
  ["event_type", "what"], ["date_earliest", "when"], ["date_latest", "when"], ["date", "when"], ["place", "where"],
  ["place_name", "where"], ["admin1", "where"], ["country", "where"], ["facility", "site"], ["perpetrators", "by"],
  ["targets", "against"], ["claimed_by", "claimed by"], ["killed_low", "killed"], ["killed_best", "killed"],
  ["killed_high", "killed"], ["wounded_low", "wounded"], ["wounded_best", "wounded"], ["wounded_high", "wounded"],
  ["intercepted", "brought down"], ["intercepted_low", "brought down"], ["intercepted_high", "brought down"],
  ["mention_count", "reports"], ["weapons.count", "weapons"], ["attributions", "who did it"],
]);

/** What people may say of who did it, in the order of the panel. */
export const WORDS_ON_WHO = ["claimed", "blamed", "denied", "confirmed"];
