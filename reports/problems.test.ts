import { expect, test } from "bun:test";
import { blocksOf } from "./blocks.ts";
import { report, result, run, targetLine } from "./testing/results.ts";

const one = "x86_64/debian-6.12/kmod";
const other = "s390x/debian-6.12/kmod";
const on = (target: string, reason: string) => ({ target, cause: "enosys" as const, reason });

const shown = ({ problems }: ReturnType<typeof report>) =>
  problems.map(({ outcome, reason, results, targets }) => [outcome, reason, results.length, targets.length]);

test("failures that differ in numbers only have one cause; the worst come first", () => {
  const skip = result("close/a", "skipped", { reason: "too slow" });
  const r1 = result("openat/a", "fail", { reason: "r3 = openat(0x10) gave 5" });
  const r2 = result("openat/b", "fail", { reason: "r14 = openat(0xff) gave 22" });
  expect(shown(report([run(1), skip, r1, r2]))).toEqual([
    ["fail", "r3 = openat(0x10) gave 5", 2, 0],
    ["skipped", "too slow", 1, 0],
  ]);
});

test("what a kernel cannot do is one cause, whatever the syscall; failures of two syscalls are two", () => {
  const all = report([
    result("mseal/a", "unsupported", on(one, "mseal is not on x86_64")),
    result("open/a", "unsupported", on(other, "open is not on s390x")),
    result("openat/a", "unsupported", on(other, "openat is not on s390x")),
    result("mseal/b", "fail", on(one, "mseal gave nothing")),
    result("open/b", "fail", on(one, "open gave nothing")),
  ]);
  expect(shown(all)).toEqual([
    ["fail", "mseal gave nothing", 1, 0],
    ["fail", "open gave nothing", 1, 0],
    ["unsupported", "… is not on …", 3, 0],
  ]);
});

test("a target on which nothing could run stands with its cases", () => {
  const why = { cause: "boot" as const, reason: "no answer in 120 s" };
  const line = targetLine(one, { outcome: "infra-error", ...why, console: "panic" });
  const all = report([line, result("open/a", "infra-error", { target: one, ...why })]);
  expect(shown(all)).toEqual([["infra-error", "no answer in 120 s", 1, 1]]);
  expect(shown(report([line]))).toEqual([["infra-error", "no answer in 120 s", 0, 1]]);
});

test("cases that hit the same targets stand together", () => {
  const items = [one, other].flatMap((target) =>
    ["a", "b", "c"].map((name) => ({ target, case: `open/${name}`, syscall: "open" })),
  );
  const blocks = blocksOf(items.filter(({ target, case: id }) => target === one || id !== "open/c"));
  expect(blocks.map(({ targets, cases }) => [targets, cases.map((item) => item.case)])).toEqual([
    [
      [one, other],
      ["open/a", "open/b"],
    ],
    [[one], ["open/c"]],
  ]);
});
