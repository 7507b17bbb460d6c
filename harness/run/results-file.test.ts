import { afterEach, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mergeResults } from "./merge-results.ts";
import { parseResults } from "./read-results.ts";
import type { CaseResult } from "./results.ts";
import { appendResult } from "./write-results.ts";

const dirs: string[] = [];
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true });
});

const result: CaseResult = {
  kind: "case",
  target: "x86_64/debian-6.12/kmod",
  case: "open/a",
  syscall: "open",
  outcome: "pass",
  ms: 1,
  repro: "again",
};

test("what is appended is read back, in a directory that is made for it", () => {
  const dir = mkdtempSync(join(tmpdir(), "results-"));
  dirs.push(dir);
  const file = join(dir, "new/results.jsonl");
  const odd: CaseResult = { ...result, reason: 'lines\nand "quotes" \u2028' };
  appendResult(file, result);
  appendResult(file, odd);
  expect(parseResults(readFileSync(file, "utf8"))).toEqual({ lines: [result, odd], broken: [] });
});

test("a full disk is said", () => {
  expect(() => appendResult("/dev/full", result)).toThrow("the disk is full: /dev/full");
});

test("broken lines are told by number, and the rest is read", () => {
  const lines = [
    JSON.stringify(result),
    "",
    JSON.stringify(result).slice(0, 40),
    JSON.stringify({ ...result, outcome: "fine" }),
    JSON.stringify({ kind: "run", schema: 2 }),
    JSON.stringify({ ...result, extra: 1 }),
    "null",
    JSON.stringify(result),
  ];
  const { lines: good, broken } = parseResults(lines.join("\n"));
  expect(good).toEqual([result, result]);
  expect(broken.map(({ number }) => number)).toEqual([3, 4, 5, 6, 7]);
  expect(broken.map(({ message }) => message)).toEqual([
    "not JSON (cut short?)",
    expect.stringContaining("outcome"),
    "schema 2 is not the schema 1 that this version reads",
    expect.stringContaining("extra"),
    expect.any(String),
  ]);
});

test("a later line about the same case replaces the earlier one", () => {
  const failed: CaseResult = { ...result, outcome: "fail" };
  const elsewhere: CaseResult = { ...result, target: "x86_64/debian-6.12/modern_bpf" };
  const { cases } = mergeResults([failed, elsewhere, result]);
  expect([...cases.values()]).toEqual([result, elsewhere]);
});
