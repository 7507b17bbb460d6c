/** Results rolled up into cells: one per syscall and target. */
import type { Merged } from "../harness/run/merge-results.ts";
import type { CaseResult, Outcome } from "../harness/run/results.ts";

/** `partial`: some cases of the cell pass, some do not. */
export type CellOutcome = Outcome | "partial";

export interface Cell {
  readonly target: string;
  readonly syscall: string;
  readonly outcome: CellOutcome;
  readonly passed: number;
  readonly cases: readonly CaseResult[];
}

export interface Grid {
  /** Targets, kernel by kernel. */
  readonly targets: readonly string[];
  readonly syscalls: readonly string[];
  /** By address. */
  readonly cells: ReadonlyMap<string, Cell>;
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

export function rollUp(outcomes: readonly Outcome[]): CellOutcome {
  const worst = severity.find((outcome) => outcomes.includes(outcome)) ?? "not-run";
  if (outcomes.length === 1 || worst === "pass") return worst;
  return outcomes.includes("pass") ? "partial" : worst;
}

/** "debian-5.10" before "debian-6.1" before "debian-6.12". */
const natural = new Intl.Collator("en", { numeric: true }).compare;

export function makeGrid({ targets, cases }: Merged): Grid {
  const groups = new Map<string, CaseResult[]>();
  for (const result of cases.values())
    groups.getOrInsertComputed(cellAddress(result.target, result.syscall), () => []).push(result);
  const cells = new Map([...groups].map(([address, group]) => [address, makeCell(group)] as const));
  const all = [...cases.values()];
  return {
    targets: [...new Set([...targets.keys(), ...all.map(({ target }) => target)])].sort(natural),
    syscalls: [...new Set(all.map(({ syscall }) => syscall))].sort(natural),
    cells,
  };
}

function makeCell(cases: readonly CaseResult[]): Cell {
  const outcomes = cases.map(({ outcome }) => outcome);
  return {
    target: cases[0]!.target,
    syscall: cases[0]!.syscall,
    outcome: rollUp(outcomes),
    passed: outcomes.filter((outcome) => outcome === "pass").length,
    cases: cases.toSorted((a, b) => natural(a.case, b.case)),
  };
}
