/** Guests that are not the usual ones are what their names say. */
import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program } from "../program/builder.ts";
import { AT_FDCWD, O_RDONLY } from "../program/constants.ts";
import type { BytesRef } from "../program/model.ts";
import type { SyscallCase } from "./case.ts";
import { event } from "./expected-event.ts";
import { configConflict, guestOptions } from "./guest-options.ts";
import { openGuest } from "./open-guest.ts";
import { parseResults } from "./read-results.ts";
import { CaseSession } from "./session.ts";
import { parseTarget } from "./target.ts";
import { i64 } from "./values.ts";
import type { VmGuest } from "./vm-guest.ts";

/** The text of a small file in the guest, as a program there reads it. */
async function read(guest: VmGuest, path: string): Promise<string> {
  const size = 4096;
  let bytes: BytesRef | undefined;
  const built = program("x86_64", (p) => {
    const area = p.buffer(size);
    const fd = p.openat(AT_FDCWD, path, O_RDONLY, 0);
    p.read(fd, area, size);
    bytes = area.bytes();
  });
  const done = await guest.run({ program: built, interest: [], snaplen: 0, dropFailed: false });
  if (done.kind === "failed") throw new Error(done.reason);
  return new TextDecoder().decode(done.facts.bytes(bytes!)).replace(/\0+$/, "").trim();
}

test("cpus, memory and the JIT are as the target's name says", async () => {
  const opened = await openGuest(parseTarget("x86_64/debian-6.12/modern_bpf+cpus=2+jit=off+memory=384"));
  await using guest = opened.guest;
  expect(guest.agent.info.cpus).toBe(2);
  expect(await read(guest, "/proc/sys/net/core/bpf_jit_enable")).toBe("0");
  const kibibytes = Number(/MemTotal: +(\d+)/.exec(await read(guest, "/proc/meminfo"))![1]);
  expect(kibibytes).toBeLessThan(384 * 1024);
  expect(kibibytes).toBeGreaterThan(256 * 1024);
}, 300_000);

test("what a kernel's config rules out is a reason, by the option's name", () => {
  const config = new Map([["CONFIG_BPF_JIT_ALWAYS_ON", "y"]]);
  expect(configConflict(guestOptions({ jit: "off" }), config)).toContain("with CONFIG_BPF_JIT_ALWAYS_ON");
  expect(configConflict(guestOptions({ lockdown: "integrity" }), config)).toContain(
    "without CONFIG_SECURITY_LOCKDOWN_LSM",
  );
  expect(configConflict(guestOptions({ cpus: 2 }), config)).toBeUndefined();
});

const both: SyscallCase = {
  id: "close/both",
  syscall: "close",
  options: {},
  body: (p) => [event("close", { res: i64(p.close(-1, { errno: "EBADF" })), fd: i64(-1) })],
};

test("without 32-bit calls the cases that make one are unsupported, and the others run", async () => {
  const dir = mkdtempSync(join(tmpdir(), "compat-"));
  try {
    const target = parseTarget("x86_64/debian-6.12/modern_bpf+compat=off");
    const results = join(dir, "results.jsonl");
    await using session = new CaseSession(target, null, results);
    await session.run(both);
    const compat = { ...both, id: "close/both@ia32", body: (p) => both.body(p.ia32) } satisfies SyscallCase;
    await session.run(compat).catch(() => {});
    await session.run(both);
    const lines = parseResults(readFileSync(results, "utf8")).lines.filter((line) => line.kind === "case");
    expect(lines.map(({ outcome, cause }) => [outcome, cause])).toEqual([
      ["pass", undefined],
      ["unsupported", "no-compat"],
      ["pass", undefined],
    ]);
    expect(lines[1]!.reason).toContain("CONFIG_IA32_EMULATION");
  } finally {
    rmSync(dir, { recursive: true });
  }
}, 300_000);
