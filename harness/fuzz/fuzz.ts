/** Runs a fuzz target for a time. */
import { mkdirSync } from "node:fs";
import { buildPath } from "../build/root.ts";
import { ensure } from "../build/step.ts";
import { fuzzProgram } from "./build.ts";
import { writeSeeds } from "./seeds.ts";
import type { FuzzTarget } from "./targets.ts";

export interface FuzzResult {
  readonly target: string;
  readonly seconds: number;
  /** Inputs that were tried. */
  readonly runs: number;
  /** Edges of code that were reached. */
  readonly coverage: number;
  /** What libFuzzer wrote, if the target crashed, hung or leaked. */
  readonly failure: string | null;
}

/** New inputs that reach more code stay in build/fuzz/found/<target>, and the next run begins with them. */
export async function fuzz(
  target: FuzzTarget,
  seconds: number,
  { signal, say = () => {} }: { signal?: AbortSignal; say?: (line: string) => void } = {},
): Promise<FuzzResult> {
  const step = fuzzProgram(target);
  await ensure(step, say);
  writeSeeds(target);
  const found = buildPath("fuzz", "found", target.name);
  const crashes = buildPath("fuzz", "crashes");
  for (const dir of [found, crashes]) mkdirSync(dir, { recursive: true });
  const options = [
    `-max_total_time=${seconds}`,
    `-max_len=${target.maxLength}`,
    `-artifact_prefix=${crashes}/${target.name}-`,
    "-timeout=10",
    "-rss_limit_mb=1024",
    "-print_final_stats=1",
  ];
  const child = Bun.spawn([step.outputs[0]!, ...options, found, buildPath("fuzz", "seeds", target.name)], {
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
    ...(signal ? { signal } : {}),
  });
  const output = await tail(child.stderr);
  const status = await child.exited;
  return {
    ...parseOutput(output),
    target: target.name,
    seconds,
    failure: status === 0 ? null : output.slice(-6000),
  };
}

/** The end of what a process writes: a target may write for hours. */
async function tail(stream: ReadableStream<Uint8Array>): Promise<string> {
  let kept = "";
  const decoder = new TextDecoder();
  for await (const piece of stream) kept = (kept + decoder.decode(piece, { stream: true })).slice(-65536);
  return kept;
}

/** libFuzzer's last words: how many inputs, and how far they got. */
export function parseOutput(output: string): { runs: number; coverage: number } {
  const runs = /stat::number_of_executed_units: (\d+)/.exec(output)?.[1];
  const coverage = [...output.matchAll(/ cov: (\d+) /g)].at(-1)?.[1];
  return { runs: Number(runs ?? 0), coverage: Number(coverage ?? 0) };
}
