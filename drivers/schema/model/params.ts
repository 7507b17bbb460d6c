/** One parameter: `flags: FLAGS32 file_flags`. */
import type { Param, TypeInfo } from "./model.ts";
import type { Entry, Problems } from "./source.ts";
import type { Types } from "./types.ts";

export interface Names {
  readonly types: Types;
  readonly typesByName: Readonly<Record<string, TypeInfo>>;
  readonly tables: Readonly<Record<string, unknown>>;
}

export function readParams(
  params: Readonly<Record<string, string>>,
  half: "enter" | "exit",
  entry: Entry<unknown>,
  names: Names,
  problems: Problems,
): Param[] {
  const order = Object.keys(params);
  if (order.length > 32) problems.add("value", "more than 32 parameters", entry, [half]);
  return Object.entries(params).map(([name, text]) => {
    const path = [half, name];
    const words = text.split(" ");
    const type = problems.find(names.typesByName, words[0]!, entry, path);
    const reference = words.find((word) => /^[a-z]/.test(word));
    const format = words.slice(1).find((word) => /^[A-Z0-9]/.test(word));
    if (format !== undefined) problems.find(names.types.formats, format, entry, path);
    const param = { name, type: words[0]!, format: format ?? type?.format ?? "NA" };
    if (!type) return param;
    if (!type.takes && reference === undefined) return param;
    return { ...param, ...readReference(type, reference, order, entry, path, names, problems) };
  });
}

/** The word between type and format: a flag table, a set of variants, or the parameter that is the directory. */
function readReference(
  type: TypeInfo,
  word: string | undefined,
  order: readonly string[],
  entry: Entry<unknown>,
  path: readonly string[],
  names: Names,
  problems: Problems,
): Partial<Param> {
  if (!type.takes) problems.add("value", `${type.name} takes no ${word}`, entry, path);
  else if (word === undefined) problems.add("value", `${type.name} needs a ${type.takes}`, entry, path);
  else if (type.takes === "table") {
    problems.find(names.tables, word, entry, path);
    return { table: word };
  } else if (type.takes === "variants") {
    problems.find(names.types.dynamic, word, entry, path);
    return { variants: word };
  } else {
    problems.find(Object.fromEntries(order.map((name) => [name, true])), word, entry, path);
    return { dirfd: order.indexOf(word) };
  }
  return {};
}
