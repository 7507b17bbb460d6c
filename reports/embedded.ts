/** What is embedded in the page for its script: every cell in compact form, and the long texts apart, both compressed. */

/** What an earlier run, or this one, said of a target. */
export interface EmbeddedRun {
  /** Index into the runs of the grid. */
  readonly run: number;
  /** For each syscall the letter of its cell. */
  readonly cells: string;
}

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
  /** The last runs that told of it, oldest first; none unless there are several. */
  readonly history: readonly EmbeddedRun[];
}

export interface EmbeddedGrid {
  /** When each run started: ISO 8601. */
  readonly runs: readonly string[];
  readonly syscalls: readonly string[];
  /** Cases by syscall: index of the syscall, and the case's id. */
  readonly cases: readonly (readonly [number, string])[];
  readonly targets: readonly EmbeddedTarget[];
}

/** What there is to tell of a case that did not pass, or of a target on which nothing could run. */
export interface EmbeddedLog {
  readonly cause?: string | undefined;
  readonly reason?: string | undefined;
  readonly diff?: string | undefined;
  readonly program?: string | undefined;
  readonly raw?: string | undefined;
  readonly console?: string | undefined;
  /** Of a target only. */
  readonly verifierLog?: string | undefined;
  /** Of a file beside the page that has the rest. */
  readonly file?: string | undefined;
}

/** By repro id; what a target says of itself by its name. */
export type EmbeddedLogs = Readonly<Record<string, EmbeddedLog>>;
