/** conversion/*.yaml: how events of old files become the events of today. */
import { readItem } from "./conversion-item.ts";
import type { Conversion, ConversionSource, Event, TypeInfo } from "./model.ts";
import { type ConversionEntry, conversionShape, type Upgrade } from "./shapes.ts";
import { type Entry, type Problems, readEntries } from "./source.ts";

/** Events by symbol, types by name. */
export interface ConversionNames {
  readonly events: Readonly<Record<string, Event>>;
  readonly types: Readonly<Record<string, TypeInfo>>;
}

const halves = ["enter", "exit"] as const;
type Half = (typeof halves)[number];
const symbolOf = (pair: string, half: Half) => `${pair}_${half === "enter" ? "E" : "X"}`;

/** Sorted by code, then number of parameters. */
export function readConversions(dir: string, names: ConversionNames, problems: Problems): Conversion[] {
  const rows: Row[] = [];
  for (const entry of readEntries(dir, "conversion/*.yaml", conversionShape, problems))
    for (const half of halves)
      for (const [key, upgrade] of Object.entries(entry.value[half] ?? {}))
        rows.push(...readRow(entry, half, key, upgrade, names, problems));
  checkChains(rows, names, problems);
  return rows
    .map(({ conversion }) => conversion)
    .sort((a, b) => a.from.code - b.from.code || a.nparams - b.nparams);
}

interface Row {
  readonly conversion: Conversion;
  readonly entry: Entry<ConversionEntry>;
  readonly path: readonly [Half, string];
}

/** One row, or none if what it is about does not exist. */
function readRow(
  entry: Entry<ConversionEntry>,
  half: Half,
  key: string,
  upgrade: Upgrade,
  names: ConversionNames,
  problems: Problems,
): Row[] {
  const path = [half, key] as const;
  const from = names.events[symbolOf(entry.key, half)];
  const nparams = Number(key);
  if (!from || from.name === "NA") {
    problems.add("unknown-name", `there is no event ${symbolOf(entry.key, half)}`, entry, [half], "key");
    return [];
  }
  if (!from.flags.includes("CONVERTER_MANAGED"))
    problems.add("value", `${from.symbol} is not CONVERTER_MANAGED`, entry, [half], "key");
  if (nparams > from.params.length) {
    problems.add("value", `${from.symbol} has ${from.params.length} parameters`, entry, path, "key");
    return [];
  }
  const row = (conversion: Conversion): Row[] => [{ conversion, entry, path }];
  if (typeof upgrade === "string") return row({ from, nparams, action: upgrade });
  const to = "add" in upgrade ? from : target(upgrade.becomes, half, names, entry, path, problems);
  if (!to) return [];
  const list = "add" in upgrade ? "add" : "params";
  const added = ("add" in upgrade ? upgrade.add : upgrade.params).flatMap((text, index) =>
    readItem(text, { from, nparams, enter: names.events[symbolOf(entry.key, "enter")] }, (code, message) =>
      problems.add(code, message, entry, [...path, list, index]),
    ),
  );
  const old = from.params.slice(0, nparams).map((_, index): ConversionSource => ({ kind: "old", index }));
  const sources = "add" in upgrade ? [...old, ...added] : added;
  if (sources.length > to.params.length)
    problems.add("value", `${sources.length} parameters; ${to.symbol} has ${to.params.length}`, entry, path);
  checkTypes(sources, { from, to, entry, path }, names, problems);
  return row({ from, nparams, action: "build", to, sources });
}

function target(
  pair: string,
  half: Half,
  names: ConversionNames,
  entry: Entry<ConversionEntry>,
  path: readonly string[],
  problems: Problems,
): Event | undefined {
  const to = names.events[symbolOf(pair, half)];
  if (!to || to.name === "NA")
    problems.add("unknown-name", `there is no event ${symbolOf(pair, half)}`, entry, [...path, "becomes"]);
  return to;
}

interface Place {
  readonly from: Event;
  readonly to: Event;
  readonly entry: Entry<ConversionEntry>;
  readonly path: readonly string[];
}

/** A text cannot become a number, nor a number a text. */
function checkTypes(
  sources: readonly ConversionSource[],
  { from, to, entry, path }: Place,
  { events, types }: ConversionNames,
  problems: Problems,
): void {
  const enter = events[`${from.symbol.slice(0, -2)}_E`];
  for (const [index, source] of sources.entries()) {
    const origin = source.kind === "old" ? from : source.kind === "enter" ? enter : undefined;
    const given = origin?.params[source.kind === "old" || source.kind === "enter" ? source.index : 0];
    const wanted = to.params[index];
    if (!given || !wanted || given.type === "DYN") continue; // the value of a DYN can have any type
    const fixed = (type: string) => types[type]?.size !== null;
    if (fixed(given.type) !== fixed(wanted.type))
      problems.add("value", `${given.name}: ${given.type} cannot become ${wanted.type}`, entry, path);
  }
}

/** As in lib/libscap/src/convert.c. */
const maxSteps = 50;

/** Each row ends at an event of today, or at an enter event that is kept for its exit. */
function checkChains(rows: readonly Row[], { events }: ConversionNames, problems: Problems): void {
  const key = (symbol: string, nparams: number) => `${symbol} ${nparams}`;
  const bySource = new Map(rows.map((row) => [key(row.conversion.from.symbol, row.conversion.nparams), row]));
  for (const { conversion, entry, path } of rows) {
    let now: Conversion | undefined = conversion;
    for (let step = 0; now?.action === "build"; step++) {
      const { to, sources }: { to: Event; sources: readonly ConversionSource[] } = now;
      if (isOfToday(events[to.symbol]!, sources.length)) break;
      now = bySource.get(key(to.symbol, sources.length))?.conversion;
      if (now && step < maxSteps) continue;
      const why = now
        ? "it never ends"
        : `nothing is said about ${to.symbol} with ${sources.length} parameters`;
      problems.add("conflict", why, entry, path, "key");
      break;
    }
  }
}

/** Such an event passes without a look at the rows. */
function isOfToday({ dir, flags, params }: Event, nparams: number): boolean {
  if (!flags.includes("CONVERTER_MANAGED")) return true;
  return dir === "exit" && !flags.includes("OLD_VERSION") && nparams === params.length;
}
