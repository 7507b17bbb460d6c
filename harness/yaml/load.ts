/** Load a YAML file as what a valibot schema says it is. */
import * as v from "valibot";
import { readDocument, type YamlDocument } from "./document.ts";
import { YamlError, type YamlIssue } from "./error.ts";
import { issuesOf } from "./issue.ts";

/**
 * The content of a YAML file, checked by a valibot schema (use `strictObject`, so that unknown keys are errors).
 * Throws YamlError with the place of each problem. `name` is what errors call the file.
 */
export function loadYaml<const S extends Schema>(path: string, schema: S, name = path): v.InferOutput<S> {
  return checkDocument(readDocument(path, name), schema);
}

/** Like `loadYaml` for a document that is there already, for callers who need places later. */
export function checkDocument<const S extends Schema>(document: YamlDocument, schema: S): v.InferOutput<S> {
  const result = v.safeParse(schema, document.data);
  if (result.success) return result.output;
  throw inFileOrder(result.issues.flatMap((issue) => issuesOf(issue, schema, document)));
}

/** One error from issues of any number of files. */
export function inFileOrder(issues: YamlIssue[]): YamlError {
  const sorted = issues.toSorted(
    (a, b) =>
      a.place.file.localeCompare(b.place.file) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column,
  );
  return new YamlError(sorted as [YamlIssue, ...YamlIssue[]]);
}

export type Schema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;
