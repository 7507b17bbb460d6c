/** What is promised of each driver on each architecture: no more than the results say. */
import { drivers } from "../harness/run/target.ts";
import { type Cell, type Grid, targetParts } from "./cells.ts";
import { natural } from "./natural.ts";
import { supportArchs } from "./support.ts";

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
  readonly passed: number;
  readonly total: number;
}

export function supportTiers(grid: Grid): Support[] {
  const names = grid.targets.map((target) => targetParts(target).driver);
  const shown = [...new Set([...drivers, ...names])].sort(natural);
  return supportArchs(grid).flatMap((arch) => shown.map((driver) => supportOf(grid, arch, driver)));
}

function supportOf(grid: Grid, arch: string, driver: string): Support {
  const targets = grid.targets.filter((target) => {
    const parts = targetParts(target);
    return parts.arch === arch && parts.driver === driver;
  });
  const cells = targets.flatMap((target) => grid.byTarget.get(target) ?? []);
  const cases = cells.flatMap((cell) => cell.cases);
  const passed = cells.reduce((sum, cell) => sum + cell.passed, 0);
  const tier = tierOf(targets, cells, passed);
  const kernels = new Set(
    cells.filter((cell) => cell.passed > 0).map(({ target }) => targetParts(target).kernel),
  );
  return { arch, driver, tier, kernels: [...kernels].sort(natural), passed, total: cases.length };
}

/** What a kernel or an architecture cannot do is no failure. */
const harmless = new Set(["pass", "unsupported", "skipped"]);

function tierOf(targets: readonly string[], cells: readonly Cell[], passed: number): Tier {
  if (targets.length === 0) return "not measured";
  if (passed === 0) return "does not run";
  const measured = new Set(cells.filter((cell) => cell.passed > 0).map(({ target }) => target));
  const clean = cells.every((cell) => cell.cases.every(({ outcome }) => harmless.has(outcome)));
  return clean && measured.size === targets.length ? "tested" : "tested, with failures";
}
