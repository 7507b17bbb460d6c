/** What can be asked of which types of values. */
import { type ParamType, typeSize } from "#schema/types";
import type { Operator } from "./ast.ts";

export type Kind = "number" | "double" | "boolean" | "text" | "bytes" | "address" | "network" | "opaque";

const kinds: Partial<Record<ParamType, Kind>> = {
  BOOL: "boolean",
  DOUBLE: "double",
  CHARBUF: "text",
  FSPATH: "text",
  FSRELPATH: "text",
  BYTEBUF: "bytes",
  IPV4ADDR: "address",
  IPV6ADDR: "address",
  IPADDR: "address",
  IPV4NET: "network",
  IPV6NET: "network",
  IPNET: "network",
};

/** Types of a fixed size that are none of those above are integers. */
export const kindOfType = (type: ParamType): Kind =>
  kinds[type] ?? ([1, 2, 4, 8].includes(typeSize[type] ?? 0) ? "number" : "opaque");

const signed = new Set<ParamType>(["INT8", "INT16", "INT32", "INT64", "ERRNO", "FD", "PID", "FD32", "PID32"]);

export const integerBits = (type: ParamType) => ({
  bits: (typeSize[type] ?? 8) * 8,
  signed: signed.has(type),
});

const equality: readonly Operator[] = ["=", "==", "!=", "in", "intersects"];
const order: readonly Operator[] = ["<", "<=", ">", ">="];
const parts: readonly Operator[] = ["contains", "startswith", "endswith"];
const patterns: readonly Operator[] = ["icontains", "glob", "iglob", "regex", "pmatch"];

/** "exists" can be asked of everything. */
export const operatorsOf: Readonly<Record<Kind, readonly Operator[]>> = {
  number: [...equality, ...order],
  double: [...equality, ...order],
  boolean: equality,
  text: [...equality, ...order, ...parts, ...patterns],
  bytes: [...equality, ...parts, "bcontains", "bstartswith"],
  address: equality,
  network: equality,
  opaque: [],
};

/** Of a field with many values at once. */
export const listOperatorsOf: readonly Operator[] = ["in", "intersects"];
