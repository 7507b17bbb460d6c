/** Results rolled up into cells: one per syscall and target. */
import { isCompatId } from "../harness/run/compat.ts";
import { type Counts, countOutcomes } from "../harness/run/counts.ts";
import type { Merged } from "../harness/run/merge-results.ts";
import type { CaseResult } from "../harness/run/results.ts";
import { cellLetters, outcomesByLetter } from "./letters.ts";
import { plain } from "./natural.ts";
import { compareTargets } from "./order.ts";
import { type CellOutcome, rollUp, rollUpCells } from "./outcomes.ts";

export interface Cell {
  readonly target: string;
  readonly syscall: string;
  readonly outcome: CellOutcome;
  readonly passed: number;
  /** By id. */
  readonly cases: readonly CaseResult[];
}

/** What is kept of each target; its cells are made when somebody asks for them. */
interface Row {
  readonly counts: Counts;
  /** Of the cases with 32-bit calls. */
  readonly compat: Counts;
  readonly outcome: CellOutcome;
  /** By the grid's syscalls. */
  readonly letters: string;
}

export class Grid {
  /** Architecture by architecture, kernel by kernel. */
  readonly targets: readonly string[];
  /** Those with a result, by name. */
  readonly syscalls: readonly string[];
  readonly #results: Merged;
  readonly #rows: ReadonlyMap<string, Row>;

  constructor(results: Merged) {
    const { targets, cases } = results;
    this.#results = results;
    this.targets = [...new Set([...targets.keys(), ...cases.targets()])].sort(compareTargets);
    this.syscalls = [...new Set(syscallsOf(cases.values()))].sort(plain);
    const places = new Map(this.syscalls.map((syscall, index) => [syscall, index]));
    this.#rows = new Map(this.targets.map((target) => [target, this.#row(target, places)]));
  }

  #row(target: string, places: Map<string, number>): Row {
    const cases = [...this.#results.cases.of(target)];
    const letters = cellLetters(cases, places);
    const cells = [...letters].flatMap((letter) => outcomesByLetter[letter] ?? []);
    const outcome = this.#results.targets.get(target)?.outcome ?? rollUpCells(cells);
    const compat = countOutcomes(cases.filter(({ case: id }) => isCompatId(id)));
    return { counts: countOutcomes(cases), compat, outcome, letters };
  }

  /** What is to be said of the target as a whole; `not-run` of one that there is not. */
  outcome(target: string): CellOutcome {
    return this.#rows.get(target)?.outcome ?? "not-run";
  }

  counts(target: string): Counts {
    return this.#rows.get(target)?.counts ?? {};
  }

  /** Of the cases with 32-bit calls. */
  compat(target: string): Counts {
    return this.#rows.get(target)?.compat ?? {};
  }

  /** undefined: no result. @param syscall its index */
  cellOutcome(target: string, syscall: number): CellOutcome | undefined {
    return outcomesByLetter[this.#rows.get(target)?.letters[syscall] ?? "."];
  }

  /** Of one target, by syscall. */
  cells(target: string): Cell[] {
    const groups = Map.groupBy(this.#results.cases.of(target), ({ syscall }) => syscall);
    return [...groups.values()].map(makeCell).sort((a, b) => plain(a.syscall, b.syscall));
  }

  cell(target: string, syscall: string): Cell | undefined {
    return this.cells(target).find((cell) => cell.syscall === syscall);
  }
}

function* syscallsOf(results: Iterable<CaseResult>): Generator<string> {
  for (const { syscall } of results) yield syscall;
}

function makeCell(cases: readonly CaseResult[]): Cell {
  return {
    target: cases[0]!.target,
    syscall: cases[0]!.syscall,
    outcome: rollUp(cases.map(({ outcome }) => outcome)),
    passed: cases.filter(({ outcome }) => outcome === "pass").length,
    cases: cases.toSorted((a, b) => plain(a.case, b.case)),
  };
}
