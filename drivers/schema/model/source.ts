/** Entries of YAML files together with where they stand, and the collecting of what is wrong with them. */
import { relative } from "node:path";
import type * as v from "valibot";
import { root } from "../../../harness/build/root.ts";
import {
  checkDocument,
  inFileOrder,
  readDocument,
  unknownName,
  type YamlCode,
  type YamlDocument,
  YamlError,
  type YamlIssue,
  type YamlPath,
} from "../../../harness/yaml/index.ts";

/** One named entry of a file: the pair `openat: {…}`. */
export interface Entry<T> {
  readonly key: string;
  readonly value: T;
  readonly document: YamlDocument;
}

/** Collects issues of all files, so that one run shows all of them. */
export class Problems {
  readonly #issues: YamlIssue[] = [];

  /** About the value at `path` of an entry; `about: "key"` points at the last key instead. */
  add(code: YamlCode, message: string, entry: Entry<unknown>, path: YamlPath = [], about?: "key"): void {
    const full = [entry.key, ...path];
    const onKey = about === "key" || path.length === 0;
    this.#issues.push({
      code,
      message,
      place: onKey ? entry.document.keyAt(full) : entry.document.valueAt(full),
    });
  }

  /** `record[name]`; a name that is not there becomes an issue. */
  find<T>(
    record: Readonly<Record<string, T>>,
    name: string,
    entry: Entry<unknown>,
    path: YamlPath,
  ): T | undefined {
    if (Object.hasOwn(record, name)) return record[name];
    this.add("unknown-name", unknownName(name, Object.keys(record)), entry, path);
    return undefined;
  }

  take(error: unknown): void {
    if (!(error instanceof YamlError)) throw error;
    this.#issues.push(...error.issues);
  }

  throwIfAny(): void {
    if (this.#issues.length > 0) throw inFileOrder(this.#issues);
  }
}

export type RecordSchema<T> = v.BaseSchema<unknown, Record<string, T>, v.BaseIssue<unknown>>;

/** Entries of all files that match a glob inside `dir`, in the order of file names. */
export function readEntries<T>(
  dir: string,
  glob: string,
  schema: RecordSchema<T>,
  problems: Problems,
): Entry<T>[] {
  const entries: Entry<T>[] = [];
  const files = [...new Bun.Glob(glob).scanSync({ cwd: dir, absolute: true })].sort();
  for (const file of files) {
    try {
      const document = readDocument(file, relative(root, file));
      const record = checkDocument(document, schema) as Record<string, T>;
      for (const [key, value] of Object.entries(record)) entries.push({ key, value, document });
    } catch (error) {
      problems.take(error);
    }
  }
  refuseDuplicates(entries, problems);
  return entries;
}

/** Keys are unique across the files of a glob, not only inside each. */
function refuseDuplicates(entries: readonly Entry<unknown>[], problems: Problems): void {
  const first = new Map<string, Entry<unknown>>();
  for (const entry of entries) {
    const other = first.get(entry.key);
    if (other) problems.add("conflict", `${entry.key} is in ${other.document.file} already`, entry);
    else first.set(entry.key, entry);
  }
}
