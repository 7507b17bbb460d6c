/** Output formats: `*%evt.num %-16proc.name %evt.args`. */
import { builtinFields, type Catalogue } from "../fields/catalogue.ts";
import type { FieldSource } from "../fields/source.ts";
import { Fault } from "../filter/error.ts";
import { type BoundColumn, ColumnBinder } from "./column.ts";
import { emitLine, emitObject } from "./emit.ts";
import { jsonString } from "./json.ts";
import { type Column, parseColumn, parseFormat } from "./parse.ts";
import { toWidth } from "./text.ts";

export { jsonString, jsonValue } from "./json.ts";
export { harmless } from "./text.ts";

export interface Formatter<E> {
  /** The line; null if a value is absent and the format does not begin with `*`. */
  (event: E): string | null;
  /**
   * The fields as one JSON object, keys as written; null as above.
   * Results of transformers are left out, unless `transformed`.
   */
  json(event: E, options?: { transformed?: boolean }): string | null;
  /** The text of each field, without padding; null as above. */
  values(event: E): Map<string, string> | null;
  readonly text: string;
  /** The names of the fields and transformers, in order. */
  readonly keys: readonly string[];
}

const absent = "<NA>";

/**
 * @throws {FilterError}
 * @example
 * const line = compileFormat(source, "*%evt.num %evt.time %-16proc.name %evt.type %evt.args");
 */
export function compileFormat<E>(
  source: FieldSource<E>,
  text: string,
  { catalogue = builtinFields }: { catalogue?: Catalogue } = {},
): Formatter<E> {
  const { parts, showsAbsent } = parseFormat(text, catalogue);
  const columns = bindColumns(new ColumnBinder(source, catalogue), parts, text);
  const all = columns.flatMap((part) => (typeof part === "string" ? [] : [part.column]));
  const unique = [...new Map(all.map((column) => [column.key, column])).values()];
  const plain = unique.filter(({ isTransformed }) => !isTransformed);
  const json = objectWriter(plain, showsAbsent);
  const withTransformed = plain.length === unique.length ? json : objectWriter(unique, showsAbsent);
  return Object.assign(emitLine(columns, showsAbsent ? absent : null), {
    text,
    keys: unique.map(({ key }) => key),
    json: (event: E, { transformed = false } = {}) => (transformed ? withTransformed : json)(event),
    values: valuesReader(unique, showsAbsent),
  });
}

/**
 * One JSON object an event, with these fields and transformers as keys, absent values null.
 * @throws {FilterError}
 * @example
 * const json = compileObject(source, ["evt.num", "proc.name", "toupper(evt.type)"]);
 */
export function compileObject<E>(
  source: FieldSource<E>,
  fields: readonly string[],
  { catalogue = builtinFields }: { catalogue?: Catalogue } = {},
): (event: E) => string {
  const binder = new ColumnBinder(source, catalogue);
  const columns = fields.map((text) => {
    const operand = parseColumn(text, catalogue);
    try {
      return binder.bind(operand);
    } catch (error) {
      throw error instanceof Fault ? error.in(text, "field") : error;
    }
  });
  return objectWriter(columns, true) as (event: E) => string;
}

interface LineColumn<E> {
  readonly column: BoundColumn<E>;
  /** Pads or cuts. */
  readonly fit: ((text: string) => string) | null;
}

function bindColumns<E>(
  binder: ColumnBinder<E>,
  parts: readonly (string | Column)[],
  text: string,
): (string | LineColumn<E>)[] {
  try {
    return parts.map((part) => {
      if (typeof part === "string") return part;
      const { operand, width = 0 } = part;
      return { column: binder.bind(operand), fit: width > 0 ? (text) => toWidth(text, width) : null };
    });
  } catch (error) {
    throw error instanceof Fault ? error.in(text, "format") : error;
  }
}

const objectWriter = <E>(columns: readonly BoundColumn<E>[], showsAbsent: boolean) =>
  emitObject(
    columns.map(({ key }) => jsonString(key)),
    columns,
    showsAbsent ? "null" : null,
  );

function valuesReader<E>(columns: readonly BoundColumn<E>[], showsAbsent: boolean) {
  return (event: E): Map<string, string> | null => {
    const values = new Map<string, string>();
    for (const { key, read, render } of columns) {
      const value = read(event);
      if (value === null && !showsAbsent) return null;
      values.set(key, value === null ? absent : render(value));
    }
    return values;
  };
}
