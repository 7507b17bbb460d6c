/**
 * `results.jsonl`, schema version 1: one `run` line, one `target` line per target, one `case` line per case.
 * Readers refuse an unknown `schema`, and report a broken line by number.
 */
import * as v from "valibot";

export const resultsSchemaVersion = 1;

export const outcomes = [
  "pass",
  "fail",
  "unsupported",
  "skipped",
  "infra-error",
  "not-run",
  "flaky",
] as const;
export type Outcome = (typeof outcomes)[number];

/** Why an outcome is not `pass`, as a closed set; `reason` says it in words. */
export const causes = [
  "not-on-arch",
  "enosys",
  "no-btf",
  "no-compat",
  "no-headers",
  "lockdown",
  "verifier",
  "version",
  "missing-feature",
  "mismatch",
  "program",
  "boot",
  "channel",
  "guest-panic",
  "timeout",
  "kernel-download",
  "build",
  "interrupted",
  "disk-full",
  "other",
] as const;
export type Cause = (typeof causes)[number];

const RunLine = v.strictObject({
  kind: v.literal("run"),
  schema: v.literal(resultsSchemaVersion),
  id: v.string(),
  /** ISO 8601, UTC. */
  started: v.string(),
  scapyard: v.string(),
  command: v.array(v.string()),
});

const TargetLine = v.strictObject({
  kind: v.literal("target"),
  target: v.string(),
  arch: v.string(),
  driver: v.string(),
  /** Absent if the kernel could not be had. */
  kernel: v.optional(
    v.strictObject({
      name: v.string(),
      series: v.string(),
      release: v.string(),
      /** Package and version that the lock names. */
      package: v.string(),
      locked: v.string(),
      actual: v.string(),
      sha256: v.string(),
    }),
  ),
  /** sha256 of the driver as the guest reports it. */
  driverSha256: v.optional(v.string()),
  attach: v.optional(v.string()),
  /** Where modern_bpf took the layout of kernel structures from: `kernel`, or `headers of <release>`. */
  btf: v.optional(v.string()),
  accel: v.optional(v.string()),
  qemu: v.optional(v.string()),
  agentSha256: v.optional(v.string()),
  toolchain: v.optional(v.record(v.string(), v.string())),
  timings: v.optional(v.record(v.string(), v.number())),
  stats: v.optional(v.record(v.string(), v.number())),
  /** Set if no case could run: the driver did not load, the kernel did not boot. */
  outcome: v.optional(v.picklist(outcomes)),
  cause: v.optional(v.picklist(causes)),
  reason: v.optional(v.string()),
  console: v.optional(v.string()),
  /** Of a driver that the kernel's verifier refused. */
  verifierLog: v.optional(v.string()),
});

const CaseLine = v.strictObject({
  kind: v.literal("case"),
  target: v.string(),
  /** `<syscall>/<kebab-name>[@ia32]` */
  case: v.string(),
  syscall: v.string(),
  outcome: v.picklist(outcomes),
  cause: v.optional(v.picklist(causes)),
  reason: v.optional(v.string()),
  ms: v.number(),
  /** Events that the driver counted as lost in the runs of this case, if any: such a run gives no verdict, and is repeated. */
  lost: v.optional(v.number()),
  /** Printable difference, expected against got per parameter. */
  diff: v.optional(v.string()),
  /** Captured events in hex, for non-pass cases. */
  raw: v.optional(v.array(v.string())),
  program: v.optional(v.string()),
  console: v.optional(v.string()),
  repro: v.string(),
});

/** Cases first: nearly all lines are. */
export const ResultLine = v.variant("kind", [CaseLine, TargetLine, RunLine]);
export type ResultLine = v.InferOutput<typeof ResultLine>;
export type RunResult = v.InferOutput<typeof RunLine>;
export type TargetResult = v.InferOutput<typeof TargetLine>;
export type CaseResult = v.InferOutput<typeof CaseLine>;
