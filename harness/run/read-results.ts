import * as v from "valibot";
import { ResultLine, resultsSchemaVersion } from "./results.ts";

export interface BrokenLine {
  /** Counted from 1. */
  readonly number: number;
  readonly message: string;
}

export interface ReadResults {
  readonly lines: readonly ResultLine[];
  readonly broken: readonly BrokenLine[];
}

/** Read results.jsonl text: whatever is whole, and what is wrong with the rest. */
export function parseResults(text: string): ReadResults {
  const lines: ResultLine[] = [];
  const broken: BrokenLine[] = [];
  text.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    const parsed = parseResultLine(line);
    if (typeof parsed === "string") broken.push({ number: index + 1, message: parsed });
    else lines.push(parsed);
  });
  return { lines, broken };
}

/** One line of results.jsonl, or what is wrong with it. */
export function parseResultLine(text: string): ResultLine | string {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return "not JSON (cut short?)";
  }
  const result = v.safeParse(ResultLine, data);
  return result.success ? result.output : describe(data, result.issues);
}

function describe(data: unknown, issues: readonly v.BaseIssue<unknown>[]): string {
  const { kind, schema } = Object(data) as { kind?: unknown; schema?: unknown };
  if (kind === "run" && schema !== resultsSchemaVersion)
    return `schema ${JSON.stringify(schema)} is not the schema ${resultsSchemaVersion} that this version reads`;
  const issue = issues[0];
  const path = issue?.path?.map((item) => String(item.key)).join(".");
  return `${path ? `${path}: ` : ""}${issue?.message ?? "not a result"}`;
}
