/**
 * Runs that can be judged. On kernels that call tracing programs preemptible (7.x), the kernel skips a hook while another
 * task was preempted inside it, and counts that. Such a run says nothing about what the driver records, so it is
 * repeated, and the repetitions are told. It is no retry of a failure: a loss that nobody counted is judged at once, and
 * so are losses of the driver's own (ring, scratch, bug).
 */
import type { Guest, ProgramDone, ProgramFailed, RunRequest } from "./guest.ts";

const attempts = 4;

export interface Complete {
  readonly done: ProgramDone | ProgramFailed;
  /** Hook runs that the kernel skipped in the runs that were given up, one number for each. */
  readonly skipped: readonly number[];
}

/** The last attempt is returned as it is. @throws {GuestLost} */
export async function runComplete(guest: Guest, request: RunRequest): Promise<Complete> {
  const skipped: number[] = [];
  for (;;) {
    const done = await guest.run(request);
    const misses = done.kind === "done" ? skippedHooks(done) : 0;
    if (misses === 0 || skipped.length + 1 === attempts) return { done, skipped };
    skipped.push(misses);
  }
}

function skippedHooks({ captures }: ProgramDone): number {
  return captures.reduce((sum, { stats }) => sum + stats.lostRecursion, 0);
}

/** For a result: why it took more than one run. */
export function repetitionNote(skipped: readonly number[]): string | undefined {
  if (skipped.length === 0) return undefined;
  return `run ${skipped.length + 1} times: the kernel skipped ${skipped.join(", ")} hook runs before`;
}
