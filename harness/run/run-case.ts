/** One case on one guest: run its program, compare its events, and make sure that the comparison can fail. */
import { readEvents, type ScapEvent } from "../../lib/scap/index.ts";
import { program } from "../program/builder.ts";
import type { Program } from "../program/model.ts";
import { isCall, isSyscall, missingSyscall } from "../program/numbers.ts";
import { print } from "../program/print.ts";
import type { SyscallCase } from "./case.ts";
import { repetitionNote, runComplete } from "./complete-run.ts";
import type { ExpectedEvent } from "./expected-event.ts";
import type { RunFacts } from "./facts.ts";
import type { Capture, Guest, RunRequest } from "./guest.ts";
import { interestOf } from "./interest.ts";
import { type CapturedEvent, isExactly, type MatchOptions, match } from "./match.ts";
import { mutations } from "./mutate.ts";
import type { CaseResult } from "./results.ts";
import { showEvent, showMismatch } from "./show.ts";
import type { Arch } from "./target.ts";
import { resolve } from "./values.ts";

/** The part of a result line that the run of a case decides. */
export type Verdict = Pick<CaseResult, "outcome" | "cause" | "reason" | "diff" | "lost" | "raw" | "program">;

export interface BuiltCase {
  readonly program: Program;
  readonly expected: readonly ExpectedEvent[];
}

/**
 * The case's own syscall must be on the architecture; for others that it uses, those with the same effect will do.
 * @throws NotOnArchitecture; others if the case is wrong by itself
 */
export function buildCase(item: SyscallCase, arch: Arch): BuiltCase {
  if (!item.compat && isCall(item.syscall) && !isSyscall(item.syscall, arch))
    throw missingSyscall(item.syscall, arch);
  let expected: readonly ExpectedEvent[] = [];
  const built = program(arch, (p) => {
    expected = item.body(p);
  });
  return { program: built, expected };
}

/** What the guest is asked to do for a case. */
export function requestOf({ options }: SyscallCase, { program, expected }: BuiltCase): RunRequest {
  const { snaplen = 80, dropFailed = false, alsoCapture = [], dynamicSnaplen } = options;
  return { program, interest: interestOf(expected, alsoCapture), snaplen, dropFailed, dynamicSnaplen };
}

/** @throws {GuestLost} */
export async function runCase(item: SyscallCase, built: BuiltCase, guest: Guest): Promise<Verdict> {
  const { program, expected } = built;
  const { done, skipped } = await runComplete(guest, requestOf(item, built));
  const note = repetitionNote(skipped);
  const shown = { program: print(program) };
  if (done.kind === "failed")
    return {
      outcome: done.cause === "enosys" ? "unsupported" : "fail",
      cause: done.cause,
      reason: done.reason,
      ...shown,
    };
  const [capture] = done.captures;
  if (!capture) return { outcome: "fail", cause: "other", reason: "the guest returned no capture", ...shown };
  const lost = sum(skipped) + sum(losses(capture).map(([, count]) => count));
  const verdict = judge(item, expected, capture, done.facts);
  return { ...(note && { reason: note }), ...verdict, ...(lost > 0 ? { lost } : {}), ...shown };
}

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

/** What the driver counted as lost, by the name of the counter. */
const losses = ({ stats }: Capture): [string, number][] =>
  Object.entries(stats).filter(([name, count]) => name.startsWith("lost") && count > 0);

function judge(
  { options }: SyscallCase,
  expected: readonly ExpectedEvent[],
  capture: Capture,
  facts: RunFacts,
): Verdict {
  const how = { background: options.background !== undefined };
  const events = readEvents({ bytes: capture.scap }, { raw: true });
  const captured = events.map(capturedEvent);
  const raw = events.map((event) => Buffer.from(event.frame).toString("hex"));
  const mismatches = match(expected, captured, facts, how);
  if (mismatches.length > 0) {
    const diff = mismatches.map(showMismatch).join("\n");
    const all = captured.map((event) => `  ${showEvent(event)}`).join("\n");
    const reason = `${mismatches.length === 1 ? "one difference" : `${mismatches.length} differences`}: ${firstLine(diff)}`;
    return { outcome: "fail", cause: "mismatch", reason, diff: `${diff}\ncaptured:\n${all}`, raw };
  }
  const lost = losses(capture);
  if (lost.length > 0) {
    const reason = `the driver lost events: ${lost.map(([name, count]) => `${name}=${count}`).join(" ")}`;
    return { outcome: "fail", cause: "other", reason, raw };
  }
  const blind = survivors(expected, captured, facts, how);
  if (blind.length > 0)
    return { outcome: "fail", cause: "other", reason: `the case would not notice: ${blind.join("; ")}`, raw };
  return { outcome: "pass", ...(process.env.SCAPYARD_REPRO ? { raw } : {}) };
}

const firstLine = (text: string) => text.split("\n", 1)[0]!;

export function capturedEvent(event: ScapEvent): CapturedEvent {
  const params = Array.from({ length: event.nparams }, (_, i) => event.raw(i).slice());
  return { type: event.type, tid: event.tid, params };
}

/**
 * Mutations that no expectation notices, except within the bounds that an expectation names a reason for. Of events in
 * the background none is expected to be noticed.
 */
export function survivors(
  expected: readonly ExpectedEvent[],
  captured: readonly CapturedEvent[],
  facts: RunFacts,
  how: MatchOptions = {},
): string[] {
  const loose = new Set(
    expected.flatMap(({ event, params }) =>
      params.flatMap((param, i) => (param.loose ? `${event.code}:${i}` : [])),
    ),
  );
  const known = expected.map((event) => withKnownValues(event, facts));
  const isExpected = (event: number) => known.some((want) => isExactly(want, captured[event]!, facts));
  return [...mutations(captured)]
    .filter(({ event, param }) => param === undefined || !loose.has(`${captured[event]!.type}:${param}`))
    .filter(({ event, what }) => !how.background || (what !== "event duplicated" && isExpected(event)))
    .filter(({ events }) => match(known, events, facts, how).length === 0)
    .map(
      ({ what, event, param }) =>
        `event ${event}${param === undefined ? "" : `, parameter ${param}`}: ${what}`,
    );
}

/** The same expectation with its values encoded once, for the hundreds of times that it is compared. */
function withKnownValues(expected: ExpectedEvent, facts: RunFacts): ExpectedEvent {
  const params = expected.params.map((param) => {
    const bytes = param.encode(facts);
    return { ...param, encode: () => bytes };
  });
  return {
    ...expected,
    params,
    tid: expected.tid === undefined ? facts.mainTid : resolve(expected.tid, facts),
  };
}
