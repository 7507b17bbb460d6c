/** Results rolled up into cells: one per syscall and target. */
import { type Merged, reproId } from "../harness/run/merge-results.ts";
import type { CaseResult, Outcome } from "../harness/run/results.ts";
import { natural, plain } from "./natural.ts";

/** `partial`: some cases of the cell pass, some do not. */
export type CellOutcome = Outcome | "partial";

export interface Cell {
  readonly target: string;
  readonly syscall: string;
  readonly outcome: CellOutcome;
  readonly passed: number;
  /** By id. */
  readonly cases: readonly CaseResult[];
}

export interface Grid {
  /** Targets, kernel by kernel. */
  readonly targets: readonly string[];
  /** Those with a result. */
  readonly syscalls: readonly string[];
  /** By address, in the order of targets, then of syscalls. */
  readonly cells: ReadonlyMap<string, Cell>;
  readonly byTarget: ReadonlyMap<string, readonly Cell[]>;
}

/** Where the report tells about a cell, after `#`. */
export function cellAddress(target: string, syscall: string): string {
  return `${target}/${syscall}`;
}

/** What a cell without any pass is, worst first. */
const severity: readonly Outcome[] = [
  "fail",
  "flaky",
  "infra-error",
  "not-run",
  "unsupported",
  "skipped",
  "pass",
];

/** Outcomes of cells, worst first. */
export const cellOutcomes: readonly CellOutcome[] = ["fail", "partial", ...severity.slice(1)];

export function rollUp(outcomes: readonly Outcome[]): CellOutcome {
  const worst = severity.find((outcome) => outcomes.includes(outcome)) ?? "not-run";
  if (outcomes.length === 1 || worst === "pass") return worst;
  return outcomes.includes("pass") ? "partial" : worst;
}

/** Cells of cells: some pass and some do not is partial again. */
export function rollUpCells(cells: readonly Pick<Cell, "outcome">[]): CellOutcome {
  const found = new Set(cells.map(({ outcome }) => outcome));
  if (found.has("partial")) return "partial";
  return rollUp([...found] as Outcome[]);
}

export function makeGrid({ targets, cases }: Merged): Grid {
  const groups = new Map<string, CaseResult[]>();
  for (const result of cases.values())
    groups.getOrInsertComputed(cellAddress(result.target, result.syscall), () => []).push(result);
  const cells = [...groups.values()].map(makeCell);
  const names = new Set([...targets.keys(), ...cells.map(({ target }) => target)]);
  const sorted = [...names].sort(natural);
  const rank = new Map(sorted.map((name, index) => [name, index]));
  cells.sort((a, b) => rank.get(a.target)! - rank.get(b.target)! || plain(a.syscall, b.syscall));
  return {
    targets: sorted,
    syscalls: [...new Set(cells.map(({ syscall }) => syscall))].sort(plain),
    cells: new Map(cells.map((cell) => [cellAddress(cell.target, cell.syscall), cell])),
    byTarget: Map.groupBy(cells, ({ target }) => target),
  };
}

function makeCell(cases: readonly CaseResult[]): Cell {
  const outcomes = cases.map(({ outcome }) => outcome);
  return {
    target: cases[0]!.target,
    syscall: cases[0]!.syscall,
    outcome: rollUp(outcomes),
    passed: outcomes.filter((outcome) => outcome === "pass").length,
    cases: cases.toSorted((a, b) => plain(a.case, b.case)),
  };
}

export interface TargetParts {
  readonly arch: string;
  readonly kernel: string;
  readonly driver: string;
}

/** The parts of a target's name, whatever it is: a results file may name anything. */
export function targetParts(target: string): TargetParts {
  const [arch = "", kernel = "", ...driver] = target.split("/");
  return { arch, kernel, driver: driver.join("/") };
}

/** The command that repeats a case, where it is the usual one. */
export function usualRepro(result: Pick<CaseResult, "target" | "case">): string {
  return `./scapyard repro ${reproId(result)}`;
}
