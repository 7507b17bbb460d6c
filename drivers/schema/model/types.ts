/** types.yaml: parameter types, formats, categories, event flags, variants of DYN. */
import { join, relative } from "node:path";
import type * as v from "valibot";
import { root } from "../../../harness/build/root.ts";
import { checkDocument, readDocument } from "../../../harness/yaml/index.ts";
import type { Schema, TypeInfo, Variant } from "./model.ts";
import { typesShape } from "./shapes.ts";
import type { Entry, Problems } from "./source.ts";

export type Types = Pick<Schema, "types" | "formats" | "categories" | "sources" | "eventFlags" | "dynamic">;
type Raw = v.InferOutput<typeof typesShape>;

/** Throws at once on a malformed file: no event can be checked without its types. */
export function readTypes(dir: string, problems: Problems): Types {
  const file = join(dir, "types.yaml");
  const document = readDocument(file, relative(root, file));
  const raw = checkDocument(document, typesShape);
  const entries = Object.entries(raw.types).map(([key, value]) => ({
    key: "types",
    value,
    document,
    type: key,
  }));
  const types = entries.map((entry, index): TypeInfo => {
    const { code, size, format, takes } = entry.value;
    problems.find(raw.formats, format, entry, [entry.type, "format"]);
    if (code !== index)
      problems.add("conflict", `codes go up by one: expected ${index}`, entry, [entry.type, "code"]);
    return { name: entry.type, code, size: size === "var" ? null : size, format, takes: takes ?? null };
  });
  return {
    types,
    formats: raw.formats,
    categories: raw.categories,
    sources: raw.sources,
    eventFlags: raw.event_flags,
    dynamic: readVariants(raw, { key: "dynamic", value: raw, document }, problems),
  };
}

function readVariants(raw: Raw, entry: Entry<unknown>, problems: Problems): Record<string, Variant[]> {
  const dynamic: Record<string, Variant[]> = {};
  for (const [name, variants] of Object.entries(raw.dynamic))
    dynamic[name] = Object.entries(variants).map(([tag, text], index): Variant => {
      const path = [name, tag];
      const [type = "", format] = text.split(" ");
      const info = problems.find(raw.types, type, entry, path);
      if (format !== undefined) problems.find(raw.formats, format, entry, path);
      if (Number(tag) !== index)
        problems.add("conflict", `tags go up by one: expected ${index}`, entry, path, "key");
      return { tag: index, type, format: format ?? info?.format ?? "NA" };
    });
  return dynamic;
}
