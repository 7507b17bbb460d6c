/** From a valibot issue to a place in the file and a sentence about it. */
import type * as v from "valibot";
import type { YamlDocument, YamlPath } from "./document.ts";
import type { YamlIssue } from "./error.ts";
import { didYouMean } from "./nearest.ts";

type Issue = v.BaseIssue<unknown>;

export function issueOf(issue: Issue, schema: unknown, document: YamlDocument): YamlIssue {
  const path = pathOf(issue);
  const last = issue.path?.at(-1);
  // A record that refuses a key, or an object that does not know it: point at the key itself.
  const aboutKey = last !== undefined && "origin" in last && last.origin === "key";
  if (aboutKey && issue.received === "undefined" && issue.kind === "schema")
    return { code: "missing-key", message: `${path.at(-1)} is missing`, place: document.valueAt(path) };
  if (issue.expected === "never" && issue.kind === "schema")
    return unknownKey(String(path.at(-1)), keysAt(schema, path.slice(0, -1)), document.keyAt(path));
  const place = aboutKey ? document.keyAt(path) : document.valueAt(path);
  const words = issue.kind === "schema" ? alternatives(issue.expected ?? "") : [];
  if (words.length > 0 && typeof issue.input === "string")
    return { code: "unknown-name", message: unknownName(issue.input, words), place };
  if (issue.kind === "schema") return { code: "type", message: wrongType(issue, words), place };
  return { code: "value", message: issue.message, place };
}

function pathOf(issue: Issue): YamlPath {
  return (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
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
  let here = schema as SchemaParts | undefined;
  for (const step of path) here = child(unwrap(here), step);
  const parts = unwrap(here);
  return (
    parts?.options?.flatMap((option) => Object.keys(unwrap(option)?.entries ?? {})) ??
    Object.keys(parts?.entries ?? {})
  );
}

/** The parts of valibot's schema objects that lead to the children. */
interface SchemaParts {
  readonly entries?: Record<string, SchemaParts>;
  readonly value?: SchemaParts;
  readonly item?: SchemaParts;
  readonly wrapped?: SchemaParts;
  readonly options?: readonly SchemaParts[];
}

function child(parts: SchemaParts | undefined, step: string | number): SchemaParts | undefined {
  return parts?.entries?.[step] ?? parts?.value ?? parts?.item;
}

function unwrap(parts: SchemaParts | undefined): SchemaParts | undefined {
  let here = parts;
  while (here?.wrapped) here = here.wrapped;
  return here;
}
