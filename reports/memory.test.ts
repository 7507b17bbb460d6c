/** What is kept of results: a file of any length must not need memory in proportion. */
import { heapStats } from "bun:jsc";
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { architectures } from "../harness/run/target.ts";
import { mergeSources } from "./merge.ts";
import { makeReport, type Report } from "./report.ts";
import { fileSource } from "./source.ts";
import { manyResults } from "./testing/many.ts";

const dir = mkdtempSync(join(tmpdir(), "report-"));
afterAll(() => rmSync(dir, { recursive: true }));

const size = { archs: architectures, kernels: 2, syscalls: 450, cases: 3 };
const results = 5 * 2 * 2 * 450 * 3;

/** Bytes that cannot be freed. */
function live(): number {
  Bun.gc(true);
  return heapStats().heapSize;
}

async function reportOf(runs: number): Promise<{ report: Report; bytes: number }> {
  const file = join(dir, `${runs}.jsonl`);
  const sink = Bun.file(file).writer();
  for (const line of manyResults({ ...size, runs })) sink.write(`${JSON.stringify(line)}\n`);
  await sink.end();
  const before = live();
  const report = makeReport(mergeSources([fileSource(file)]));
  return { report, bytes: live() - before };
}

test("a result takes less than 100 bytes, and what a later run replaces hardly any", async () => {
  // What is loaded and compiled on the way is not counted.
  await reportOf(5);
  const one = await reportOf(1);
  expect(one.report.results.cases.size).toBe(results);
  expect(one.bytes / results).toBeLessThan(100);
  const five = await reportOf(5);
  expect(five.report.results.cases.size).toBe(results);
  expect((five.bytes - one.bytes) / (4 * results)).toBeLessThan(20);
}, 60_000);
