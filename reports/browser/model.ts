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
  /** What the filter may ask for: `is:fail`, `cause:verifier`; of the cell itself, and of its cases. */
  readonly marks: ReadonlySet<string>;
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
  { outcomes, ms, causes }: EmbeddedTarget,
): (GridCell | undefined)[] {
  const times = ms.split(" ");
  const causeOf = new Map(causes);
  const groups: { found: GridCase[]; causes: string[] }[] = syscalls.map(() => ({ found: [], causes: [] }));
  let next = 0;
  cases.forEach(([syscall, id], index) => {
    const outcome = outcomeOf.get(outcomes[index]!);
    if (!outcome) return;
    const group = groups[syscall]!;
    group.found.push({ id, outcome, ms: Number.parseInt(times[next++]!, 36) });
    const cause = causeOf.get(index);
    if (cause) group.causes.push(cause);
  });
  return groups.map(({ found, causes }) => (found.length > 0 ? makeCell(found, causes) : undefined));
}

/** Most cells are alike: their sets are shared. */
const sets = new Map<string, ReadonlySet<string>>();

function makeCell(cases: readonly GridCase[], causes: readonly string[]): GridCell {
  const found = cases.map(({ outcome }) => outcome);
  const outcome = rollUp(found);
  const all = [...[outcome, ...found].map((is) => `is:${is}`), ...causes.map((cause) => `cause:${cause}`)];
  const marks = shared(all);
  return { outcome, marks, cases };
}

function shared(all: readonly string[]): ReadonlySet<string> {
  const key = all.join(" ");
  const known = sets.get(key) ?? new Set(all);
  sets.set(key, known);
  return known;
}
