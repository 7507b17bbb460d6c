/** Results for tests, by hand and by the thousand. */
import type { CaseResult, Outcome, ResultLine, RunResult, TargetResult } from "../../harness/run/results.ts";
import { type Measured, mergeSources } from "../merge.ts";
import { makeReport, type Report } from "../report.ts";
import { textSource } from "../source.ts";

export const target = "x86_64/debian-6.12/kmod";

/** @param id the case: `<syscall>/<title>` */
export function result(id: string, outcome: Outcome, more: Partial<CaseResult> = {}): CaseResult {
  const repro = `./scapyard repro ${more.target ?? target}:${id}`;
  return { kind: "case", target, case: id, syscall: id.split("/")[0]!, outcome, ms: 1, repro, ...more };
}

/** @param day of November 2026 */
export function run(day: number, more: Partial<RunResult> = {}): RunResult {
  const started = `2026-11-${String(day).padStart(2, "0")}T06:00:00.000Z`;
  return { kind: "run", schema: 1, id: `run-${day}`, started, scapyard: "0.1.0", command: ["run"], ...more };
}

export function targetLine(name: string = target, more: Partial<TargetResult> = {}): TargetResult {
  const [arch = "", kernel = "", driver = ""] = name.split("/");
  const series = kernel.replace(/^[a-z]+-/, "");
  return {
    kind: "target",
    target: name,
    arch,
    driver,
    kernel: {
      name: kernel,
      series,
      release: `${series}.9-${arch}`,
      package: `linux-image-${series}.9-${arch}`,
      locked: `${series}.9-1`,
      actual: `${series}.9-1`,
      sha256: "0123456789abcdef".repeat(4),
    },
    driverSha256: "fedcba9876543210".repeat(4),
    attach: driver === "kmod" ? "module" : "raw_tp",
    accel: "tcg",
    qemu: `qemu-system-${arch} -nodefaults`,
    timings: { prepare: 540.1, restore: 461.6, driverLoad: 72.4 },
    stats: { verifiedInstructions: 1000, rings: 1 },
    ...more,
  };
}

export const jsonl = (lines: readonly unknown[]): string[] => lines.map((line) => JSON.stringify(line));

/** @param files the lines of each results file */
export function measured(...files: (readonly ResultLine[])[]): Measured {
  return mergeSources(files.map((lines, index) => textSource(`${index}.jsonl`, jsonl(lines).join("\n"))));
}

export function report(...files: (readonly ResultLine[])[]): Report {
  return makeReport(measured(...files));
}
