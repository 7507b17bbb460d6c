/** Did a program do what it says? */
import { errnoName, isError } from "../program/errno.ts";
import { type CallStep, calls, type Program } from "../program/model.ts";
import { printCall } from "../program/print.ts";
import { firstSlot } from "../program/wire.ts";
import type { RunReply } from "./messages.ts";

/** Why the run is no use as a test, in words; null if every call and the end were as the program expects. */
export function programFailure(program: Program, reply: RunReply): string | null {
  const steps = [...calls(program.main)];
  const running = steps
    .filter((step) => reply.slots[firstSlot + step.id]?.state === "running")
    .map(printCall);
  const where = running.length > 0 ? ` in ${running.join(" and ")}` : "";
  if (reply.mismatch) return mismatchText(steps, reply.mismatch);
  if (reply.timedOut)
    return `the program timed out${where}${reply.survivors ? ", and could not be killed" : ""}`;
  const { end } = reply;
  if (program.signal !== 0) {
    const died = "signal" in end && end.signal === program.signal;
    return died ? null : `the main process should die of signal ${program.signal}, but ${endText(end)}`;
  }
  if ("exit" in end && end.exit === program.main.exit) return null;
  return `the main process should exit with ${program.main.exit}, but ${endText(end)}${where}`;
}

function mismatchText(
  steps: readonly CallStep[],
  { slot, result }: { slot: number; result: bigint },
): string {
  const step = steps.find(({ id }) => firstSlot + id === slot);
  if (!step) return `the agent names a call that the program does not have (slot ${slot})`;
  const wanted = step.outcome === "ok" ? "success" : step.outcome;
  return `${printCall({ ...step, outcome: "ok" })} should give ${wanted}, but gave ${resultText(result)}`;
}

function resultText(result: bigint): string {
  if (!isError(result)) return String(result);
  return errnoName(Number(-result)) ?? `error ${-result}`;
}

function endText(end: RunReply["end"]): string {
  return "exit" in end ? `it exited with ${end.exit}` : `it died of signal ${end.signal}`;
}
