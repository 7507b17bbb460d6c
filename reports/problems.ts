/** Everything that did not pass, grouped by cause. */
import { harmless } from "../harness/run/counts.ts";
import type { Merged } from "../harness/run/merge-results.ts";
import type { CaseResult, Cause, Outcome, TargetResult } from "../harness/run/results.ts";
import type { Grid } from "./cells.ts";
import { plain } from "./natural.ts";
import { compareTargets } from "./order.ts";
import { cellOutcomes } from "./outcomes.ts";
import { targetParts } from "./target-parts.ts";

export interface Problem {
  readonly outcome: Outcome;
  readonly cause: Cause | undefined;
  /** Of the first one, or what the reasons have in common: `… is not in this kernel`. */
  readonly reason: string;
  /** In the order of targets, then of syscalls. */
  readonly results: readonly CaseResult[];
  /** Targets on which nothing could run for this reason, with what they say of it. */
  readonly targets: readonly TargetResult[];
}

type UnusableTarget = TargetResult & { readonly outcome: Outcome };
type Told = CaseResult | UnusableTarget;

/** Worst outcome first; then the one that hits most. */
export function findProblems(grid: Grid, { targets }: Merged): Problem[] {
  const lines = [...targets.values()]
    .filter((line): line is UnusableTarget => line.outcome !== undefined && line.outcome !== "pass")
    .sort((a, b) => compareTargets(a.target, b.target));
  const results = grid.targets.flatMap((target) => nonPasses(grid, target));
  const groups = Map.groupBy<string, Told>([...results, ...lines], causeKey);
  return [...groups.values()].map(problemOf).sort(byWeight);
}

function nonPasses(grid: Grid, target: string): CaseResult[] {
  return grid.cells(target).flatMap(({ cases }) => cases.filter(({ outcome }) => outcome !== "pass"));
}

function problemOf(told: readonly Told[]): Problem {
  const first = told[0]!;
  const isSame = told.every(({ reason }) => reason === first.reason);
  return {
    outcome: first.outcome,
    cause: first.cause,
    reason: (isSame || !harmless.has(first.outcome) ? first.reason : common(first)) ?? "no reason was given",
    results: told.filter((one) => one.kind === "case"),
    targets: told.filter((one) => one.kind === "target"),
  };
}

function byWeight(a: Problem, b: Problem): number {
  const rank = ({ outcome }: Problem) => cellOutcomes.indexOf(outcome);
  return rank(a) - rank(b) || b.results.length - a.results.length || plain(a.reason, b.reason);
}

/**
 * Two failures have the same cause if their reasons differ in numbers only (addresses, pids, results, areas); what a kernel
 * cannot do is the same whatever the syscall is called.
 */
function causeKey(told: Told): string {
  const reason = harmless.has(told.outcome) ? common(told) : told.reason;
  const words = (reason ?? "").replaceAll(/0x[0-9a-f]+|\d+/gi, "#");
  return `${told.outcome}\n${told.cause ?? ""}\n${words}`;
}

/** The reason without the names of what it is about. */
function common(told: Told): string | undefined {
  const names = [told.kind === "case" ? told.syscall : "", targetParts(told.target).arch];
  const known = names.filter(Boolean).map(RegExp.escape).join("|");
  return known ? told.reason?.replaceAll(new RegExp(`\\b(${known})\\b`, "g"), "…") : told.reason;
}
