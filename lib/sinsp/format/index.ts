/** Output formats: `*%evt.num %-16proc.name %evt.args`. */
import { builtinFields, type Catalogue } from "../fields/catalogue.ts";
import type { FieldSource } from "../fields/source.ts";
import { Fault } from "../filter/error.ts";
import { type BoundColumn, ColumnBinder } from "./column.ts";
import { jsonObject, jsonString } from "./json.ts";
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
  const all = columns.filter((part) => typeof part !== "string");
  const unique = [...new Map(all.map((column) => [column.key, column])).values()];
  const plain = objectWriter(
    unique.filter(({ isTransformed }) => !isTransformed),
    showsAbsent,
  );
  const whole = objectWriter(unique, showsAbsent);
  return Object.assign(lineWriter(columns, showsAbsent), {
    text,
    keys: unique.map(({ key }) => key),
    json: (event: E, { transformed = false } = {}) => (transformed ? whole : plain)(event),
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

interface LineColumn<E> extends BoundColumn<E> {
  readonly width: number;
}

function bindColumns<E>(
  binder: ColumnBinder<E>,
  parts: readonly (string | Column)[],
  text: string,
): (string | LineColumn<E>)[] {
  try {
    return parts.map((part) =>
      typeof part === "string" ? part : { ...binder.bind(part.operand), width: part.width ?? 0 },
    );
  } catch (error) {
    throw error instanceof Fault ? error.in(text, "format") : error;
  }
}

function lineWriter<E>(parts: readonly (string | LineColumn<E>)[], showsAbsent: boolean) {
  return (event: E): string | null => {
    let line = "";
    for (const part of parts) {
      if (typeof part === "string") {
        line += part;
        continue;
      }
      const value = part.text(event) ?? (showsAbsent ? absent : null);
      if (value === null) return null;
      line += part.width > 0 ? toWidth(value, part.width) : value;
    }
    return line;
  };
}

function objectWriter<E>(columns: readonly BoundColumn<E>[], showsAbsent: boolean) {
  const keys = columns.map(({ key }) => jsonString(key));
  return (event: E): string | null => {
    const values: string[] = [];
    for (const column of columns) {
      const value = column.json(event) ?? (showsAbsent ? "null" : null);
      if (value === null) return null;
      values.push(value);
    }
    return jsonObject(keys, values);
  };
}

function valuesReader<E>(columns: readonly BoundColumn<E>[], showsAbsent: boolean) {
  return (event: E): Map<string, string> | null => {
    const values = new Map<string, string>();
    for (const { key, text } of columns) {
      const value = text(event) ?? (showsAbsent ? absent : null);
      if (value === null) return null;
      values.set(key, value);
    }
    return values;
  };
}
