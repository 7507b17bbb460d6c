import { expect, test } from "bun:test";
import type { Part } from "../run/divide.ts";
import type { CaseResult, Outcome } from "../run/results.ts";
import { duration } from "./live-table.ts";
import { Progress, type Sink } from "./progress.ts";

const kmod = "x86_64/debian-6.1/kmod";

const part = (size: number, target = kmod): Part => ({
  target,
  cases: Array.from({ length: size }, (_, i) => ({ id: `open/${i}`, syscall: "open", file: "f" })),
  part: 1,
  parts: 1,
});

const result = (id: string, outcome: Outcome, reason?: string): CaseResult => ({
  kind: "case",
  target: kmod,
  case: id,
  syscall: "open",
  outcome,
  ms: 5,
  repro: `again ${id}`,
  ...(reason && { reason }),
});

/** A clock that is set, and what the progress wrote. */
function watched(terminal: Partial<Sink>, jobs = 1) {
  const clock = { ms: 0 };
  const writes: string[] = [];
  const sink = { ...terminal, write: (text: string) => writes.push(text) };
  const expected = () => ({ start: 1000, perCase: 100 });
  return { clock, writes, progress: new Progress({ jobs, expected, sink, now: () => clock.ms }) };
}

test("away from a terminal: starts, failures, ends, as lines", () => {
  const { writes, progress } = watched({});
  using _ = progress;
  const one = part(2);
  progress.plan([one]);
  progress.start(one);
  progress.stage(one, "boot");
  progress.result(one, result("open/0", "pass"));
  progress.result(one, result("open/1", "fail", "why"));
  progress.end(one, 1234);
  expect(writes.join("").split("\n")).toEqual([
    "2 cases in 1 guests, 1 at a time",
    `start  ${kmod}`,
    `fail  ${kmod}:open/1: why`,
    "      again open/1",
    `end    ${kmod}  2 cases, 1 not passed, 2 s; 0 left`,
    "",
  ]);
});

test("on a terminal: a row for each guest, redrawn in its place, gone at the end", () => {
  const { clock, writes, progress } = watched({ isTTY: true, columns: 60 });
  {
    using _ = progress;
    const one = part(50);
    progress.plan([one, part(100, "s390x/debian-7.2/kmod")]);
    progress.start(one);
    progress.stage(one, "boot");
    progress.draw();
    expect(writes.at(-1)).toBe(
      `target                  stage  cases  left
x86_64/debian-6.1/kmod   boot   0/50   6 s
0/150 cases, 0 not passed, 1 more to start; about 17 s left
`,
    );
    progress.stage(one, "cases");
    for (let i = 0; i < 25; i++) {
      clock.ms += 40;
      progress.result(one, result(`open/${i}`, i === 3 ? "unsupported" : "pass"));
    }
    progress.draw();
    expect(writes.at(-1)).toBe(
      `\x1b[3A\r\x1b[Jtarget                  stage  cases  left
x86_64/debian-6.1/kmod  cases  25/50   1 s
25/150 cases, 1 not passed, 1 more to start; about 12 s lef
`,
    );
  }
  expect(writes.at(-1)).toBe("\x1b[3A\r\x1b[J");
});

test("what a part has shown of its pace is returned at its end", () => {
  const { clock, progress } = watched({});
  using _ = progress;
  const one = part(3);
  progress.start(one);
  for (const ms of [700, 750, 900]) {
    clock.ms = ms;
    progress.result(one, result("open/0", "pass"));
  }
  expect(progress.end(one, 900)).toEqual({ start: 700, perCase: 100 });
});

test("durations as people say them", () => {
  expect([0, 900, 59_000, 125_000].map(duration)).toEqual(["0 s", "1 s", "59 s", "2 min 5 s"]);
});
