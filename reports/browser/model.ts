/** Every cell of the results, for the script. */
import type { Outcome } from "../../harness/run/results.ts";
import type { EmbeddedGrid, EmbeddedTarget } from "../embedded.ts";
import { outcomesByLetter } from "../letters.ts";
import { type CellOutcome, rollUp } from "../outcomes.ts";

export interface GridCase {
  readonly id: string;
  readonly outcome: Outcome;
  readonly ms: number;
}

export interface GridCell {
  readonly outcome: CellOutcome;
  /** Index into the model's marks. */
  readonly marks: number;
  readonly cases: readonly GridCase[];
}

export interface Model {
  /** When each run started. */
  readonly runs: readonly string[];
  readonly syscalls: readonly string[];
  readonly targets: readonly EmbeddedTarget[];
  /** What the filter may ask a cell for: `is:fail`, `cause:verifier`; of itself, and of its cases. Most cells have the same. */
  readonly marks: readonly ReadonlySet<string>[];
  /** By target, then syscall; undefined: no case. */
  readonly cells: readonly (readonly (GridCell | undefined)[])[];
}

export function makeModel(grid: EmbeddedGrid): Model {
  const marks = new Marks();
  const cells = grid.targets.map((target) => cellsOf(grid, target, marks));
  return { ...grid, marks: marks.sets, cells };
}

/** Distinct sets of marks, by index. */
class Marks {
  readonly sets: ReadonlySet<string>[] = [];
  readonly #known = new Map<string, number>();

  index(all: readonly string[]): number {
    const set = new Set(all);
    return this.#known.getOrInsertComputed([...set].join(" "), () => this.sets.push(set) - 1);
  }
}

function cellsOf(
  { syscalls, cases }: EmbeddedGrid,
  { outcomes, ms, causes }: EmbeddedTarget,
  marks: Marks,
): (GridCell | undefined)[] {
  const times = ms.split(" ");
  const causeOf = new Map(causes);
  const groups: { found: GridCase[]; causes: string[] }[] = syscalls.map(() => ({ found: [], causes: [] }));
  let next = 0;
  cases.forEach(([syscall, id], index) => {
    const outcome = outcomesByLetter[outcomes[index]!] as Outcome | undefined;
    if (!outcome) return;
    const group = groups[syscall]!;
    group.found.push({ id, outcome, ms: Number.parseInt(times[next++]!, 36) });
    const cause = causeOf.get(index);
    if (cause) group.causes.push(cause);
  });
  return groups.map(({ found, causes }) => (found.length > 0 ? makeCell(found, causes, marks) : undefined));
}

function makeCell(cases: readonly GridCase[], causes: readonly string[], marks: Marks): GridCell {
  const found = cases.map(({ outcome }) => outcome);
  const outcome = rollUp(found);
  const all = [...[outcome, ...found].map((is) => `is:${is}`), ...causes.map((cause) => `cause:${cause}`)];
  return { outcome, marks: marks.index(all), cases };
}
