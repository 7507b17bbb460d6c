/** From a valibot issue to a place in the file and a sentence about it. */
import type * as v from "valibot";
import type { YamlDocument, YamlPath } from "./document.ts";
import type { YamlIssue } from "./error.ts";
import { didYouMean } from "./nearest.ts";

type Issue = v.BaseIssue<unknown>;
type Step = NonNullable<Issue["path"]>[number];

/** One issue, or what is wrong with the alternative of a union that comes closest. */
export function issuesOf(issue: Issue, schema: unknown, document: YamlDocument): YamlIssue[] {
  return closest(issue).map(([inner, steps]) => describe(inner, steps, schema, document));
}

/** In a union, an alternative that could look inside the value says more than "none of these types". */
function closest(issue: Issue, above: readonly Step[] = []): [Issue, readonly Step[]][] {
  const steps = [...above, ...(issue.path ?? [])];
  const inside = (issue.issues ?? []).filter(({ path }) => path !== undefined && path.length > 0);
  return inside.length > 0 ? inside.flatMap((inner) => closest(inner, steps)) : [[issue, steps]];
}

function describe(issue: Issue, steps: readonly Step[], schema: unknown, document: YamlDocument): YamlIssue {
  const path: YamlPath = steps.map(({ key }) => (typeof key === "number" ? key : String(key)));
  const last = steps.at(-1);
  // An object that misses or does not know a key, or a record that refuses it.
  const aboutKey = last !== undefined && "origin" in last && last.origin === "key";
  if (issue.kind !== "schema")
    return {
      code: "value",
      message: issue.message,
      place: aboutKey ? document.keyAt(path) : document.valueAt(path),
    };
  if (aboutKey && issue.received === "undefined")
    return { code: "missing-key", message: `${path.at(-1)} is missing`, place: document.valueAt(path) };
  if (issue.expected === "never")
    return unknownKey(String(path.at(-1)), keysAt(schema, path.slice(0, -1)), document.keyAt(path));
  const place = aboutKey ? document.keyAt(path) : document.valueAt(path);
  const words = alternatives(issue.expected ?? "");
  if (words.length > 0 && typeof issue.input === "string")
    return { code: "unknown-name", message: unknownName(issue.input, words), place };
  return { code: "type", message: wrongType(issue, words), place };
}

function unknownKey(key: string, known: readonly string[], place: YamlIssue["place"]): YamlIssue {
  const suggestion = didYouMean(key, known) || (known.length > 0 ? `; possible: ${known.join(", ")}` : "");
  return { code: "unknown-key", message: `unknown key ${key}${suggestion}`, place };
}

/** A sentence for a word that is none of the possible ones. */
export function unknownName(word: string, possible: readonly string[]): string {
  const few = possible.length <= 12 ? `; possible: ${possible.join(", ")}` : "";
  return `unknown name ${word}${didYouMean(word, possible) || few}`;
}

function wrongType(issue: Issue, words: readonly string[]): string {
  const wanted =
    words.length > 0 ? `one of ${words.join(", ")}` : typeName(issue.expected ?? "something else");
  return `expected ${wanted}, got ${typeName(issue.received)}`;
}

const typeNames: Record<string, string> = {
  Object: "a map",
  Array: "a list",
  string: "text",
  null: "nothing",
};
const typeName = (name: string) =>
  name
    .replaceAll(/[()]/g, "")
    .split(" | ")
    .map((part) => typeNames[part] ?? part)
    .join(" or ");

/** The words in valibot's `("a" | "b")`, when it lists nothing but literals. */
function alternatives(expected: string): string[] {
  const parts = expected.replace(/^\(|\)$/g, "").split(" | ");
  return parts.every((part) => /^".*"$/.test(part)) ? parts.map((part) => JSON.parse(part) as string) : [];
}

/** The keys which the schema knows at a path. */
function keysAt(schema: unknown, path: YamlPath): string[] {
  let here = unwrap(schema as SchemaParts);
  for (const step of path) here = here.flatMap((parts) => unwrap(child(parts, step)));
  return here.flatMap(({ entries }) => Object.keys(entries ?? {}));
}

/** The parts of valibot's schema objects that lead to the children. */
interface SchemaParts {
  readonly entries?: Record<string, SchemaParts>;
  readonly value?: SchemaParts;
  readonly item?: SchemaParts;
  readonly wrapped?: SchemaParts;
  readonly options?: readonly SchemaParts[];
}

function child(parts: SchemaParts, step: string | number): SchemaParts | undefined {
  return parts.entries?.[step] ?? parts.value ?? parts.item;
}

/** Through `optional` and the like, and into all alternatives. */
function unwrap(parts: SchemaParts | undefined): SchemaParts[] {
  if (parts?.wrapped) return unwrap(parts.wrapped);
  // Literals have their words in `options`.
  if (parts?.options) return parts.options.filter((option) => typeof option === "object").flatMap(unwrap);
  return parts ? [parts] : [];
}
