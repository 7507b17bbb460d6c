/** events/*.yaml: pairs of an enter and an exit event. */
import type { Event } from "./model.ts";
import { type Names, readParams } from "./params.ts";
import { type EventEntry, eventsShape } from "./shapes.ts";
import { type Entry, type Problems, readEntries } from "./source.ts";

export function readEvents(dir: string, names: Names, problems: Problems): Event[] {
  const entries = readEntries(dir, "events/*.yaml", eventsShape, problems);
  const byCode = entries.toSorted((a, b) => a.value.code - b.value.code);
  for (const [index, entry] of byCode.entries()) {
    if (entry.value.code === 2 * index) continue;
    const message =
      entry.value.code === byCode[index - 1]?.value.code
        ? `code ${entry.value.code} is taken by ${byCode[index - 1]!.key} already`
        : `codes of pairs go up by two without a gap: expected ${2 * index}`;
    problems.add("conflict", message, entry, ["code"]);
    break; // every later code would be wrong as well
  }
  return byCode.flatMap((entry) => [
    readHalf(entry, "enter", names, problems),
    readHalf(entry, "exit", names, problems),
  ]);
}

function readHalf(entry: Entry<EventEntry>, dir: "enter" | "exit", names: Names, problems: Problems): Event {
  const { value, key } = entry;
  const symbol = `${key}_${dir === "enter" ? "E" : "X"}`;
  const code = value.code + (dir === "enter" ? 0 : 1);
  const own = dir === "enter" ? value.enter_flags : value.exit_flags;
  const params = value[dir];
  checkNames(entry, dir, own, names, problems);
  if (params === undefined || own.includes("UNUSED"))
    return {
      code,
      symbol,
      name: "NA",
      dir,
      category: "UNKNOWN",
      source: null,
      flags: ["UNUSED"],
      params: readParams(params ?? {}, dir, entry, names, problems),
    };
  return {
    code,
    symbol,
    name: value.name,
    dir,
    category: value.category,
    source: value.source,
    flags: inTableOrder([...value.flags, ...own], names),
    params: readParams(params, dir, entry, names, problems),
  };
}

function checkNames(
  entry: Entry<EventEntry>,
  dir: "enter" | "exit",
  own: readonly string[],
  { types }: Names,
  problems: Problems,
): void {
  const { value } = entry;
  for (const [index, flag] of own.entries())
    problems.find(types.eventFlags, flag, entry, [`${dir}_flags`, index]);
  if (dir === "exit") return; // the rest belongs to both halves: say it once
  problems.find(types.categories, value.category, entry, ["category"]);
  problems.find(types.sources, value.source, entry, ["source"]);
  for (const [index, flag] of value.flags.entries())
    problems.find(types.eventFlags, flag, entry, ["flags", index]);
  if (value.enter === undefined && value.exit === undefined)
    problems.add("missing-key", `${entry.key} has neither enter nor exit`, entry);
}

const inTableOrder = (flags: readonly string[], { types }: Names) =>
  Object.keys(types.eventFlags).filter((flag) => flags.includes(flag));
