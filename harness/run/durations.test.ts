import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Durations } from "./durations.ts";
import { availableMemory, needOf } from "./room.ts";

const dir = mkdtempSync(join(tmpdir(), "durations-"));
afterAll(() => rmSync(dir, { recursive: true }));

const kmod = "s390x/debian-6.12/kmod";

test("what was learned is there for the next run, and for its architecture's other targets", () => {
  const file = join(dir, "learned.json");
  const first = Durations.read(file);
  first.learn(kmod, 100, { start: 1000, perCase: 200 });
  first.learn(kmod, 100, { start: 3000, perCase: 100 });
  first.write();
  const second = Durations.read(file);
  expect(second.of(kmod)).toEqual({ start: 2000, perCase: 150 });
  expect(second.of("s390x/debian-7.2/modern_bpf")).toEqual(second.of(kmod));
  expect(second.of("x86_64/debian-7.3/kmod")).not.toEqual(second.of(kmod));
  expect(second.estimate(kmod, 10)).toBe(3500);
});

test("a few cases teach nothing, and a damaged file is as if nothing were known", () => {
  const file = join(dir, "damaged.json");
  writeFileSync(file, "{half");
  const durations = Durations.read(file);
  durations.learn(kmod, 5, { start: 1, perCase: 9999 });
  expect(durations.of(kmod).perCase).toBeLessThan(9999);
});

test("memory: what the kernel says is available, and what a target's guest may need", () => {
  expect(availableMemory("MemTotal: 16000000 kB\nMemAvailable:    1024000 kB\n")).toBe(800);
  expect(availableMemory("no such line")).toBe(Number.POSITIVE_INFINITY);
  expect(needOf("x86_64/debian-6.12/kmod+memory=2048") - needOf("x86_64/debian-6.12/kmod+memory=1024")).toBe(
    1024,
  );
});
