/**
 * Columns → JavaScript functions, as filter/emit.ts makes them of filters: in a loop over columns all of them would share the
 * same calls, which the engine then cannot inline. The text consists of names made here; what a user wrote is passed in as
 * constants.
 */
import type { BoundColumn } from "./column.ts";

export type Line<E> = (event: E) => string | null;

/** What missing values are shown as; null: there is no line then. */
export type Absent = string | null;

interface Written {
  /** Constant text, or how a value is read and then shown. */
  readonly text?: string;
  readonly read?: unknown;
  readonly show?: unknown;
}

function emit<E>(parts: readonly Written[], absent: Absent): Line<E> {
  const constants: unknown[] = [];
  const constant = (value: unknown) => `k[${constants.push(value) - 1}]`;
  const head: string[] = [];
  const body: string[] = [];
  for (const [at, { text, read, show }] of parts.entries()) {
    if (text !== undefined) {
      head.push(`const t${at} = ${constant(text)};`);
      body.push(`line += t${at};`);
      continue;
    }
    head.push(`const r${at} = ${constant(read)}, s${at} = ${constant(show)};`);
    body.push(`value = r${at}(event);`);
    body.push(absent === null ? "if (value === null) return null;" : "");
    body.push(`line += ${absent === null ? "" : "value === null ? absent : "}s${at}(value);`);
  }
  const text = `"use strict";
const absent = ${constant(absent)};
${head.join("\n")}
return function write(event) {
let value, line = "";
${body.join("\n")}
return line;
};`;
  return new Function("k", text)(constants) as Line<E>;
}

/** @param show how a value of the column is shown, from its text */
export function emitLine<E>(
  parts: readonly (
    | string
    | { readonly column: BoundColumn<E>; readonly fit: ((text: string) => string) | null }
  )[],
  absent: Absent,
): Line<E> {
  const written = parts.map((part): Written => {
    if (typeof part === "string") return { text: part };
    const { column, fit } = part;
    const { read, render } = column;
    return { read, show: fit ? (value: never) => fit(render(value)) : render };
  });
  return emit(written, absent);
}

/** One JSON object. @param keys as JSON strings */
export function emitObject<E>(
  keys: readonly string[],
  columns: readonly BoundColumn<E>[],
  absent: Absent,
): Line<E> {
  const parts = columns.flatMap(({ readJson, renderJson }, at): Written[] => [
    { text: `${at === 0 ? "{" : ","}${keys[at]}:` },
    { read: readJson, show: renderJson },
  ]);
  return emit([...(parts.length === 0 ? [{ text: "{" }] : parts), { text: "}" }], absent);
}
