/** What is promised of each driver on each architecture: no more than the results say. */
import { addCounts, type Counts, harmless, isClean } from "../harness/run/counts.ts";
import type { Outcome } from "../harness/run/results.ts";
import { drivers } from "../harness/run/target.ts";
import type { Grid } from "./cells.ts";
import { natural, plain } from "./natural.ts";
import { supportArchs } from "./support.ts";
import { targetParts } from "./target-parts.ts";

export const tierMeaning = {
  tested: "every case passes on every kernel measured, where the kernel has what it needs",
  "tested, with failures": "it runs, and what does not pass is listed",
  "does not run": "it was tried, and nothing passed",
  "not measured": "nothing is known",
} as const;
export type Tier = keyof typeof tierMeaning;

export interface Support {
  readonly arch: string;
  readonly driver: string;
  readonly tier: Tier;
  /** Kernels on which something ran, oldest first. */
  readonly kernels: readonly string[];
  readonly counts: Counts;
}

/** Both drivers everywhere, and guests that are special where there were any. */
export function supportTiers(grid: Grid): Support[] {
  const found = grid.targets.map(targetParts);
  return supportArchs(grid).flatMap((arch) => {
    const own = found.filter((parts) => parts.arch === arch).map(({ driver }) => driver);
    return [...new Set([...drivers, ...own])].sort(plain).map((driver) => supportOf(grid, arch, driver));
  });
}

function supportOf(grid: Grid, arch: string, driver: string): Support {
  const targets = grid.targets.filter((target) => {
    const parts = targetParts(target);
    return parts.arch === arch && parts.driver === driver;
  });
  const running = targets.filter((target) => grid.counts(target).pass);
  const kernels = new Set(running.map((target) => targetParts(target).kernel));
  return {
    arch,
    driver,
    tier: tierOf(targets, running, grid),
    kernels: [...kernels].sort(natural),
    counts: addCounts(targets.map((target) => grid.counts(target))),
  };
}

/** What a kernel or an architecture cannot do is no failure. */
function tierOf(targets: readonly string[], running: readonly string[], grid: Grid): Tier {
  if (targets.length === 0) return "not measured";
  if (running.length === 0) return "does not run";
  const couldRun = targets.filter((target) => !harmless.has(grid.outcome(target) as Outcome));
  const clean = couldRun.every((target) => isClean(grid.counts(target)));
  return clean ? "tested" : "tested, with failures";
}
