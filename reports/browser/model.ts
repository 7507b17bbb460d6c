/** Every cell of the results, for the script. */
import type { Outcome } from "../../harness/run/results.ts";
import { type CellOutcome, rollUp } from "../cells.ts";
import { type EmbeddedGrid, type EmbeddedTarget, outcomeLetters } from "../embedded.ts";

export interface GridCase {
  readonly id: string;
  readonly outcome: Outcome;
  readonly ms: number;
}

export interface GridCell {
  readonly outcome: CellOutcome;
  /** What `is:` matches: the cell's own, and those of its cases. */
  readonly outcomes: ReadonlySet<CellOutcome>;
  readonly cases: readonly GridCase[];
}

export interface Model {
  readonly syscalls: readonly string[];
  readonly targets: readonly EmbeddedTarget[];
  /** By target, then syscall; undefined: no case. */
  readonly cells: readonly (readonly (GridCell | undefined)[])[];
}

export function makeModel(grid: EmbeddedGrid): Model {
  return { ...grid, cells: grid.targets.map((target) => cellsOf(grid, target)) };
}

const outcomeOf = new Map(
  Object.entries(outcomeLetters).map(([outcome, letter]) => [letter, outcome as Outcome]),
);

function cellsOf(
  { syscalls, cases }: EmbeddedGrid,
  { outcomes, ms }: EmbeddedTarget,
): (GridCell | undefined)[] {
  const times = ms.split(" ");
  const groups: GridCase[][] = syscalls.map(() => []);
  let next = 0;
  cases.forEach(([syscall, id], index) => {
    const outcome = outcomeOf.get(outcomes[index]!);
    if (outcome) groups[syscall]!.push({ id, outcome, ms: Number.parseInt(times[next++]!, 36) });
  });
  return groups.map((group) => (group.length > 0 ? makeCell(group) : undefined));
}

/** Most cells are alike: their sets are shared. */
const sets = new Map<string, ReadonlySet<CellOutcome>>();

function makeCell(cases: readonly GridCase[]): GridCell {
  const found = cases.map(({ outcome }) => outcome);
  const outcome = rollUp(found);
  const all = [outcome, ...found];
  const key = all.join(" ");
  const outcomes = sets.get(key) ?? new Set<CellOutcome>(all);
  sets.set(key, outcomes);
  return { outcome, outcomes, cases };
}
