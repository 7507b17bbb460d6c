/** What is embedded in the page for its script: every cell in compact form, and the long texts apart, both compressed. */
import type { Outcome } from "../harness/run/results.ts";

/** One letter for each outcome of a case; `.` is no result. */
export const outcomeLetters: Readonly<Record<Outcome, string>> = {
  pass: "p",
  fail: "f",
  flaky: "k",
  unsupported: "u",
  skipped: "s",
  "infra-error": "i",
  "not-run": "n",
};

export interface EmbeddedTarget {
  readonly name: string;
  /** What it was: label and value. */
  readonly about: readonly (readonly [string, string])[];
  /** For each case its letter. */
  readonly outcomes: string;
  /** For each case with a result its milliseconds in base 36, separated by spaces. */
  readonly ms: string;
  /** Index of a case, and the cause of its outcome; where there is one. */
  readonly causes: readonly (readonly [number, string])[];
}

export interface EmbeddedGrid {
  readonly syscalls: readonly string[];
  /** Cases by syscall: index of the syscall, and the case's id. */
  readonly cases: readonly (readonly [number, string])[];
  readonly targets: readonly EmbeddedTarget[];
}

/** What there is to tell of a case that did not pass. */
export interface EmbeddedLog {
  readonly cause?: string | undefined;
  readonly reason?: string | undefined;
  readonly diff?: string | undefined;
  readonly program?: string | undefined;
  readonly raw?: string | undefined;
  readonly console?: string | undefined;
}

/** By repro id. */
export type EmbeddedLogs = Readonly<Record<string, EmbeddedLog>>;
