(()=>{"use strict";
const DAY_MS = 86_400_000;
function isoOf(day) {
return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
function dayOf(text) {
if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
const milliseconds = Date.parse(`${text}T00:00:00Z`);
return Number.isNaN(milliseconds) || isoOf(milliseconds / DAY_MS) !== text ? null : milliseconds / DAY_MS;
}
function intervalText(earliest, latest) {
if (earliest == null || latest == null) return "no date";
return earliest === latest ? isoOf(earliest) : `${isoOf(earliest)} – ${isoOf(latest)}`;
}
function shortInterval(earliest, latest) {
const text = intervalText(earliest, latest);
return text.length > 10 && text.slice(0, 4) === text.slice(13, 17) ? `${text.slice(0, 13)}${text.slice(18)}` : text;
}
function axisMarks(from, to, most) {
const days = to - from + 1;
for (const step of [1, 2, 7, 14]) {
if (days / step <= most) return byDays(from, to, step);
}
for (const months of [1, 2, 3, 6, 12, 24, 60, 120, 240, 600]) {
if (days / (months * 30.4) <= most) return byMonths(from, to, months);
}
let months = 1200;
while (days / (months * 30.4) > most) months *= 2;
return byMonths(from, to, months);
}
function byDays(from, to, step) {
const marks = ([]);
for (let day = Math.ceil(from / step) * step; day <= to; day += step) marks.push([day, isoOf(day)]);
return marks;
}
function byMonths(from, to, months) {
const first = new Date(from * DAY_MS);
const marks = ([]);
let month = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
for (; ; month += months) {
const moment = new Date(0);
moment.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
const day = moment.getTime() / DAY_MS;
if (day > to) return marks;
if (day >= from) marks.push([day, months % 12 ? isoOf(day).slice(0, 7) : isoOf(day).slice(0, 4)]);
}
}
function noFilters() {
return {
q: "", type: "", country: "", by: "", claimed: "", weapon: "", precision: "", box: null, several: false, differ: false,
background: false, days: "may", from: null, to: null, sort: "newest",
};
}
const SEARCHED = ["event_type", "place_name", "facility", "admin1", "country"];
const SEARCHED_LISTS = ["perpetrators", "targets", "claimed_by"];
function select(incidents, filters) {
const tests = testsOf(incidents, filters);
const base = [];
for (let row = 0; row < incidents.count; row += 1) {
if (tests.every((test) => test(row))) base.push(row);
}
const { from, to } = filters;
if (from == null && to == null) return { base, selected: base };
const { date_earliest: earliest, date_latest: latest } = incidents.columns;
const surely = filters.days === "surely";
return { base, selected: base.filter((row) => fallsWithin(earliest[row], latest[row], from, to, surely)) };
}
function fallsWithin(earliest, latest, from, to, surely) {
if (earliest == null || latest == null) return false;
const [first, last] = surely ? [earliest, latest] : [latest, earliest];
return (from == null || first >= from) && (to == null || last <= to);
}
function testsOf({ words, columns, count }, filters) {
const tests = ([]);
const code = (word) => words.indexOf(word);
if (!filters.background) tests.push((row) => !columns.background[row]);
if (filters.several) tests.push((row) => columns.source_count[row] > 1);
if (filters.differ) tests.push((row) => columns.conflicts[row] > 0);
const is = (word, column) => {
const wanted = code(word);
if (word) tests.push((row) => column[row] === wanted);
};
const has = (word, column) => {
const wanted = code(word);
if (word) tests.push((row) => column[row].includes(wanted));
};
is(filters.type, columns.event_type);
is(filters.country, columns.country);
is(filters.precision, columns.geo_precision);
has(filters.by, columns.perpetrators);
has(filters.claimed, columns.claimed_by);
if (filters.weapon) {
const wanted = code(filters.weapon);
tests.push((row) => columns.weapons[row].some(([weapon]) => weapon === wanted));
}
if (filters.box) tests.push(boxTest(columns, filters.box));
for (const word of folded(filters.q).split(/\s+/).filter(Boolean)) tests.push(wordTest(words, columns, count, word));
return tests;
}
function boxTest({ latitude, longitude }, [south, west, north, east]) {
return (row) => {
const [lat, lon] = [latitude[row], longitude[row]];
return lat != null && lon != null && lat >= south && lat <= north && lon >= west && lon <= east;
};
}
function wordTest(words, columns, count, wanted) {
const has = new Uint8Array(words.length);
words.forEach((word, number) => {
if (folded(word.replaceAll("_", " ")).includes(wanted)) has[number] = 1;
});
const plain = SEARCHED.map((name) => (columns[name]));
const lists = SEARCHED_LISTS.map((name) => (columns[name]));
return (row) =>
plain.some((column) => has[column[row]]) ||
lists.some((column) => column[row].some((number) => has[number])) ||
columns.incident_id[row] === wanted;
}
function folded(text) {
return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
const SORTS = {
newest: { label: "newest first", key: (columns, row) => -(columns.date_latest[row] ?? -1e9) },
oldest: { label: "oldest first", key: (columns, row) => columns.date_latest[row] ?? 1e9 },
killed: { label: "most killed first", key: (columns, row) => -(columns.killed_best[row] ?? columns.killed_low[row] ?? -1) },
reports: { label: "most reports first", key: (columns, row) => -columns.mention_count[row] },
unsure: { label: "least sure first", key: (columns, row) => columns.confidence[row] },
};
function ordered({ columns, count }, rows, sort) {
const { key } = SORTS[sort] ?? SORTS.newest;
const keys = new Float64Array(count);
for (const row of rows) keys[row] = key(columns, row);
return rows.slice().sort((one, other) => keys[one] - keys[other] || one - other);
}
const WORDS_AND_CHOICES = (["q", "type", "country", "by", "claimed", "weapon", "precision", "sort", "days"]);
const FLAGS = (["several", "differ", "background"]);
function hashOf({ filters, open, whole }) {
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
function viewOf(hash) {
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
function boxOf(text) {
const numbers = text.split(",").map(Number);
if (numbers.length !== 4 || !text || numbers.some(Number.isNaN)) return null;
return (numbers);
}
const RADIANS = Math.PI / 180;
const EARTH_KM = 40_075;
const FARTHEST = 85;
function eastOf(longitude) {
return longitude / 360 + 0.5;
}
function southOf(latitude) {
const bounded = Math.max(-FARTHEST, Math.min(FARTHEST, latitude));
return 0.5 - Math.log(Math.tan(Math.PI / 4 + (bounded * RADIANS) / 2)) / (2 * Math.PI);
}
function widthOf(km, latitude) {
return km / EARTH_KM / Math.cos(Math.max(-FARTHEST, Math.min(FARTHEST, latitude)) * RADIANS);
}
function pointsOf(steps, step) {
const points = new Float64Array(steps.length);
let x = 0;
let y = 0;
for (let at = 0; at < steps.length; at += 2) {
x += steps[at];
y += steps[at + 1];
points[at] = eastOf(x * step);
points[at + 1] = southOf(y * step);
}
return points;
}
function pathsOf({ land, borders, step }) {
return { land: pathOf(land, step, true), borders: pathOf(borders, step, false) };
}
function pathOf(lines, step, closed) {
const path = new Path2D();
for (const steps of lines) {
const points = pointsOf(steps, step);
path.moveTo(points[0], points[1]);
for (let at = 2; at < points.length; at += 2) path.lineTo(points[at], points[at + 1]);
if (closed) path.closePath();
}
return path;
}
function el(name, attributes = {}, ...children) {
const element = document.createElement(name);
for (const [key, value] of Object.entries(attributes)) {
if (typeof value === "function") element.addEventListener(key, value);
else if (value !== false) element.setAttribute(key, value === true ? "" : String(value));
}
for (const child of children) if (child != null && child !== false) element.append(child);
return element;
}
function byId(id, kind) {
const element = document.getElementById(id);
if (!(element instanceof kind)) throw new Error(`the page has no ${id}`);
return element;
}
function link(url, text) {
if (!url || !/^https?:\/\//i.test(url)) return document.createTextNode(text);
return el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text);
}
function download(name, type, text) {
const address = URL.createObjectURL(new Blob([text], { type }));
el("a", { href: address, download: name }).click();
setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
function palette() {
const style = getComputedStyle(document.documentElement);
return (name) => style.getPropertyValue(`--${name}`).trim();
}
function canvasOf(canvas) {
const [width, height] = [canvas.clientWidth, canvas.clientHeight];
const scale = devicePixelRatio || 1;
if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
canvas.width = Math.round(width * scale);
canvas.height = Math.round(height * scale);
}
const context = canvas.getContext("2d");
if (!context) throw new Error("this browser draws no canvas");
context.setTransform(scale, 0, 0, scale, 0, 0);
context.clearRect(0, 0, width, height);
return { context, width, height };
}
function tomlOf(rulings) {
return rulings.map(({ verdict, ids, field, value, note }) => {
const named = verdict === "merge" || verdict === "apart" ? `ids = [${ids.map(quoted).join(", ")}]` : `id = ${quoted(ids[0])}`;
const lines = [`[[${verdict}]]`, named];
if (field) lines.push(`field = ${quoted(field)}`, `value = ${valueOf(value ?? "")}`);
if (note) lines.push(`note = ${quoted(note)}`);
return `${lines.join("\n")}\n`;
}).join("\n");
}
function quoted(text) {
return JSON.stringify(text).replaceAll("\u007f", "\\u007f");
}
function valueOf(text) {
return /^(?:0|-?[1-9]\d{0,17}|true|false)$/.test(text) ? text : quoted(text);
}
const SETTABLE = [
"event_type", "status", "outcome", "background", "date_earliest", "date_latest", "place_name", "facility", "admin1",
"country", "killed_low", "killed_best", "killed_high", "wounded_low", "wounded_best", "wounded_high",
];
class Corrections {
constructor(box) {
this.box = box;
this.rulings = ([]);
this.marked = ([]);
}
tools(id) {
const note = el("input", { type: "text", id: "ruling-note", placeholder: "why, for those who come later" });
const field = el("select", { id: "ruling-field" }, ...SETTABLE.map((name) => el("option", { value: name }, name)));
const value = el("input", { type: "text", id: "ruling-value" });
const add = (ruling) => this.add({ ...ruling, note: note.value.trim() });
const button = (text, click) => el("button", { type: "button", click }, text);
return el("section", { class: "tools" }, el("h3", {}, "Correct it"),
el("p", {}, el("label", { for: "ruling-note" }, "Note "), note),
el("p", {}, el("label", { for: "ruling-field" }, "Set "), field, el("label", { for: "ruling-value" }, " to "), value, " ",
button("Set", () => add({ verdict: "set", ids: [id], field: field.value, value: value.value.trim() }))),
el("p", {}, button("This is no incident", () => add({ verdict: "drop", ids: [id] })), " ",
button("Mark it", () => this.mark(id)), " ",
button("Merge what is marked", () => this.join("merge", note.value.trim())), " ",
button("Keep what is marked apart", () => this.join("apart", note.value.trim()))));
}
reportTools(id) {
return el("p", {}, el("button", { type: "button", click: () => this.mark(id) }, "Mark this report"));
}
mark(id) {
this.marked = this.marked.includes(id) ? this.marked.filter((other) => other !== id) : [...this.marked, id];
this.show();
}
join(verdict, note) {
if (this.marked.length > 1) this.add({ verdict, ids: this.marked, note });
this.marked = [];
this.show();
}
add(ruling) {
this.rulings.push(ruling);
this.show();
}
show() {
const text = tomlOf(this.rulings);
this.box.hidden = !this.rulings.length && !this.marked.length;
this.box.replaceChildren(
el("h2", {}, "Rulings"),
el("p", {}, this.marked.length ? `marked: ${this.marked.join(", ")}` : "Add these to the file of --overrides; the next run obeys it."),
el("label", { for: "toml", class: "hidden" }, "Rulings as TOML"),
el("textarea", { id: "toml", readonly: true, rows: 8 }, text),
el("p", {},
el("button", { type: "button", click: () => download("rulings.toml", "application/toml", text) }, "Save"), " ",
el("button", { type: "button", click: () => { this.rulings.pop(); this.show(); } }, "Take the last one back")));
}
}
function incidentsOf({ words, columns, kinds }) {
return { count: columns.incident_id.length, words, columns, kinds: new Map(kinds) };
}
function plainWords(code) {
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
function sumsOf({ columns }, rows) {
const summed = rows.filter((row) => !columns.background[row] && !columns.series[row]);
const background = rows.filter((row) => columns.background[row]).length;
return {
killed: sumOf(columns.killed_low, columns.killed_high, summed),
wounded: sumOf(columns.wounded_low, columns.wounded_high, summed),
intercepted: sumOf(columns.intercepted_low, columns.intercepted_high, summed),
counted: summed.length,
background,
series: rows.length - summed.length - background,
};
}
function sumOf(lows, highs, rows) {
const sum = { low: 0, high: 0, open: false, silent: 0, largest: 0 };
for (const row of rows) {
const low = lows[row];
const high = highs[row];
if (low == null && high == null) sum.silent += 1;
else if (high == null) sum.open = true;
const top = high ?? low ?? 0;
sum.low += low ?? 0;
sum.high += top;
sum.largest = Math.max(sum.largest, top);
}
return sum;
}
function rangeText(low, high) {
if (low == null && high == null) return null;
if (low === high) return grouped(Number(low));
if (high == null) return `${grouped(Number(low))} or more`;
return low == null ? `up to ${grouped(high)}` : `${grouped(low)}–${grouped(high)}`;
}
function sumText(sum) {
const range = sum.low === sum.high ? grouped(sum.low) : `${grouped(sum.low)}–${grouped(sum.high)}`;
return sum.open ? `${range} or more` : range;
}
function grouped(number) {
return number.toLocaleString("en");
}
const SELECTS = (["type", "country", "by", "claimed", "weapon", "days", "sort"]);
const SWITCHES = (["several", "differ", "background"]);
const MOST = 300;
class FiltersView {
constructor(incidents, changed) {
const { columns } = incidents;
fill("type", "any kind", incidents, columns.event_type.map((word) => [word]));
fill("country", "any country", incidents, columns.country.map((word) => [word]));
fill("by", "any attacker", incidents, columns.perpetrators);
fill("claimed", "any claimant", incidents, columns.claimed_by);
fill("weapon", "any weapon", incidents, columns.weapons.map((weapons) => weapons.map(([word]) => word)));
byId("sort", HTMLSelectElement).append(...Object.entries(SORTS).map(([value, { label }]) => el("option", { value }, label)));
this.precision = "";
this.box = (null);
let waiting = 0;
for (const name of ["q", "from", "to", ...SELECTS, ...SWITCHES]) {
document.getElementById(name)?.addEventListener("input", () => {
clearTimeout(waiting);
waiting = setTimeout(changed, name === "q" ? 120 : 0);
});
}
byId("filters", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
}
read() {
const filters = noFilters();
const texts = (filters);
for (const name of SELECTS) texts[name] = byId(name, HTMLSelectElement).value || texts[name];
for (const name of SWITCHES) filters[name] = byId(name, HTMLInputElement).checked;
filters.q = byId("q", HTMLInputElement).value.trim();
filters.from = dayOf(byId("from", HTMLInputElement).value);
filters.to = dayOf(byId("to", HTMLInputElement).value);
filters.precision = this.precision;
filters.box = this.box;
return filters;
}
write(filters) {
for (const name of SELECTS) choose(byId(name, HTMLSelectElement), filters[name]);
for (const name of SWITCHES) byId(name, HTMLInputElement).checked = filters[name];
byId("q", HTMLInputElement).value = filters.q;
byId("from", HTMLInputElement).value = filters.from == null ? "" : isoOf(filters.from);
byId("to", HTMLInputElement).value = filters.to == null ? "" : isoOf(filters.to);
this.precision = filters.precision;
this.box = filters.box;
}
}
function choose(select, value) {
if (![...select.options].some((option) => option.value === value)) select.append(el("option", { value }, plainWords(value)));
select.value = value;
}
function fill(id, any, { words, count }, column) {
const found = new Map();
for (let row = 0; row < count; row += 1) {
for (const word of new Set(column[row])) if (word) found.set(word, (found.get(word) ?? 0) + 1);
}
const most = [...found].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, MOST);
byId(id, HTMLSelectElement).append(
el("option", { value: "" }, any),
...most.map(([word, times]) => el("option", { value: words[word] }, `${plainWords(words[word])} (${grouped(times)})`)),
);
}
const CODES = ([
"event_type", "status", "outcome", "date_precision", "date_basis", "place_name", "facility", "facility_type", "admin1",
"country", "geo_precision",
]);
const PARTIES = (["perpetrators", "targets", "claimed_by"]);
const NUMBERS = ([
"latitude", "longitude", "intercepted_low", "intercepted_high", "killed_low", "killed_best", "killed_high",
"wounded_low", "wounded_best", "wounded_high", "mention_count", "article_count", "source_count",
]);
function fieldsOf({ words, columns }, row) {
const day = (number) => (number == null ? null : isoOf(number));
const fields = { incident_id: columns.incident_id[row] };
fields.date_earliest = day(columns.date_earliest[row]);
fields.date_latest = day(columns.date_latest[row]);
for (const name of CODES) fields[name] = words[columns[name][row]] || null;
fields.background = columns.background[row] === 1;
for (const name of PARTIES) fields[name] = columns[name][row].map((word) => words[word]).join("; ") || null;
fields.weapons = columns.weapons[row].map(([word]) => words[word]).join("; ") || null;
for (const name of NUMBERS) fields[name] = columns[name][row];
fields.confidence = columns.confidence[row] / 100;
return fields;
}
function csvOf(incidents, rows) {
const names = Object.keys(fieldsOf(incidents, rows[0] ?? 0));
const lines = rows.map((row) => Object.values(fieldsOf(incidents, row)).map(cellOf).join(","));
return `\ufeff${[names.join(","), ...lines].join("\r\n")}\r\n`;
}
function cellOf(value) {
if (value == null) return "";
const text = typeof value === "string" && /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : String(value);
return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
function geojsonOf(incidents, rows) {
const features = rows.map((row) => {
const { incident_id: id, latitude, longitude, ...properties } = fieldsOf(incidents, row);
const geometry = latitude == null ? null : { type: "Point", coordinates: [longitude, latitude] };
return { type: "Feature", id, geometry, properties: { incident_id: id, ...properties } };
});
return JSON.stringify({ type: "FeatureCollection", features });
}
const BASES = new Map([
["explicit", "a date in the text"],
["weekday", "a weekday in the text, counted back from the article’s day"],
["deictic", "words such as “today” or “overnight”, read by the article’s day"],
["relative", "words such as “a day earlier”"],
["inherited", "the date of the incident that it is told with"],
["publication", "bounded by the article’s own day alone"],
]);
const PRECISIONS = new Map([
["exact", "the site itself"],
["locality", "the town or village"],
["admin1", "somewhere in the province"],
["region", "somewhere in the region"],
["sea", "somewhere at sea"],
["country", "only the country is known: no point"],
["unknown", "no point is known"],
]);
const STATUSES = new Map([
["asserted", "reported as fact"],
["claimed", "somebody’s claim"],
["denied", "denied"],
["attempted", "an attempt"],
]);
const TRAY = new Map([
["country", "known to the country only"],
["unknown", "with no place"],
]);
const ROW_OF = new Map([
["event_type", "what"], ["date_earliest", "when"], ["date_latest", "when"], ["date", "when"], ["place", "where"],
["place_name", "where"], ["admin1", "where"], ["country", "where"], ["facility", "site"], ["perpetrators", "by"],
["targets", "against"], ["claimed_by", "claimed by"], ["killed_low", "killed"], ["killed_best", "killed"],
["killed_high", "killed"], ["wounded_low", "wounded"], ["wounded_best", "wounded"], ["wounded_high", "wounded"],
["intercepted", "brought down"], ["intercepted_low", "brought down"], ["intercepted_high", "brought down"],
["mention_count", "reports"], ["weapons.count", "weapons"], ["attributions", "who did it"],
]);
const WORDS_ON_WHO = ["claimed", "blamed", "denied", "confirmed"];
function rowsOf(incidents, row) {
const { words, columns } = incidents;
const code = (number) => plainWords(words[number]) || null;
return [
{ name: "what", value: code(columns.event_type[row]) },
whenOf(incidents, row),
whereOf(incidents, row),
{ name: "site", value: words[columns.facility[row]] || null, note: code(columns.facility_type[row]) ?? "" },
{ name: "against", value: partiesOf(incidents, columns.targets[row]) },
...whoOf(incidents, row),
{ name: "weapons", value: weaponsOf(incidents, row) },
{ name: "killed", value: rangeText(columns.killed_low[row], columns.killed_high[row]), note: bestOf(columns.killed_best[row], columns.killed_low[row], columns.killed_high[row]) },
{ name: "wounded", value: rangeText(columns.wounded_low[row], columns.wounded_high[row]), note: bestOf(columns.wounded_best[row], columns.wounded_low[row], columns.wounded_high[row]) },
{ name: "brought down", value: rangeText(columns.intercepted_low[row], columns.intercepted_high[row]) },
{ name: "outcome", value: words[columns.outcome[row]] === "unknown" ? null : code(columns.outcome[row]) },
{ name: "status", value: STATUSES.get(words[columns.status[row]]) ?? code(columns.status[row]) },
];
}
function whenOf({ words, columns }, row) {
const [earliest, latest] = [columns.date_earliest[row], columns.date_latest[row]];
if (earliest == null) return { name: "when", value: null };
const precision = words[columns.date_precision[row]];
const basis = BASES.get(words[columns.date_basis[row]]) ?? words[columns.date_basis[row]];
return { name: "when", value: intervalText(earliest, latest), note: `known to the ${precision}; ${basis}` };
}
function whereOf({ words, columns }, row) {
const names = [columns.place_name[row], columns.admin1[row], columns.country[row]].map((word) => words[word]);
const value = [...new Set(names.filter(Boolean))].join(", ") || null;
return { name: "where", value, note: value ? PRECISIONS.get(words[columns.geo_precision[row]]) ?? "" : "" };
}
function whoOf(incidents, row) {
const { words, columns } = incidents;
const by = { name: "by", value: partiesOf(incidents, columns.perpetrators[row]), note: "named as attacker" };
const claimed = { name: "claimed by", value: partiesOf(incidents, columns.claimed_by[row]) };
const said = columns.attributions[row];
if (!said.length) return [by, claimed];
const rows = WORDS_ON_WHO.map((kind) => {
const told = said.filter(([, word]) => words[word] === kind);
const texts = told.map(([who, , speaker]) => words[who] + (speaker && speaker !== who ? ` (so says ${words[speaker]})` : ""));
return { name: NAMES.get(kind) ?? kind, read: "who did it", value: [...new Set(texts)].join("; ") || null };
});
return [by, ...rows];
}
const NAMES = new Map([["claimed", "claimed by"], ["blamed", "blamed"], ["denied", "denied by"], ["confirmed", "confirmed"]]);
function partiesOf({ words, kinds }, parties) {
const texts = parties.map((party) => {
const kind = words[kinds.get(party) ?? 0];
return kind && kind !== "unknown" && kind !== words[party] ? `${words[party]} (${plainWords(kind)})` : words[party];
});
return texts.join("; ") || null;
}
function weaponsOf({ words, columns }, row) {
const texts = columns.weapons[row].map(([weapon, low, high]) => {
const count = rangeText(low, high);
return plainWords(words[weapon]) + (count ? ` (${count})` : "");
});
return texts.join("; ") || null;
}
function bestOf(best, low, high) {
return best == null || low === high ? "" : `best estimate ${best}`;
}
function stretchesOf([text, marks]) {
const cuts = new Set([0, text.length]);
for (const [from, to] of marks) cuts.add(from).add(to);
const places = [...cuts].sort((one, other) => one - other);
const stretches = [];
for (let at = 0; at + 1 < places.length; at += 1) {
const [from, to] = [places[at], places[at + 1]];
const read = marks.filter((mark) => mark[0] <= from && mark[1] >= to).map((mark) => mark[2]);
stretches.push({ text: text.slice(from, to), read: [...new Set(read)] });
}
return stretches;
}
const ANY_KIND = "attack";
function counts({ words, columns }, tally, row) {
if (tally.since == null && tally.until == null) return false;
const until = tally.until ?? dayOfTally(tally);
if (!fallsWithin(columns.date_earliest[row], columns.date_latest[row], tally.since, until, true)) return false;
if (tally.event_type !== ANY_KIND && words[columns.event_type[row]] !== tally.event_type) return false;
if (tally.country && words[columns.country[row]] !== tally.country) return false;
const where = [columns.place_name[row], columns.admin1[row], columns.facility[row]].map((word) => words[word]);
if (!tally.country && tally.place_name && !where.includes(tally.place_name)) return false;
const who = [...columns.perpetrators[row], ...columns.claimed_by[row]].map((word) => words[word]);
return !tally.perpetrators.length || tally.perpetrators.some((name) => who.includes(name));
}
function dayOfTally(tally) {
return tally.day == null ? null : Date.parse(`${tally.day}T00:00:00Z`) / 86_400_000;
}
function talliesOf(incidents, tallies, row) {
return tallies.filter((tally) => counts(incidents, tally, row)).slice(0, 20);
}
function heldOf(incidents, tally) {
let held = 0;
for (let row = 0; row < incidents.count; row += 1) if (counts(incidents, tally, row)) held += 1;
return held;
}
function headOf(incidents, row) {
const { words, columns } = incidents;
const where = words[columns.facility[row]] || words[columns.place_name[row]] || words[columns.country[row]];
const kind = plainWords(words[columns.event_type[row]]);
const tags = [
`${count(columns.mention_count[row], "report")}, ${count(columns.source_count[row], "publisher")}`,
`confidence ${(columns.confidence[row] / 100).toFixed(2)}`,
columns.background[row] ? "background: told as older context" : null,
columns.series[row] ? "series: stands for many, never summed" : null,
];
return [
el("h2", { id: "title", tabindex: -1 }, `${kind[0].toUpperCase()}${kind.slice(1)} — ${where || "place not said"}`),
el("p", { class: "tags" }, ...tags.filter(Boolean).map((tag) => el("span", { class: "tag" }, tag))),
];
}
function fieldsTable(incidents, row, detail, light) {
const rows = rowsOf(incidents, row);
const lines = rows.filter(({ value }) => value != null).map((line) => fieldLine(line, detail, light));
const silent = rows.filter(({ value }) => value == null).map(({ name }) => name);
if (silent.length) lines.push(el("tr", { class: "silent" }, el("th", { scope: "row" }, "no report says"), el("td", {}, silent.join(", "))));
return el("table", { class: "fields" }, el("caption", { class: "hidden" }, "What is known"), el("tbody", {}, ...lines));
}
function fieldLine({ name, read = name, value, note }, detail, light) {
const reports = detail?.reports ?? [];
const telling = reports.filter(({ passages }) => passages.some(([, marks]) => marks.some((mark) => mark[2] === read))).length;
const label = telling
? el("button", { type: "button", class: "field", "data-row": read, "aria-pressed": "false", click: () => light(read) }, name)
: name;
const notes = [note, telling && reports.length > 1 ? `in ${telling} of ${reports.length} reports` : null].filter(Boolean);
return el("tr", {}, el("th", { scope: "row" }, label), el("td", {}, value, notes.length ? el("small", {}, notes.join(" · ")) : null));
}
function conflictsTable({ conflicts }) {
if (!conflicts.length) return null;
let last = "";
const lines = conflicts.map(([field, value, reports]) => {
const name = field === last ? "" : ROW_OF.get(field) ?? plainWords(field);
last = field;
const links = reports.flatMap((report, place) => [place ? ", " : "", el("a", { href: `#report-${report + 1}`, "data-report": report + 1 }, String(report + 1))]);
return el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, conflictText(value)), el("td", {}, ...links));
});
const head = el("tr", {}, ...["field", "value", "reports"].map((name) => el("th", { scope: "col" }, name)));
return el("section", { class: "conflicts" }, el("h3", {}, "The reports disagree"), el("table", {}, el("thead", {}, head), el("tbody", {}, ...lines)));
}
function conflictText(value) {
const range = /^(\d*)–(\d*)$/.exec(value);
const number = (digits) => (digits ? Number(digits) : null);
return range ? rangeText(number(range[1]), number(range[2])) ?? value : plainWords(value);
}
function reportsList({ reports }, tools) {
const items = reports.map((report, place) =>
el("li", { class: "report", id: `report-${place + 1}`, tabindex: -1 },
el("p", { class: "source" }, el("b", {}, `${place + 1}. ${report.source}`), report.day ? `, ${report.day}` : "",
report.status === "asserted" ? "" : ` · ${plainWords(report.status)}`, " ", link(report.url, report.title || report.url || "")),
...report.passages.map(passageOf),
el("details", {}, el("summary", {}, `why linked (${report.score.toFixed(2)})`), el("ul", {}, ...report.reasons.map((reason) => el("li", {}, reason)))),
tools(report)));
return el("section", {}, el("h3", {}, count(reports.length, "report")), el("ol", { class: "reports" }, ...items));
}
function passageOf(passage) {
const parts = stretchesOf(passage).map(({ text, read }) =>
read.length ? el("mark", { "data-read": read.join("|"), title: read.join(", ") }, text) : text);
return el("blockquote", {}, ...parts);
}
function historyList({ history }) {
const items = history.map(({ day, run, change, other, fields }) =>
el("li", {}, el("b", {}, day), ` run ${run}: ${changeText(change, other)}`,
fields?.length ? el("ul", {}, ...fields.map(([field, before, after]) =>
el("li", {}, `${plainWords(field)}: `, el("del", {}, before ?? "nothing"), " → ", el("ins", {}, after ?? "nothing")))) : null));
return el("section", {}, el("h3", {}, "What was known when"), el("ol", { class: "history" }, ...items));
}
function changeText(change, other) {
if (change === "joined") return `${other} became part of it`;
return other ? `${change}, split from ${other}` : change;
}
function talliesList(incidents, tallies, row) {
const found = talliesOf(incidents, tallies, row);
if (!found.length) return null;
const items = found.map((tally) => {
const said = rangeText(tally.count_low, tally.count_high);
const held = grouped(heldOf(incidents, tally));
return el("li", {}, el("b", {}, said ? `said ${said}, held ${held}` : `no number said, held ${held}`), ` — ${tally.source ?? "a report"}${tally.day ? `, ${tally.day}` : ""}: `,
el("q", {}, tally.what), " ", link(tally.url, tally.title ?? ""));
});
return el("section", {}, el("h3", {}, "Totals that count it"), el("ul", { class: "tallies" }, ...items));
}
function lightUp(panel, name) {
for (const button of panel.querySelectorAll("button.field")) {
button.setAttribute("aria-pressed", String(button.getAttribute("data-row") === name));
}
return [...panel.querySelectorAll("mark")].filter((mark) => {
const lit = name != null && (mark.getAttribute("data-read") ?? "").split("|").includes(name);
return mark.classList.toggle("lit", lit);
});
}
function litStrip(name, marks, back) {
let at = 0;
const place = el("span", {}, placeText(0, marks.length));
const go = (step) => {
at = (at + step + marks.length) % marks.length;
place.textContent = placeText(at, marks.length);
marks[at].scrollIntoView({ block: "center" });
};
go(0);
const button = (label, text, click) => el("button", { type: "button", "aria-label": label, click }, text);
return [el("b", {}, name), place, button("previous words", "↑", () => go(-1)), button("next words", "↓", () => go(1)), button("back to the fields", "fields", back)];
}
function placeText(at, of) {
return `${at + 1} of ${of}`;
}
function count(number, noun) {
return `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
}
const HEIGHT = 54;
const SPARE = 6;
class ListView {
constructor(box, incidents, open) {
this.box = box;
this.incidents = incidents;
this.open = open;
this.rows = ([]);
this.place = -1;
this.room = el("div", { class: "room", role: "presentation" });
box.append(this.room);
box.addEventListener("scroll", () => this.paint());
box.addEventListener("keydown", (event) => this.key(event));
box.addEventListener("focus", () => { if (this.place < 0 && this.rows.length) this.go(0); });
}
show(rows, open) {
this.rows = rows;
this.place = rows.indexOf(open);
this.room.style.setProperty("height", `${rows.length * HEIGHT}px`);
this.paint();
}
point(open) {
this.place = this.rows.indexOf(open);
this.reveal();
this.paint();
}
reveal() {
if (this.place < 0) return;
const top = this.place * HEIGHT;
if (top < this.box.scrollTop) this.box.scrollTop = top;
const below = top + HEIGHT - this.box.clientHeight;
if (below > this.box.scrollTop) this.box.scrollTop = below;
}
paint() {
const first = Math.max(0, Math.floor(this.box.scrollTop / HEIGHT) - SPARE);
const after = Math.min(this.rows.length, first + Math.ceil(this.box.clientHeight / HEIGHT) + 2 * SPARE);
const places = Array.from({ length: Math.max(0, after - first) }, (_, step) => first + step);
if (this.place >= 0 && (this.place < first || this.place >= after)) places.push(this.place);
this.room.replaceChildren(...places.map((place) => this.option(place)));
this.box.setAttribute("aria-activedescendant", this.place < 0 ? "" : `option-${this.place}`);
if (this.place < 0) this.box.removeAttribute("aria-activedescendant");
}
option(place) {
const row = this.rows[place];
const attributes = {
id: `option-${place}`, role: "option", class: "option", "aria-selected": String(place === this.place),
"aria-posinset": place + 1, "aria-setsize": this.rows.length, click: () => this.open(row, true),
};
const option = el("div", attributes, ...summaryOf(this.incidents, row));
option.style.setProperty("top", `${place * HEIGHT}px`);
return option;
}
key(event) {
const page = Math.max(1, Math.floor(this.box.clientHeight / HEIGHT) - 1);
const steps = new Map([
["ArrowDown", 1], ["ArrowUp", -1], ["PageDown", page], ["PageUp", -page], ["Home", -Infinity], ["End", Infinity],
]);
const step = steps.get(event.key);
if (event.key === "Enter" && this.place >= 0) this.open(this.rows[this.place], true);
if (step === undefined || !this.rows.length) return;
event.preventDefault();
this.go(Math.max(0, Math.min(this.rows.length - 1, this.place + step)));
}
go(place) {
this.place = place;
this.reveal();
this.paint();
this.open(this.rows[place], false);
}
}
function summaryOf({ words, columns }, row) {
const where = words[columns.facility[row]] || words[columns.place_name[row]] || words[columns.admin1[row]];
const killed = rangeText(columns.killed_low[row], columns.killed_high[row]);
const publishers = columns.source_count[row];
const facts = [
[where, words[columns.country[row]]].filter(Boolean).join(", ") || "place not said",
killed && killed !== "0" ? `${killed} killed` : null,
publishers > 1 ? `${grouped(publishers)} publishers` : null,
].filter(Boolean);
return [
el("span", { class: "line" },
el("span", { class: "kind" }, plainWords(words[columns.event_type[row]]) || "incident"),
el("span", { class: "day" }, shortInterval(columns.date_earliest[row], columns.date_latest[row]))),
el("span", { class: "line" },
el("span", { class: "facts" }, facts.join(" · ")),
columns.conflicts[row] ? el("span", { class: "differ" }, "reports differ") : null,
columns.background[row] ? el("span", { class: "tag" }, "background") : null,
columns.series[row] ? el("span", { class: "tag" }, "series") : null),
];
}
const CLOSEST = 4_000_000;
const MARGIN = 60;
function bounded({ x, y, scale }, size) {
const kept = Math.max(size.width / 1.6, size.height / 2, Math.min(CLOSEST, scale));
return { x: Math.max(0, Math.min(1, x)), y: Math.max(0.02, Math.min(0.98, y)), scale: kept };
}
function fitting(points, size) {
if (!points.length) return bounded({ x: 0.6, y: 0.42, scale: size.width * 1.2 }, size);
let [west, east, north, south] = [1, 0, 1, 0];
for (const { latitude, longitude } of points) {
const [x, y] = [eastOf(longitude), southOf(latitude)];
[west, east] = [Math.min(west, x), Math.max(east, x)];
[north, south] = [Math.min(north, y), Math.max(south, y)];
}
const scale = Math.min(
(size.width - 2 * MARGIN) / Math.max(east - west, 0.004),
(size.height - 2 * MARGIN) / Math.max(south - north, 0.004),
);
return bounded({ x: (west + east) / 2, y: (north + south) / 2, scale }, size);
}
function zoomed(camera, size, factor, atX, atY) {
const next = bounded({ ...camera, scale: camera.scale * factor }, size);
const shift = 1 / camera.scale - 1 / next.scale;
const [x, y] = [camera.x + (atX - size.width / 2) * shift, camera.y + (atY - size.height / 2) * shift];
return bounded({ x, y, scale: next.scale }, size);
}
function seen({ x, y, scale }, { width, height }) {
const longitude = (east) => Math.max(-180, Math.min(180, (east - 0.5) * 360));
const latitude = (south) => (360 / Math.PI) * Math.atan(Math.exp((0.5 - south) * 2 * Math.PI)) - 90;
const [right, down] = [width / 2 / scale, height / 2 / scale];
const box = [latitude(y + down), longitude(x - right), latitude(y - down), longitude(x + right)];
return (box.map((degrees) => Number(degrees.toFixed(3))));
}
const VAGUE_KM = new Map([["admin1", 60], ["region", 100], ["sea", 60]]);
function kindOf({ words, columns }, row) {
const precision = words[columns.geo_precision[row]];
if (columns.latitude[row] == null || precision === "country" || precision === "unknown") return "none";
return VAGUE_KM.has(precision) ? "area" : "point";
}
function withoutPoint(incidents, rows) {
const found = new Map();
for (const row of rows) {
if (kindOf(incidents, row) !== "none") continue;
const precision = incidents.words[incidents.columns.geo_precision[row]];
if (!found.has(precision)) found.set(precision, []);
found.get(precision).push(row);
}
return found;
}
function radiusOf(count) {
return count === 1 ? 5.5 : Math.min(26, 7 + 2.3 * Math.log2(count));
}
function marksOf(places) {
const cells = new Map();
for (const { row, x, y, kind } of places) {
const key = `${kind}${Math.floor(x / CELL)},${Math.floor(y / CELL)}`;
const cell = cells.get(key) ?? { x: 0, y: 0, kind, rows: [] };
cell.x += x;
cell.y += y;
cell.rows.push(row);
cells.set(key, cell);
}
const marks = [...cells.values()].map(({ x, y, kind, rows }) => {
return { x: x / rows.length, y: y / rows.length, radius: radiusOf(rows.length), kind, rows };
});
let [before, kept] = [Infinity, marks];
while (kept.length < before) {
before = kept.length;
kept = united(kept.sort((one, other) => other.rows.length - one.rows.length));
}
return kept.reverse();
}
const CELL = 24;
function united(marks) {
const kept = ([]);
const near = new Map();
for (const mark of marks) {
const into = neighbours(near, mark).find((other) => touch(mark, other));
if (into) {
into.rows.push(...mark.rows);
into.radius = radiusOf(into.rows.length);
} else {
kept.push(mark);
const key = squareOf(mark, 0, 0);
if (!near.has(key)) near.set(key, []);
near.get(key).push(mark);
}
}
return kept;
}
function touch(one, other) {
return one.kind === other.kind && Math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius;
}
const REACH = 56;
function squareOf(mark, east, south) {
return `${Math.floor(mark.x / REACH) + east},${Math.floor(mark.y / REACH) + south}`;
}
function neighbours(near, mark) {
const steps = [0, -1, 1];
return steps.flatMap((south) => steps.flatMap((east) => near.get(squareOf(mark, east, south)) ?? []));
}
function drawLand(context, paths, camera, size, colour) {
context.save();
context.translate(size.width / 2, size.height / 2);
context.scale(camera.scale, camera.scale);
context.translate(-camera.x, -camera.y);
context.fillStyle = colour("land");
context.fill(paths.land, "evenodd");
context.lineJoin = "round";
context.lineWidth = 1 / camera.scale;
context.strokeStyle = colour("coast");
context.stroke(paths.land);
context.lineWidth = 0.8 / camera.scale;
context.strokeStyle = colour("border");
context.stroke(paths.borders);
context.restore();
}
function drawTowns(context, towns, camera, size, marks, colour) {
const taken = marks.map(({ x, y, radius }) => [x - radius - 3, y - radius - 3, x + radius + 3, y + radius + 3]);
const most = (size.width * size.height) / 11_000;
context.font = "11px system-ui, sans-serif";
context.textAlign = "left";
context.textBaseline = "middle";
let shown = 0;
for (const [name, latitude, longitude] of towns) {
if (shown >= most) return;
const x = (eastOf(longitude) - camera.x) * camera.scale + size.width / 2;
const y = (southOf(latitude) - camera.y) * camera.scale + size.height / 2;
if (x < 4 || y < 8 || x > size.width - 20 || y > size.height - 8) continue;
const box = [x - 3, y - 8, x + 8 + context.measureText(name).width, y + 8];
if (box[2] > size.width || taken.some((other) => overlap(box, other))) continue;
taken.push(box);
shown += 1;
context.fillStyle = colour("town");
context.fillRect(x - 1, y - 1, 2, 2);
context.lineWidth = 3;
context.strokeStyle = colour("land");
context.strokeText(name, x + 5, y);
context.fillText(name, x + 5, y);
}
}
function overlap(one, other) {
return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
function drawAreas(context, incidents, marks, camera, colour) {
for (const mark of marks.filter(({ kind }) => kind === "area")) drawArea(context, incidents, mark, camera, colour);
}
function drawPoints(context, marks, colour) {
for (const mark of marks.filter(({ kind }) => kind === "point")) {
disc(context, mark.x, mark.y, mark.radius);
context.fillStyle = colour("mark");
context.fill();
context.lineWidth = 1.5;
context.strokeStyle = colour("land");
context.stroke();
if (mark.rows.length > 1) number(context, mark, colour("on-mark"));
}
}
function drawArea(context, { words, columns }, mark, camera, colour) {
const row = mark.rows[0];
const km = VAGUE_KM.get(words[columns.geo_precision[row]]) ?? 0;
const wide = widthOf(km, columns.latitude[row] ?? 0) * camera.scale;
const radius = mark.rows.length > 1 ? mark.radius : Math.max(mark.radius + 3, wide);
disc(context, mark.x, mark.y, radius);
context.fillStyle = colour(mark.rows.length > 1 ? "area-many" : "area");
context.fill();
context.setLineDash([4, 3]);
context.lineWidth = 1.5;
context.strokeStyle = colour("mark");
context.stroke();
context.setLineDash([]);
if (mark.rows.length > 1) number(context, mark, colour("area-number"));
}
function disc(context, x, y, radius) {
context.beginPath();
context.arc(x, y, radius, 0, 2 * Math.PI);
}
function number(context, mark, colour) {
const count = mark.rows.length;
context.textAlign = "center";
context.textBaseline = "middle";
context.font = "600 11px system-ui, sans-serif";
context.fillStyle = colour;
context.fillText(count > 9_999 ? `${Math.round(count / 1_000)}k` : grouped(count), mark.x, mark.y + 0.5);
}
const OUTSIDE = 60;
class MapView {
constructor(canvas, hint, incidents, paths, towns, actions) {
this.canvas = canvas;
this.hint = hint;
this.incidents = incidents;
this.paths = paths;
this.towns = towns;
this.actions = actions;
this.rows = ([]);
this.open = -1;
this.marks = ([]);
this.waits = false;
this.x = Float64Array.from(incidents.columns.longitude, (degrees) => eastOf(degrees ?? 0));
this.y = Float64Array.from(incidents.columns.latitude, (degrees) => southOf(degrees ?? 0));
this.camera = fitting([], this.size());
this.listen();
}
size() {
return { width: this.canvas.clientWidth || 1, height: this.canvas.clientHeight || 1 };
}
show(rows) {
this.rows = rows.filter((row) => kindOf(this.incidents, row) !== "none");
this.draw();
}
point(row) {
this.open = row;
this.draw();
}
fit(rows = this.rows) {
const { latitude, longitude } = this.incidents.columns;
const points = rows.map((row) => ({ latitude: latitude[row] ?? 0, longitude: longitude[row] ?? 0 }));
this.camera = fitting(points, this.size());
this.draw();
}
box() {
return seen(this.camera, this.size());
}
draw() {
if (this.waits) return;
this.waits = true;
requestAnimationFrame(() => {
this.waits = false;
this.paint();
});
}
paint() {
const { context, width, height } = canvasOf(this.canvas);
const size = { width, height };
const colour = palette();
this.marks = marksOf(this.placed(size));
drawLand(context, this.paths, this.camera, size, colour);
drawAreas(context, this.incidents, this.marks, this.camera, colour);
drawTowns(context, this.towns, this.camera, size, this.marks, colour);
drawPoints(context, this.marks, colour);
this.ring(context, size, colour("open"));
}
placed(size) {
const places = [];
for (const row of this.rows) {
const { x, y } = this.onScreen(row, size);
if (x < -OUTSIDE || y < -OUTSIDE || x > size.width + OUTSIDE || y > size.height + OUTSIDE) continue;
places.push({ row, x, y, kind: kindOf(this.incidents, row) });
}
return places;
}
onScreen(row, size) {
const { x, y, scale } = this.camera;
return { x: (this.x[row] - x) * scale + size.width / 2, y: (this.y[row] - y) * scale + size.height / 2 };
}
ring(context, size, colour) {
if (this.open < 0 || kindOf(this.incidents, this.open) === "none") return;
const mark = this.marks.find(({ rows }) => rows.includes(this.open));
const { x, y } = mark ?? this.onScreen(this.open, size);
disc(context, x, y, (mark?.radius ?? 6) + 4);
context.lineWidth = 3;
context.strokeStyle = colour;
context.stroke();
}
zoom(factor) {
const { width, height } = this.size();
this.zoomAt(factor, width / 2, height / 2);
}
zoomAt(factor, x, y) {
this.camera = zoomed(this.camera, this.size(), factor, x, y);
this.draw();
}
move(right, down) {
const { x, y, scale } = this.camera;
this.camera = bounded({ x: x + right / scale, y: y + down / scale, scale }, this.size());
this.draw();
}
at(x, y) {
const hit = (mark) => Math.hypot(mark.x - x, mark.y - y) <= Math.max(mark.radius, 9);
return this.marks.filter(({ kind }) => kind === "point").find(hit) ?? this.marks.find(hit) ?? null;
}
choose(mark) {
const { latitude, longitude } = this.incidents.columns;
const spots = new Set(mark.rows.map((row) => `${latitude[row]},${longitude[row]}`));
if (mark.rows.length === 1) this.actions.open(mark.rows[0]);
else if (spots.size > 1 && this.camera.scale < 500_000) this.fit(mark.rows);
else this.actions.narrow(mark.rows);
}
listen() {
const fingers = new Map();
let moved = 0;
const place = (event) => {
const frame = this.canvas.getBoundingClientRect();
return { x: event.clientX - frame.left, y: event.clientY - frame.top };
};
this.canvas.addEventListener("wheel", (event) => {
event.preventDefault();
const { x, y } = place(event);
this.zoomAt(Math.exp(-event.deltaY * 0.0015), x, y);
}, { passive: false });
this.canvas.addEventListener("pointerdown", (event) => {
this.canvas.setPointerCapture(event.pointerId);
fingers.set(event.pointerId, place(event));
moved = 0;
});
this.canvas.addEventListener("pointermove", (event) => {
const now = place(event);
const before = fingers.get(event.pointerId);
if (!before) return this.tell(now.x, now.y);
moved += Math.hypot(now.x - before.x, now.y - before.y);
if (fingers.size === 1) this.move(before.x - now.x, before.y - now.y);
else this.pinch(fingers, event.pointerId, now);
fingers.set(event.pointerId, now);
});
for (const ending of (["pointerup", "pointercancel"])) {
this.canvas.addEventListener(ending, (event) => {
const { x, y } = place(event);
const mark = fingers.size === 1 && moved < 6 && ending === "pointerup" ? this.at(x, y) : null;
fingers.delete(event.pointerId);
if (mark) this.choose(mark);
});
}
this.canvas.addEventListener("pointerleave", () => this.tell(-99, -99));
this.canvas.addEventListener("keydown", (event) => this.key(event));
}
pinch(fingers, id, now) {
const before = fingers.get(id);
const other = [...fingers].find(([key]) => key !== id)?.[1];
if (!before || !other) return;
const [was, is] = [before, now].map(({ x, y }) => Math.max(20, Math.hypot(x - other.x, y - other.y)));
this.zoomAt(is / was, (now.x + other.x) / 2, (now.y + other.y) / 2);
}
tell(x, y) {
const mark = this.at(x, y);
const text = this.actions.tell(mark);
this.canvas.classList.toggle("over", mark != null);
this.hint.hidden = !text;
if (!text) return;
this.hint.textContent = text;
this.hint.style.setProperty("left", `${Math.min(x + 12, this.size().width - 180)}px`);
this.hint.style.setProperty("top", `${y + 14}px`);
}
key(event) {
const step = 80;
const actions = new Map([
["ArrowLeft", () => this.move(-step, 0)], ["ArrowRight", () => this.move(step, 0)],
["ArrowUp", () => this.move(0, -step)], ["ArrowDown", () => this.move(0, step)],
["+", () => this.zoom(1.6)], ["=", () => this.zoom(1.6)], ["-", () => this.zoom(1 / 1.6)], ["0", () => this.fit()],
]);
const action = actions.get(event.key);
if (!action || event.ctrlKey || event.metaKey) return;
event.preventDefault();
action();
}
}
function countText(selected, { count }) {
return `${grouped(selected)} of ${grouped(count)} incidents`;
}
function sumsList(incidents, rows) {
const sums = sumsOf(incidents, rows);
const items = ([["killed", "killed"], ["wounded", "wounded"], ["intercepted", "brought down"]]).map(([name, label]) => {
const sum = sums[name];
const says = sums.counted - sum.silent;
const notes = [`${grouped(sum.silent)} say nothing`, says > 1 && sum.largest ? `up to ${grouped(sum.largest)} in one` : null];
return el("li", { id: `sum-${name}` }, el("b", {}, says ? sumText(sum) : "–"), ` ${label} `, el("small", {}, notes.filter(Boolean).join(", ")));
});
const left = [sums.background && `${grouped(sums.background)} background`, sums.series && `${grouped(sums.series)} series`].filter(Boolean);
if (left.length) items.push(el("li", {}, el("small", {}, `not summed: ${left.join(", ")}`)));
return items;
}
function scopeText(about) {
const parts = [
about.known_on ? `as known on ${about.known_on}; reports as they are linked today` : null,
about.written ? `database of run ${about.run}, ${about.written.slice(0, 16).replace("T", " ")} UTC` : "no run yet",
about.where ? `only where ${about.where}` : null,
about.since ? `from ${about.since}` : null,
about.until ? `until ${about.until}` : null,
about.undated ? `${grouped(about.undated)} without a date left out` : null,
about.words === "quotes" ? "with the reports’ quotes only" : null,
about.words === "none" && !about.live ? "without the reports’ words" : null,
];
return parts.filter(Boolean).join(" · ");
}
function trayOf(incidents, rows, choose) {
const found = [...withoutPoint(incidents, rows)];
if (!found.length) return ["all are on the map"];
const buttons = found.map(([precision, members]) => {
const text = `${grouped(members.length)} ${TRAY.get(precision) ?? `without a point (${plainWords(precision)})`}`;
return el("button", { type: "button", click: () => choose(precision) }, text);
});
return ["not on the map: ", ...buttons.flatMap((button, place) => (place ? [", ", button] : [button]))];
}
function printTable(incidents, rows, most) {
const { words, columns } = incidents;
const names = (parties) => parties.map((party) => words[party]).join("; ");
const lines = rows.slice(0, most).map((row) => {
const where = [columns.place_name[row], columns.country[row]].map((word) => words[word]).filter(Boolean).join(", ");
const cells = [
intervalText(columns.date_earliest[row], columns.date_latest[row]), plainWords(words[columns.event_type[row]]), where,
names(columns.perpetrators[row]), names(columns.targets[row]),
rangeText(columns.killed_low[row], columns.killed_high[row]) ?? "", String(columns.source_count[row]),
];
return el("tr", {}, ...cells.map((cell) => el("td", {}, cell)));
});
const head = ["when", "what", "where", "by", "against", "killed", "publishers"].map((name) => el("th", { scope: "col" }, name));
const more = rows.length > most ? `the first ${grouped(most)} of ${grouped(rows.length)}` : `${grouped(rows.length)} incidents`;
return el("table", {}, el("caption", {}, more), el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...lines));
}
function binned({ columns }, rows, from, to, most) {
const count = Math.max(1, Math.min(to - from + 1, most));
const per = (to - from + 1) / count;
const bins = { from, per, known: new Float64Array(count), spread: new Float64Array(count), earlier: 0, later: 0, undated: 0 };
for (const row of rows) {
const earliest = columns.date_earliest[row];
const latest = columns.date_latest[row];
if (earliest == null || latest == null) bins.undated += 1;
else if (latest < from) bins.earlier += 1;
else if (earliest > to) bins.later += 1;
else put(bins, earliest, latest);
}
return bins;
}
function put(bins, earliest, latest) {
const first = Math.floor((earliest - bins.from) / bins.per);
const last = Math.floor((latest - bins.from) / bins.per);
if (first === last) {
bins.known[first] += 1;
return;
}
const share = 1 / (last - first + 1);
for (let bin = Math.max(0, first); bin <= Math.min(last, bins.spread.length - 1); bin += 1) bins.spread[bin] += share;
}
function usualDays({ columns }, rows, whole) {
const days = [];
let first = Infinity;
for (const row of rows) {
const [earliest, latest] = [columns.date_earliest[row], columns.date_latest[row]];
if (earliest == null || latest == null) continue;
days.push(latest);
first = Math.min(first, earliest);
}
if (!days.length) return null;
days.sort((one, other) => one - other);
const last = days[days.length - 1];
const low = days[Math.floor((days.length - 1) * 0.05)];
const high = days[Math.ceil((days.length - 1) * 0.95)];
const room = Math.max(3, Math.round((high - low) * 0.06));
if (whole || last - first <= 2 * (high - low + 2 * room)) return [first - 1, last + 1];
return [Math.max(first - 1, low - room), Math.min(last + 1, high + room)];
}
const AXIS = 20;
const TOP = 14;
const NARROWEST_BIN = 4;
const LABEL = 78;
class TimeView {
constructor(canvas, note, incidents, choose) {
this.canvas = canvas;
this.note = note;
this.incidents = incidents;
this.choose = choose;
this.rows = ([]);
this.days = ([null, null]);
this.whole = false;
this.range = (null);
this.drag = (null);
this.bins = (null);
this.listen();
}
show(rows, from, to, whole) {
this.rows = rows;
this.days = ([from, to]);
this.whole = whole;
this.range = this.reach();
this.paint();
}
reach() {
const usual = usualDays(this.incidents, this.rows, this.whole);
const [from, to] = this.days;
if (!usual) return from == null || to == null ? null : [from, to];
return [Math.min(usual[0], from ?? usual[0]), Math.max(usual[1], to ?? usual[1])];
}
paint() {
const { context, width, height } = canvasOf(this.canvas);
const range = this.range;
if (!range || width < 20) return;
const colour = palette();
const bins = binned(this.incidents, this.rows, range[0], range[1], Math.floor(width / NARROWEST_BIN));
this.bins = bins;
const place = (day) => ((day - range[0]) / (range[1] - range[0] + 1)) * width;
this.paintChosen(context, place, height, colour);
this.paintBars(context, bins, width, height, colour);
context.font = "11px system-ui, sans-serif";
context.textBaseline = "alphabetic";
context.fillStyle = colour("muted");
context.textAlign = "center";
for (const [day, label] of axisMarks(range[0], range[1], Math.floor(width / LABEL))) {
const x = place(day);
context.fillRect(Math.round(x), height - AXIS, 1, 4);
if (x > 26 && x < width - 32) context.fillText(label, x, height - 4);
}
this.tell(bins);
}
paintChosen(context, place, height, colour) {
const [from, to] = this.drag ?? this.days;
if (from == null && to == null) return;
const left = from == null ? 0 : place(from);
const right = to == null ? this.canvas.clientWidth : place(to + 1);
context.fillStyle = colour("chosen");
context.fillRect(left, 0, Math.max(2, right - left), height - AXIS);
}
paintBars(context, { known, spread }, width, height, colour) {
let most = 1;
known.forEach((count, bin) => { most = Math.max(most, count + spread[bin]); });
const [step, room] = [width / known.length, height - AXIS - TOP];
const bar = Math.max(1, step - (step > 5 ? 1 : 0.3));
for (let bin = 0; bin < known.length; bin += 1) {
const [solid, light] = [(known[bin] / most) * room, (spread[bin] / most) * room];
context.fillStyle = colour("mark");
context.fillRect(bin * step, height - AXIS - solid, bar, solid);
context.fillStyle = colour("interval");
context.fillRect(bin * step, height - AXIS - solid - light, bar, light);
}
context.fillStyle = colour("line");
context.fillRect(0, height - AXIS, width, 1);
}
tell({ per, known, spread, earlier, later, undated }) {
let peak = 0;
known.forEach((count, bin) => { peak = Math.max(peak, count + spread[bin]); });
const outside = [
[earlier, "earlier"], [later, "later"], [undated, "without a date"],
].filter(([count]) => count).map(([count, words]) => `${grouped(Number(count))} ${words}`);
const unit = per <= 1 ? "a day" : `${per.toFixed(per < 10 ? 1 : 0)} days`;
this.note.textContent = `highest bar: ${grouped(Math.round(peak * 10) / 10)} in ${unit}${outside.length ? ` · not drawn: ${outside.join(", ")}` : ""}`;
}
dayAt(x) {
const range = this.range;
if (!range) return null;
const share = Math.max(0, Math.min(0.999999, x / this.canvas.clientWidth));
return Math.floor(range[0] + share * (range[1] - range[0] + 1));
}
listen() {
let start = (null);
this.canvas.addEventListener("pointerdown", (event) => {
start = event.offsetX;
this.canvas.setPointerCapture(event.pointerId);
});
this.canvas.addEventListener("pointermove", (event) => {
const day = this.dayAt(event.offsetX);
this.canvas.title = day == null ? "" : isoOf(day);
if (start == null) return;
this.drag = this.between(start, event.offsetX);
this.paint();
});
this.canvas.addEventListener("pointerup", (event) => {
if (start == null) return;
const days = Math.abs(event.offsetX - start) < 4 ? null : this.between(start, event.offsetX);
start = null;
this.drag = null;
this.choose(days?.[0] ?? null, days?.[1] ?? null);
});
}
between(one, other) {
const [from, to] = [this.dayAt(Math.min(one, other)), this.dayAt(Math.max(one, other))];
return from == null || to == null ? null : [from, to];
}
}
async function unpacked(id) {
const element = document.getElementById(id);
if (!element) throw new Error(`the page lacks its ${id}`);
return inflated(bytesOf(element.textContent ?? ""));
}
async function inflated(packed) {
const stream = new Blob([(packed)]).stream().pipeThrough(new DecompressionStream("gzip"));
return JSON.parse(await new Response(stream).text());
}
function bytesOf(base64) {
if ("fromBase64" in Uint8Array) return (Uint8Array).fromBase64(base64);
const characters = atob(base64);
const bytes = new Uint8Array(characters.length);
for (let at = 0; at < characters.length; at += 1) bytes[at] = characters.charCodeAt(at);
return bytes;
}
function detailsOf({ chunk, live, snapshot }) {
const packs = new Map();
return async (row) => {
const number = Math.floor(row / chunk);
if (!live && !document.getElementById(`detail-${number}`)) return null;
if (!packs.has(number)) packs.set(number, live ? asked(`detail/${snapshot}/${number}`) : unpacked(`detail-${number}`));
try {
return (await packs.get(number))[row % chunk];
} catch (error) {
packs.delete(number);
throw error;
}
};
}
async function asked(address) {
const answer = await fetch(address);
if (!answer.ok) throw new Error(answer.status === 409 ? "a run has changed the database: load the page anew" : `the server says ${answer.status}`);
return inflated(await answer.arrayBuffer());
}
const MOST_ON_PAPER = 1_000;
class Page {
constructor(about, incidents, world, towns, tallies) {
this.about = about;
this.incidents = incidents;
this.tallies = tallies;
this.open = -1;
this.lit = (null);
this.whole = false;
this.selected = ([]);
this.details = detailsOf(about);
this.panel = byId("incident", HTMLElement);
this.corrections = new Corrections(byId("rulings", HTMLElement));
this.filters = new FiltersView(incidents, () => this.update());
this.list = new ListView(byId("list", HTMLElement), incidents, (row, goes) => this.show(row, goes));
this.time = new TimeView(byId("time-canvas", HTMLCanvasElement), byId("time-note", HTMLElement), incidents, (from, to) => this.change({ from, to }));
this.map = new MapView(byId("map-canvas", HTMLCanvasElement), byId("hint", HTMLElement), incidents, pathsOf(world), towns, {
open: (row) => this.show(row, true),
narrow: (rows) => this.change({ box: boxAround(incidents, rows) }),
tell: (mark) => mark && (mark.rows.length > 1 ? count(mark.rows.length, "incident") : summaryOf(incidents, mark.rows[0]).flatMap((line) => [...line.children].map((part) => part.textContent)).join(" · ")),
});
this.listen();
}
listen() {
const click = (id, action) => byId(id, HTMLElement).addEventListener("click", action);
click("reset", () => this.change(noFilters()));
click("csv", () => download("incidents.csv", "text/csv", csvOf(this.incidents, this.selected)));
click("geojson", () => download("incidents.geojson", "application/geo+json", geojsonOf(this.incidents, this.selected)));
click("print", () => window.print());
click("zoom-in", () => this.map.zoom(1.6));
click("zoom-out", () => this.map.zoom(1 / 1.6));
click("zoom-fit", () => this.map.fit());
click("only-seen", () => this.change({ box: this.map.box() }));
click("whole", () => { this.whole = !this.whole; this.update(); });
addEventListener("resize", () => this.redraw());
addEventListener("hashchange", () => this.restore());
addEventListener("beforeprint", () => byId("paper", HTMLElement).replaceChildren(printTable(this.incidents, this.selected, MOST_ON_PAPER)));
addEventListener("afterprint", () => byId("paper", HTMLElement).replaceChildren());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw());
byId("filters", HTMLFormElement).addEventListener("keydown", (event) => {
if (event.key === "Escape") this.change(noFilters());
});
}
redraw() {
this.map.draw();
this.time.paint();
this.list.paint();
}
restore() {
const { filters, open, whole } = viewOf(location.hash);
this.filters.write(filters);
this.whole = whole;
this.update();
const row = open ? this.incidents.columns.incident_id.indexOf(open) : -1;
if (row !== this.open && row >= 0) this.show(row, false);
}
change(changes) {
this.filters.write({ ...this.filters.read(), ...changes });
this.update();
}
update() {
const began = performance.now();
const filters = this.filters.read();
const { base, selected } = select(this.incidents, filters);
this.selected = ordered(this.incidents, selected, filters.sort);
this.list.show(this.selected, this.open);
this.map.show(selected);
this.time.show(base, filters.from, filters.to, this.whole);
byId("count", HTMLElement).textContent = countText(selected.length, this.incidents);
byId("sums", HTMLElement).replaceChildren(...sumsList(this.incidents, selected));
byId("tray", HTMLElement).replaceChildren(...trayOf(this.incidents, selected, (precision) => this.change({ precision })));
byId("whole", HTMLElement).setAttribute("aria-pressed", String(this.whole));
this.showNarrowing(filters);
this.save();
document.body.dataset.filtered = (performance.now() - began).toFixed(1);
}
showNarrowing(filters) {
const chip = (text, without) =>
el("button", { type: "button", class: "chip", click: () => this.change(without) }, text, el("span", { "aria-label": "(take away)" }, " ×"));
byId("narrowed", HTMLElement).replaceChildren(
filters.box ? chip("only on this part of the map", { box: null }) : "",
filters.precision ? chip(`place known: ${filters.precision}`, { precision: "" }) : "",
);
}
save() {
const open = this.open < 0 ? null : this.incidents.columns.incident_id[this.open];
const hash = hashOf({ filters: this.filters.read(), open, whole: this.whole });
history.replaceState(null, "", `#${hash}`);
}
async show(row, goes) {
const began = performance.now();
this.open = row;
this.lit = null;
this.list.point(row);
this.map.point(row);
this.save();
let detail = null;
let problem = "";
try {
detail = await this.details(row);
} catch (error) {
problem = error instanceof Error ? error.message : String(error);
}
if (this.open !== row) return;
this.fill(row, detail, problem);
if (goes) this.goToPanel();
document.body.dataset.opened = (performance.now() - began).toFixed(1);
}
fill(row, detail, problem) {
const id = this.incidents.columns.incident_id[row];
const absent = problem ? `The reports could not be had: ${problem}.` : `This page was written without the reports’ words. Ask the database: python -m pipeline why ${id}`;
this.panel.replaceChildren(...[
el("div", { id: "strip", class: "strip", role: "toolbar", "aria-label": "Words that are lit", hidden: true }),
el("p", { class: "back" }, el("a", { href: "#list", click: (event) => this.goToList(event) }, "← back to the list")),
...headOf(this.incidents, row),
fieldsTable(this.incidents, row, detail, (name) => this.light(name)),
detail && conflictsTable(detail),
detail && reportsList(detail, (report) => (this.about.live ? this.corrections.reportTools(report.id) : null)),
talliesList(this.incidents, this.tallies, row),
detail ? historyList(detail) : el("p", { class: "silent" }, absent),
this.about.live ? this.corrections.tools(id) : null,
el("p", { class: "id" }, id),
].filter((part) => part != null));
this.panel.scrollTop = 0;
for (const anchor of this.panel.querySelectorAll("a[data-report]")) {
anchor.addEventListener("click", (event) => {
event.preventDefault();
document.getElementById(`report-${anchor.getAttribute("data-report")}`)?.focus();
});
}
}
light(name) {
this.lit = this.lit === name ? null : name;
const marks = lightUp(this.panel, this.lit);
const strip = byId("strip", HTMLElement);
strip.hidden = !marks.length;
strip.replaceChildren(...(this.lit && marks.length ? litStrip(this.lit, marks, () => this.goToFields()) : []));
}
goToFields() {
const button = this.panel.querySelector("button.field[aria-pressed=true]");
this.light(null);
this.panel.scrollTop = 0;
if (button instanceof HTMLElement) button.focus();
}
goToPanel() {
document.getElementById("title")?.focus();
}
goToList(event) {
event.preventDefault();
byId("list", HTMLElement).focus();
}
}
function boxAround({ columns }, rows) {
const latitudes = rows.map((row) => columns.latitude[row] ?? 0);
const longitudes = rows.map((row) => columns.longitude[row] ?? 0);
return [Math.min(...latitudes), Math.min(...longitudes), Math.max(...latitudes), Math.max(...longitudes)];
}
async function start() {
byId("fold", HTMLDetailsElement).open = !matchMedia("(max-width: 1000px)").matches;
const [about, world, incidents, towns, tallies] = await Promise.all(["about", "world", "incidents", "towns", "tallies"].map(unpacked));
byId("scope", HTMLElement).textContent = scopeText(about);
const page = new Page(about, incidentsOf(incidents), world, towns, tallies);
page.restore();
page.map.fit();
document.body.dataset.ready = performance.now().toFixed(0);
}
start().catch((error) => {
byId("count", HTMLElement).textContent = `The page could not be shown: ${error.message}`;
throw error;
});
})();
