/**
 * Results by target and case. Nearly all are passes of which nothing else is to be told, and there are hundreds of
 * thousands: of these a number is kept, and the result is made when somebody asks for it.
 */
import { reproCommand } from "./repro.ts";
import type { CaseResult } from "./results.ts";

export class ResultTable {
  readonly #cases = new CaseNames();
  readonly #columns = new Map<string, Column>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Replaces what was there for the same target and case. */
  set(result: CaseResult): void {
    const index = this.#cases.index(result);
    const column = this.#columns.getOrInsertComputed(result.target, (target) => new Column(target));
    if (!column.has(index)) this.#size += 1;
    if (isPlainPass(result) && result.syscall === this.#cases.syscall(index))
      column.setPass(index, result.ms);
    else column.setOther(index, result);
  }

  get(target: string, id: string): CaseResult | undefined {
    const index = this.#cases.find(id);
    const column = this.#columns.get(target);
    return index === undefined || !column ? undefined : this.#at(column, index);
  }

  /** In the order in which they first came. */
  targets(): Iterable<string> {
    return this.#columns.keys();
  }

  *of(target: string): Generator<CaseResult> {
    const column = this.#columns.get(target);
    for (let index = 0; column && index < this.#cases.count; index++) {
      const result = this.#at(column, index);
      if (result) yield result;
    }
  }

  /** Target by target. */
  *values(): Generator<CaseResult> {
    for (const target of this.#columns.keys()) yield* this.of(target);
  }

  #at(column: Column, index: number): CaseResult | undefined {
    const ms = column.pass(index);
    if (ms === undefined) return column.other(index);
    const line = { target: column.target, case: this.#cases.id(index) };
    const syscall = this.#cases.syscall(index);
    return { kind: "case", ...line, syscall, outcome: "pass", ms, repro: reproCommand(line) };
  }
}

/** Everything that its target's name and its case's name do not tell is its duration. */
function isPlainPass(result: CaseResult): boolean {
  const { outcome, cause, reason, lost, repro } = result;
  const isPlain = cause === undefined && reason === undefined && lost === undefined;
  return outcome === "pass" && isPlain && repro === reproCommand(result);
}

/** The cases of one target, by their index. */
class Column {
  /** Milliseconds of each plain pass; NaN where there is none. */
  #passes = new Float64Array(0);
  readonly #others = new Map<number, CaseResult>();

  constructor(readonly target: string) {}

  has(index: number): boolean {
    return this.pass(index) !== undefined || this.#others.has(index);
  }

  pass(index: number): number | undefined {
    const ms = this.#passes[index];
    return Number.isNaN(ms) ? undefined : ms;
  }

  other(index: number): CaseResult | undefined {
    return this.#others.get(index);
  }

  setPass(index: number, ms: number): void {
    this.#others.delete(index);
    if (index >= this.#passes.length) this.#passes = grown(this.#passes, 2 * index + 64);
    this.#passes[index] = ms;
  }

  /** What shows how something failed is of no use for a pass. */
  setOther(index: number, result: CaseResult): void {
    const { program: _program, raw: _raw, diff: _diff, console: _console, ...short } = result;
    this.#others.set(index, { ...(result.outcome === "pass" ? short : result), target: this.target });
    if (index < this.#passes.length) this.#passes[index] = Number.NaN;
  }
}

function grown(array: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(length).fill(Number.NaN);
  longer.set(array);
  return longer;
}

/** Each case once, with the syscall that it first came with. */
class CaseNames {
  readonly #indices = new Map<string, number>();
  readonly #ids: string[] = [];
  readonly #syscalls: string[] = [];

  get count(): number {
    return this.#ids.length;
  }

  find(id: string): number | undefined {
    return this.#indices.get(id);
  }

  index({ case: id, syscall }: CaseResult): number {
    return this.#indices.getOrInsertComputed(id, () => {
      this.#syscalls.push(syscall);
      return this.#ids.push(id) - 1;
    });
  }

  id(index: number): string {
    return this.#ids[index]!;
  }

  syscall(index: number): string {
    return this.#syscalls[index]!;
  }
}
