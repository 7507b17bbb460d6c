/**
 * Columns → JavaScript functions, as filter/emit.ts makes them of filters: in a loop over columns all of them would share the
 * same calls, which the engine then cannot inline. The text consists of names made here; what a user wrote is passed in as
 * constants.
 */
import type { DirectWriter } from "../fields/source.ts";
import { AsciiWriter } from "../print/ascii.ts";
import type { BoundColumn } from "./column.ts";

export type Line<E> = (event: E) => string | null;

/** What missing values are shown as; null: there is no line then. */
export type Absent = string | null;

interface Written {
  /** Constant text, or how a value is read and then shown. */
  readonly text?: string;
  readonly read?: unknown;
  readonly show?: unknown;
  /** How it is written without either; in a JSON string if that is what it is. */
  readonly direct?: DirectWriter<never> | undefined;
  readonly inJson?: boolean;
}

/** One for all: nothing else runs while a line is written. */
const out = new AsciiWriter();

interface Emitted {
  readonly constants: readonly unknown[];
  readonly head: string;
  /** The line as a string; then as bytes, which ends early where those will not do. */
  readonly body: string;
  readonly quickly: string;
}

function emitParts(parts: readonly Written[], absent: Absent): Emitted {
  const constants: unknown[] = [absent, out];
  const constant = (value: unknown) => `k[${constants.push(value) - 1}]`;
  const head = ["const absent = k[0], out = k[1];"];
  const body: string[] = [];
  const quickly: string[] = [];
  for (const [at, { text, read, show, direct, inJson }] of parts.entries()) {
    if (text !== undefined) {
      head.push(`const t${at} = ${constant(text)};`);
      body.push(`line += t${at};`);
      quickly.push(`out.constant(t${at});`);
      continue;
    }
    head.push(`const r${at} = ${constant(read)}, s${at} = ${constant(show)};`);
    const value = `value = r${at}(event);
${absent === null ? "if (value === null) return null;" : ""}`;
    const shown = `${absent === null ? "" : "value === null ? absent : "}s${at}(value)`;
    body.push(`${value}\nline += ${shown};`);
    if (direct) {
      head.push(`const w${at} = ${constant(direct.write)}, m${at} = ${constant(direct.isMissing)};`);
      const toggle = inJson && direct.quoted ? "out.toggleString();" : "";
      const written = `${toggle} if (!w${at}(event, out)) break quickly; ${toggle}`;
      const missing = absent === null ? "return null;" : "out.constant(absent);";
      quickly.push(direct.isMissing ? `if (m${at}(event)) { ${missing} } else { ${written} }` : written);
    } else quickly.push(`${value}\nif (!out.text(${shown})) break quickly;`);
  }
  return { constants, head: head.join("\n"), body: body.join("\n"), quickly: quickly.join("\n") };
}

const printable = /^[\x20-\x7e]*$/;

/** @param repeatable whether the values may be read again after the quick way has given up */
function emit<E>(parts: readonly Written[], absent: Absent, repeatable: boolean): Line<E> {
  const { constants, head, body, quickly } = emitParts(parts, absent);
  const isQuick =
    repeatable &&
    parts.some(({ direct }) => direct) &&
    parts.every(({ text }) => text === undefined || printable.test(text));
  const quickPart = `quickly: {
out.start();
${quickly}
const done = out.end();
if (done !== null) return done;
}`;
  const text = `"use strict";
${head}
return function write(event) {
let value, line = "";
${isQuick ? quickPart : ""}
${body}
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
    const { read, render, direct } = column;
    if (fit) return { read, show: (value: never) => fit(render(value)) };
    return { read, show: render, direct };
  });
  const repeatable = parts.every((part) => typeof part === "string" || part.column.repeatable);
  return emit(written, absent, repeatable);
}

/** One JSON object. @param keys as JSON strings */
export function emitObject<E>(
  keys: readonly string[],
  columns: readonly BoundColumn<E>[],
  absent: Absent,
): Line<E> {
  const parts = columns.flatMap(({ readJson, renderJson, directJson }, at): Written[] => [
    { text: `${at === 0 ? "{" : ","}${keys[at]}:` },
    { read: readJson, show: renderJson, direct: directJson, inJson: true },
  ]);
  return emit(
    [...(parts.length === 0 ? [{ text: "{" }] : parts), { text: "}" }],
    absent,
    columns.every(({ repeatable }) => repeatable),
  );
}
