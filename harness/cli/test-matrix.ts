/** The matrix as a part of `./scapyard test`: every case on every target of its profile. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { testProfile } from "../../matrix/profile.ts";
import { buildPath, root } from "../build/root.ts";
import { failure, sum, type Tally } from "./tally.ts";

/** What `run --json` prints, as far as it is needed here. */
const RunSummary = v.object({
  status: v.number(),
  targets: v.record(v.string(), v.object({ pass: v.optional(v.number(), 0) })),
  unexpected: v.array(v.object({ repro: v.string(), reason: v.optional(v.string()) })),
  outdated: v.array(v.object({ result: v.object({ repro: v.string() }) })),
  listed: v.array(
    v.object({
      result: v.object({ target: v.string() }),
      entry: v.object({ reason: v.string() }),
    }),
  ),
});

/** `run`, in a process of its own: its output is not ours. */
export async function runMatrix(signal: AbortSignal): Promise<Tally> {
  const results = buildPath("test", "results.jsonl");
  rmSync(results, { force: true });
  const words = [
    join(root, "harness/cli/main.ts"),
    "run",
    "--json",
    "--profile",
    testProfile,
    "--results",
    results,
  ];
  const child = Bun.spawn([process.execPath, ...words], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    signal,
  });
  const output = await new Response(child.stdout).text();
  const status = await child.exited;
  return existsSync(results) && readFileSync(results).length > 0
    ? tallyMatrix(output, status)
    : failure(`the matrix ended with status ${status} and no results`);
}

export function tallyMatrix(output: string, status: number): Tally {
  const parsed = parse(output);
  if (!parsed) return failure(`the matrix ended with status ${status} and said nothing that can be read`);
  const passed = Object.values(parsed.targets).reduce((total, { pass }) => total + pass, 0);
  const failures = [
    ...parsed.unexpected.map(({ repro, reason }) => failure(`${repro}: ${reason ?? "no reason given"}`)),
    ...parsed.outdated.map(({ result }) =>
      failure(`${result.repro}: passes, but matrix/expected.yaml lists it`),
    ),
  ];
  const groups = Map.groupBy(parsed.listed, ({ result, entry }) => `${result.target}: ${entry.reason}`);
  const notes = [...groups].map(([what, { length }]) => `skipped: ${length} on ${what}`);
  const counted = sum([{ passed, failed: 0, skipped: parsed.listed.length, notes }, ...failures]);
  if (parsed.status !== 0 && counted.failed === 0)
    return sum([counted, failure(`the matrix ended with status ${status}`)]);
  return counted;
}

function parse(output: string): v.InferOutput<typeof RunSummary> | null {
  try {
    return v.parse(RunSummary, JSON.parse(output));
  } catch {
    return null;
  }
}
