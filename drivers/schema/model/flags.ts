/** flags/*.yaml and constants.yaml: tables of names, and the PPM_* constants. */
import type * as v from "valibot";
import type { Event, NamedValue } from "./model.ts";
import { constantsShape, flagsShape } from "./shapes.ts";
import { type Entry, type Problems, readEntries } from "./source.ts";

type TableEntry = Entry<v.InferOutput<typeof flagsShape>[string]>;

export interface Flags {
  readonly tables: Record<string, NamedValue[]>;
  readonly constants: Record<string, number>;
  readonly entries: readonly TableEntry[];
}

export function readFlags(dir: string, problems: Problems): Flags {
  const entries = readEntries(dir, "flags/*.yaml", flagsShape, problems);
  const tables: Record<string, NamedValue[]> = {};
  const constants: Record<string, number> = {};
  for (const entry of entries) {
    tables[entry.key] = Object.entries(entry.value.values).map(([name, value]) => ({
      name,
      value: typeof value === "number" ? value : value.value,
    }));
    for (const { name, value } of tables[entry.key]!) {
      const constant = constantName(entry, name);
      if (constant) define(constants, constant, value, entry, ["values", name], problems);
    }
  }
  for (const entry of readEntries(dir, "constants.yaml", constantsShape, problems))
    define(constants, entry.key, entry.value, entry, [], problems);
  return { tables, constants, entries };
}

function constantName({ value }: TableEntry, name: string): string | undefined {
  const given = value.values[name];
  if (typeof given === "object" && given.constant !== undefined)
    return given.constant === "none" ? undefined : given.constant;
  return value.prefix === "none" ? undefined : value.prefix + name;
}

function define(
  constants: Record<string, number>,
  name: string,
  value: number,
  entry: Entry<unknown>,
  path: readonly string[],
  problems: Problems,
): void {
  const before = constants[name];
  if (before !== undefined && before !== value)
    problems.add("conflict", `${name} is ${before} elsewhere`, entry, path);
  constants[name] = value;
}

const bitsOf: Record<string, number> = {
  ...{ FLAGS8: 8, FLAGS16: 16, FLAGS32: 32, MODE: 32 },
  ...{ ENUMFLAGS8: 8, ENUMFLAGS16: 16, ENUMFLAGS32: 32 },
};

/** Every value of a table fits the widest parameter that uses the table, or says that it is known not to. */
export function checkWidths(flags: Flags, events: readonly Event[], problems: Problems): void {
  const width = new Map<string, number>();
  for (const { type, table } of events.flatMap(({ params }) => params))
    if (table !== undefined) width.set(table, Math.max(bitsOf[type] ?? 64, width.get(table) ?? 0));
  for (const entry of flags.entries)
    for (const { name, value } of flags.tables[entry.key]!) {
      const bits = width.get(entry.key) ?? 32;
      const given = entry.value.values[name];
      if (value < 2 ** bits || (typeof given === "object" && given.too_wide)) continue;
      problems.add("value", `${value} does not fit the ${bits} bits of its parameter`, entry, [
        "values",
        name,
      ]);
    }
}
