/**
 * The common parameters as text, `raw` or `raw(resolved)`, without an object for either. What they mean is defined in
 * param.ts; a test compares the two.
 */
import type { ParamInfo } from "#schema/events";
import type { ParamType } from "#schema/types";
import type { ScapEvent } from "../../scap/event.ts";
import { enumNames, flagNames } from "./flags.ts";
import { errnoName } from "./names.ts";
import { oneLine, type Scene } from "./param.ts";

/** undefined: ask printValue(). Never called for an empty parameter. */
export type QuickPrinter = (event: ScapEvent, index: number, scene: Scene) => string | undefined;

const text: QuickPrinter = (event, index) => event.param(index) as string;

/** Data as a line: what is not printable ASCII is a dot. */
const unprintable = /[^\x20-\x7e]/;
const allUnprintable = /[^\x20-\x7e]/g;

const bytes: QuickPrinter = (event, index) => {
  const data = event.bytesAsLatin1(index);
  return unprintable.test(data) ? data.replace(allUnprintable, ".") : data;
};

const decimal: QuickPrinter = (event, index) => `${event.int(index)}`;

/** Those with the highest bit are printed as negative ones. */
const unsigned =
  (limit: number): QuickPrinter =>
  (event, index) => {
    const value = event.int(index);
    return value > limit ? undefined : `${value}`;
  };

const hex: QuickPrinter = (event, index) => {
  const value = event.int(index);
  return value < 0 ? undefined : value.toString(16).toUpperCase();
};

const errno: QuickPrinter = (event, index) => {
  const value = event.int(index);
  if (value >= 0) return `${value}`;
  const name = errnoName(-Number(value));
  return name === "" ? `${value}` : `${value}(${name})`;
};

const fd: QuickPrinter = (event, index, { thread }) => {
  const value = event.int(index) as number;
  if (!(value >= 0)) return undefined;
  const info = thread?.fd(value);
  return info ? `${value}(<${info.tag}>${oneLine(info.name)})` : `${value}`;
};

const pid: QuickPrinter = (event, index, { state }) => {
  const value = event.int(index);
  const name = state.threads.get(value as number)?.comm ?? "";
  return name === "" ? `${value}` : `${value}(${name})`;
};

/** Programs use few combinations of flags. */
const remembered = 256;

function named(
  table: string | undefined,
  names: (table: string | undefined, value: number) => string,
): QuickPrinter {
  const known = new Map<number, string>();
  return (event, index) => {
    const value = event.int(index) as number;
    let shown = known.get(value);
    if (shown === undefined) {
      const resolved = names(table, value);
      shown = resolved === "" ? `${value}` : `${value}(${resolved})`;
      if (known.size >= remembered) known.clear();
      known.set(value, shown);
    }
    return shown;
  };
}

const byType: Readonly<Partial<Record<ParamType, QuickPrinter>>> = {
  CHARBUF: text,
  BYTEBUF: bytes,
  ERRNO: errno,
  FD: fd,
  FD32: fd,
  PID: pid,
  PID32: pid,
};

const integers: ReadonlySet<ParamType> = new Set([
  "INT8",
  "INT16",
  "INT32",
  "INT64",
  "UINT8",
  "UINT16",
  "UINT32",
  "UINT64",
  "PORT",
  "L4PROTO",
  "SOCKFAMILY",
]);

function decimalOf(type: ParamType): QuickPrinter {
  if (type === "UINT32") return unsigned(0x7fffffff);
  return type === "UINT64" ? unsigned(Number.MAX_SAFE_INTEGER) : decimal;
}

export function quickPrinter({ type, format, table }: ParamInfo): QuickPrinter | undefined {
  if (integers.has(type)) return format === "HEX" ? hex : format === "OCT" ? undefined : decimalOf(type);
  if (/^FLAGS/.test(type)) return named(table, flagNames);
  if (/^ENUMFLAGS/.test(type)) return named(table, enumNames);
  return byType[type];
}
