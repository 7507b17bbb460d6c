/** How long targets took in earlier runs on this machine: what comes first, what is split, when it will be over. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import * as v from "valibot";
import { buildPath } from "../build/root.ts";
import { parseTarget } from "./target.ts";

/** Milliseconds. */
const Duration = v.object({
  /** From the start of the process to the first result. */
  start: v.number(),
  /** From one result to the next. */
  perCase: v.number(),
});
export type Duration = v.InferOutput<typeof Duration>;

/** Where nothing is known: a restored guest, and a case as on two emulated cores. */
const assumed: Duration = { start: 4000, perCase: 60 };

/** Runs with fewer cases say more about the start than about cases. */
const fewestCases = 20;

export class Durations {
  private constructor(
    private readonly file: string,
    readonly known: Map<string, Duration>,
  ) {}

  /** A file that is missing or damaged is as if nothing were known. */
  static read(file: string = buildPath("durations.json")): Durations {
    return new Durations(file, new Map(Object.entries(readKnown(file))));
  }

  /** Of the target itself, else the longest of its architecture's, else assumed. */
  of(target: string): Duration {
    const own = this.known.get(target);
    if (own) return own;
    const alike = [...this.known].filter(([name]) => archOf(name) === archOf(target));
    return alike.map(([, duration]) => duration).sort((a, b) => b.perCase - a.perCase)[0] ?? assumed;
  }

  /** Milliseconds for so many cases of a target in one guest. */
  estimate(target: string, cases: number): number {
    const { start, perCase } = this.of(target);
    return start + cases * perCase;
  }

  /** Half of what was known stays: one run beside other work must not decide alone. */
  learn(target: string, cases: number, measured: Duration): void {
    if (cases < fewestCases) return;
    const before = this.known.get(target) ?? measured;
    const mean = (key: keyof Duration) => Math.round((before[key] + measured[key]) / 2);
    this.known.set(target, { start: mean("start"), perCase: mean("perCase") });
  }

  write(): void {
    mkdirSync(dirname(this.file), { recursive: true });
    const temporary = `${this.file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(Object.fromEntries(this.known), null, 1));
    renameSync(temporary, this.file);
  }
}

function readKnown(file: string): Record<string, Duration> {
  try {
    return v.parse(v.record(v.string(), Duration), JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return {};
  }
}

function archOf(target: string): string | undefined {
  try {
    return parseTarget(target).arch;
  } catch {
    return undefined;
  }
}
