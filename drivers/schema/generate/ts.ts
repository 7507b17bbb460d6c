/** The TypeScript modules behind #schema/events, types, flags and syscalls. */

import { archs } from "../model/archs.ts";
import type { Event, Schema } from "../model/model.ts";
import { scName } from "./c-schema.ts";

const header = "// Made by drivers/schema/generate; do not edit.\n";
const json = JSON.stringify;
const union = (names: readonly string[]) => names.map((name) => json(name)).join(" | ");
const record = (entries: readonly (readonly [string, unknown])[]) =>
  `{\n${entries.map(([name, value]) => `  ${json(name)}: ${json(value)},`).join("\n")}\n}`;

/** The large tables, as text for JSON.parse(): every process that starts reads them, in half the time of an expression. */
function table(items: readonly unknown[]): string {
  const text = `[\n${items.map((item) => `  ${json(item)}`).join(",\n")}\n]`;
  return `JSON.parse(\`${text.replace(/[\\`$]/g, "\\$&")}\`)`;
}

export function eventsModule(schema: Schema): string {
  const flagBits = ({ flags }: Event) => flags.reduce((sum, flag) => sum + schema.eventFlags[flag]!, 0);
  const events = schema.events.map((event) => ({ ...event, flags: flagBits(event) }));
  return `${header}import type { ParamFormat, ParamType } from "./types.ts";

export interface ParamInfo {
  readonly name: string;
  readonly type: ParamType;
  readonly format: ParamFormat;
  /** Name of a flag table. */
  readonly table?: string;
  /** PT_DYN: name in \`dynamic\` of ./types.ts. */
  readonly variants?: string;
  /** FSRELPATH: index of the parameter with the directory. */
  readonly dirfd?: number;
}

export interface EventInfo {
  readonly code: number;
  /** Key of PPME. */
  readonly symbol: PpmeName;
  /** "NA" for a code without an event. */
  readonly name: string;
  readonly dir: "enter" | "exit";
  readonly category: string;
  readonly source: string | null;
  /** Bits: EF. */
  readonly flags: number;
  readonly params: readonly ParamInfo[];
}

export const schemaVersion = ${json(schema.version)};

/** Event codes by symbol. */
export const PPME = ${record(schema.events.map(({ symbol, code }) => [symbol, code]))} as const;
export type PpmeName = keyof typeof PPME;

/** Bits of EventInfo.flags. */
export const EF = ${record(Object.entries(schema.eventFlags))} as const;

/** The event table; index = code. */
export const events: readonly EventInfo[] = ${table(events)};
`;
}

export function typesModule(schema: Schema): string {
  return `${header}export type ParamType = ${union(schema.types.map(({ name }) => name))};
export type ParamFormat = ${union(Object.keys(schema.formats))};

/** Codes of parameter types (PT_* in C). */
export const PT: Readonly<Record<ParamType, number>> = ${record(schema.types.map(({ name, code }) => [name, code]))};

/** Bytes of a parameter; null: the length comes with the event. */
export const typeSize: Readonly<Record<ParamType, number | null>> = ${record(schema.types.map(({ name, size }) => [name, size]))};

/** What is behind the tag of a DYN parameter; index = tag. */
export const dynamic: Readonly<Record<string, readonly { type: ParamType; format: ParamFormat }[]>> = ${record(
    Object.entries(schema.dynamic).map(([name, list]) => [
      name,
      list.map(({ type, format }) => ({ type, format })),
    ]),
  )};
`;
}

export function flagsModule(schema: Schema): string {
  return `${header}export interface NamedValue {
  readonly name: string;
  readonly value: number;
}

/** Names of the values of flags, enumerations and modes, in the order in which they are printed. */
export const flagTables: Readonly<Record<string, readonly NamedValue[]>> = ${record(Object.entries(schema.flagTables))};

/** All PPM_* constants. */
export const PPM = ${record(Object.entries(schema.constants))} as const;
`;
}

export function syscallsModule(schema: Schema): string {
  const infos = schema.syscalls.map(({ ia32, ...rest }) => ({
    ...rest,
    ...(ia32.length > 0 ? { ia32: ia32[0] } : {}),
  }));
  return `${header}export type Arch = ${union(archs)};

export interface SyscallInfo {
  /** PPM_SC code, the same on every architecture. */
  readonly sc: number;
  readonly name: string;
  readonly kind: "syscall" | "tracepoint";
  /** Code of the enter event, where one is sent. */
  readonly enter: number | null;
  /** Code of the exit event; of the event itself for a tracepoint. */
  readonly exit: number;
  /** Codes of all its events, those of old files included. */
  readonly events: readonly number[];
  /** null: planned, no driver records it yet. */
  readonly filler: string | null;
  /** When a consumer falls behind: always kept, always left out, or (null) sampled. */
  readonly drop: "never" | "always" | null;
  readonly nr: Readonly<Partial<Record<Arch, number>>>;
  /** Number in 32-bit x86 programs. */
  readonly ia32?: number;
}

/** PPM_SC codes. */
export const PPM_SC = ${record([
    ["UNKNOWN", 0],
    ...schema.syscalls.map(({ name, sc }) => [scName(name).slice("PPM_SC_".length), sc] as const),
  ])} as const;

/** System calls and tracepoints, by rising \`sc\`; \`sc\` of the first is 1. */
export const syscalls: readonly SyscallInfo[] = ${table(infos)};
`;
}
