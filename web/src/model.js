/**
 * The incidents as the page holds them: columns of numbers, and the words that the numbers stand for.
 * Word 0 is no word; days are counted from 1970-01-01; a null is "the texts do not say".
 */

/** @typedef {(number | null)[]} Numbers */

/**
 * @typedef {object} Columns
 * @property {string[]} incident_id
 * @property {number[]} event_type
 * @property {number[]} status
 * @property {number[]} outcome
 * @property {number[]} date_precision
 * @property {number[]} date_basis
 * @property {number[]} place_name
 * @property {number[]} facility
 * @property {number[]} facility_type
 * @property {number[]} admin1
 * @property {number[]} country
 * @property {number[]} geo_precision
 * @property {number[][]} perpetrators
 * @property {number[][]} targets
 * @property {number[][]} claimed_by
 * @property {[number, number | null, number | null][][]} weapons
 * @property {[number, number, number][][]} attributions who, which kind of word, by whom
 * @property {Numbers} date_earliest
 * @property {Numbers} date_latest
 * @property {Numbers} first_reported_at
 * @property {Numbers} last_reported_at
 * @property {Numbers} intercepted_low
 * @property {Numbers} intercepted_high
 * @property {Numbers} killed_low
 * @property {Numbers} killed_best
 * @property {Numbers} killed_high
 * @property {Numbers} wounded_low
 * @property {Numbers} wounded_best
 * @property {Numbers} wounded_high
 * @property {Numbers} latitude
 * @property {Numbers} longitude
 * @property {number[]} mention_count
 * @property {number[]} article_count
 * @property {number[]} source_count
 * @property {number[]} background 1 where it is told as older context
 * @property {number[]} series 1 where it stands for many
 * @property {number[]} confidence per cent
 * @property {number[]} conflicts how many fields the reports disagree on
 */

/** @typedef {{ words: string[], columns: Columns, kinds: [number, number][] }} PackedIncidents */

/**
 * @typedef {object} Incidents
 * @property {number} count
 * @property {string[]} words
 * @property {Columns} columns
 * @property {Map<number, number>} kinds what kind of party a name stands for
 */

/**
 * @typedef {object} About
 * @property {number | null} run
 * @property {string | null} written
 * @property {number} held
 * @property {number} undated
 * @property {string | null} where
 * @property {string | null} since
 * @property {string | null} until
 * @property {string | null} known_on
 * @property {"full" | "quotes" | "none"} words
 * @property {number} chunk incidents whose details come together
 * @property {boolean} live served, by a server that has the details
 * @property {string | null} snapshot of a live page: which state of the database it shows
 */

/** @typedef {[string, [number, number, string][]]} Passage a text and its marks: from, to, what was read */

/**
 * @typedef {object} Report
 * @property {string} id
 * @property {string} article
 * @property {string} source
 * @property {string | null} url
 * @property {string | null} title
 * @property {string | null} day
 * @property {string} status
 * @property {number} score
 * @property {string[]} reasons
 * @property {Passage[]} passages
 */

/**
 * @typedef {object} Entry one line of an incident's history
 * @property {string} day
 * @property {number} run
 * @property {string} change
 * @property {string | null} other
 * @property {[string, string | null, string | null][]} [fields] field, before, after
 */

/** @typedef {{ reports: Report[], conflicts: [string, string, number[]][], history: Entry[] }} Detail */

/** @typedef {{ land: number[][], borders: number[][], step: number }} World lines as steps of so many degrees */

/** @typedef {[string, number, number]} Town name, latitude, longitude */

/**
 * @param {PackedIncidents} packed
 * @returns {Incidents}
 */
export function incidentsOf({ words, columns, kinds }) {
  return { count: columns.incident_id.length, words, columns, kinds: new Map(kinds) };
}

/**
 * A code as people write it: "ied_mine" is "IED or mine".
 * @param {string} code
 */
export function plainWords(code) {
  return PLAIN.get(code) ?? code.replaceAll("_", " ");
}

const PLAIN = new Map([
  ["ied_mine", "IED or mine"],
  ["ied", "IED"],
  ["rocket_missile_mortar", "rockets, missiles or mortars"],
  ["attack", "attack, kind not said"],
  ["sabotage_destruction", "sabotage or destruction"],
  ["arrest_raid", "arrest or raid"],
  ["oil_gas_field", "oil or gas field"],
]);
