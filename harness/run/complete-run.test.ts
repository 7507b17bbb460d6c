import { expect, test } from "bun:test";
import { repetitionNote, runComplete } from "./complete-run.ts";
import type { Guest, ProgramDone, RunRequest } from "./guest.ts";

/** A guest whose runs skip these numbers of hooks, one after the other. */
function guestSkipping(...misses: number[]): { guest: Guest; runs: () => number } {
  let runs = 0;
  const stats = { seen: 0, pushed: 0, lostRing: 0, lostScratch: 0, lostBug: 0, read: 0, late: 0 };
  const run = async () => {
    const capture = {
      driver: "modern_bpf",
      scap: new Uint8Array(),
      stats: { ...stats, lostRecursion: misses[runs++] },
    };
    return { kind: "done", captures: [capture] } as unknown as ProgramDone;
  };
  return { guest: { run } as unknown as Guest, runs: () => runs };
}

const request = {} as RunRequest;

test("a run with skipped hooks is repeated, and said", async () => {
  const { guest, runs } = guestSkipping(3, 1, 0, 9);
  const { skipped } = await runComplete(guest, request);
  expect({ skipped, runs: runs() }).toEqual({ skipped: [3, 1], runs: 3 });
  expect(repetitionNote(skipped)).toBe("run 3 times: the kernel skipped 3, 1 hook runs before");
  expect(repetitionNote([])).toBeUndefined();
});

test("the fourth run is judged as it is", async () => {
  const { guest, runs } = guestSkipping(1, 1, 1, 1, 0);
  const { done } = await runComplete(guest, request);
  expect(runs()).toBe(4);
  expect(done.kind === "done" && done.captures[0]?.stats.lostRecursion).toBe(1);
});
