/** A guest that crashes or hangs costs the case that did it, and no other. */
import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AT_FDCWD, O_WRONLY } from "../program/constants.ts";
import type { SyscallCase } from "./case.ts";
import { event } from "./expected-event.ts";
import { parseResults } from "./read-results.ts";
import { CaseSession } from "./session.ts";
import { defaultTarget, parseTarget } from "./target.ts";
import { i64 } from "./values.ts";

const good: SyscallCase = {
  id: "close/good",
  syscall: "close",
  options: {},
  body: (p) => [event("close", { res: i64(p.close(-1, { errno: "EBADF" })), fd: i64(-1) })],
};

const panics: SyscallCase = {
  ...good,
  id: "close/panics",
  body: (p) => {
    const fd = p.openat(AT_FDCWD, "/proc/sysrq-trigger", O_WRONLY, 0);
    p.write(fd, p.bytes("c"), 1);
    return [];
  },
};

const hangs: SyscallCase = {
  ...good,
  id: "close/hangs",
  body: (p) => {
    const word = p.int(0);
    p.until(word.u32(), 1);
    return [];
  },
};

test("a panic and a hang each end their case with evidence; the next cases run", async () => {
  const dir = mkdtempSync(join(tmpdir(), "scapyard-lost-"));
  const results = join(dir, "results.jsonl");
  const outcomes: string[] = [];
  try {
    await using session = new CaseSession(parseTarget(defaultTarget), null, results);
    for (const item of [good, panics, good, hangs, good])
      await session.run(item).then(
        () => outcomes.push("pass"),
        (error: Error) => outcomes.push(error.message),
      );
    expect(outcomes.filter((outcome) => outcome === "pass").length).toBe(3);
    const lines = parseResults(readFileSync(results, "utf8")).lines.filter((line) => line.kind === "case");
    expect(lines.map(({ outcome, cause }) => [outcome, cause])).toEqual([
      ["pass", undefined],
      ["fail", "guest-panic"],
      ["pass", undefined],
      ["fail", "timeout"],
      ["pass", undefined],
    ]);
    expect(outcomes[1]).toContain("sysrq triggered crash");
    expect(outcomes[1]).toContain("qemu-system-x86_64");
  } finally {
    rmSync(dir, { recursive: true });
  }
}, 300_000);
