/** Dropping mode: of every second only the first part is recorded, what must stay stays, and marks say where. */
import { expect, test } from "bun:test";
import { PPME } from "#schema/events";
import { PPM_SC } from "#schema/syscalls";
import { readEvents, type ScapEvent } from "../../lib/scap/index.ts";
import { AT_FDCWD, type BlockBuilder, type Memory, O_RDONLY, program, type Ref } from "../program/index.ts";
import { openGuest } from "./open-guest.ts";
import { drivers, formatTarget, type Target } from "./target.ts";
import { testedKernels } from "./tested-kernels.ts";

const CLOCK_REALTIME = 0;
const second = 1_000_000_000n;
const rounds = 30;

const targets: Target[] = testedKernels()
  .slice(-1)
  .flatMap(({ arch, kernel }) => drivers.map((driver) => ({ arch, kernel, driver })));

test.each(targets.map((target) => [formatTarget(target), target] as const))(
  "%s: half of every second; calls that are always dropped never, calls that must stay always",
  async (_name, target) => {
    await using guest = (await openGuest(target)).guest;
    const rows: Round[] = [];
    const built = program(target.arch, (p) => {
      for (let i = 0; i < rounds; i++) rows.push(round(p));
    });
    const interest = [PPM_SC.PREAD64, PPM_SC.DUP, PPM_SC.CLOSE, PPM_SC.GETPPID];
    const reply = await guest.ask(guest.agent.run(built, { interest, sampling: 2, timeoutMs: 10_000 }));
    expect(reply.mismatch).toBeNull();
    const word = (ref: Ref) => BigInt(reply.resolve(ref) as bigint);
    const events = readEvents({ bytes: reply.streams[0]!.scap }, { raw: true });
    const named = (name: string) => events.filter((event) => event.name === name);
    expect(named("dup")).toHaveLength(rounds);
    expect(named("close")).toEqual([]);
    expect(named("syscall")).toEqual([]);
    const times = named("pread").map(({ ts }) => ts);
    for (const { before, after } of rows) {
      const from = moment([word(before.u64(0)), word(before.u64(8))]);
      const to = moment([word(after.u64(0)), word(after.u64(8))]);
      const seen = times.filter((ts) => ts >= from && ts <= to).length;
      if (inFirstHalf(from) && inFirstHalf(to) && to - from < second / 2n) expect(seen).toBe(1);
      if (!inFirstHalf(from) && !inFirstHalf(to) && to - from < second / 2n) expect(seen).toBe(0);
    }
    expectMarks(events.filter(({ name }) => name === "drop"));
  },
  300_000,
);

interface Round {
  /** When the call that is sampled was about to begin, and when it had ended. */
  readonly before: Memory;
  readonly after: Memory;
}

/** One call of each kind, then a pause: all rounds take more than a second. */
function round(p: BlockBuilder): Round {
  const before = p.buffer(16, 8);
  const after = p.buffer(16, 8);
  const fd = p.openat(AT_FDCWD, "/proc/self/comm", O_RDONLY, 0);
  p.clock_gettime(CLOCK_REALTIME, before);
  p.pread64(fd, p.buffer(1), 1, 0);
  p.clock_gettime(CLOCK_REALTIME, after);
  p.dup(fd);
  p.close(-1, { errno: "EBADF" });
  p.getppid();
  p.nanosleep(p.struct("timespec", { sec: 0, nsec: 60_000_000 }), null);
  return { before, after };
}

/** Nanoseconds, of a struct timespec of the machine that runs the program. */
function moment(words: readonly [bigint, bigint]): bigint {
  return words[0] * second + words[1];
}

const inFirstHalf = (ts: bigint) => ts % second < second / 2n;

/** Pause and resume take turns, each where its half of the second begins or later, each with the ratio. */
function expectMarks(marks: readonly ScapEvent[]): void {
  expect(marks.length).toBeGreaterThanOrEqual(2);
  for (const [index, mark] of marks.entries()) {
    expect(mark.param(0)).toBe(2);
    const pause = mark.type === PPME.DROP_E;
    expect(inFirstHalf(mark.ts)).toBe(!pause);
    if (index > 0) expect(marks[index - 1]!.type === PPME.DROP_E).toBe(!pause);
  }
}
