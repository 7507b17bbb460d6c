/** Whatever breaks around a case ends as an outcome with evidence, and the next case runs. */
import { expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AT_FDCWD, O_RDWR, O_WRONLY } from "../program/constants.ts";
import type { SyscallCase } from "./case.ts";
import { event } from "./expected-event.ts";
import { openGuestWith } from "./open-guest.ts";
import { parseResults } from "./read-results.ts";
import { CaseSession } from "./session.ts";
import { defaultTarget, parseTarget } from "./target.ts";
import { TargetUnusable } from "./unusable.ts";
import { i64 } from "./values.ts";

const good: SyscallCase = {
  id: "close/good",
  syscall: "close",
  options: {},
  body: (p) => [event("close", { res: i64(p.close(-1, { errno: "EBADF" })), fd: i64(-1) })],
};

/** A case whose program does something beforehand. */
const after = (id: string, what: SyscallCase["body"]): SyscallCase => ({
  ...good,
  id: `close/${id}`,
  body: (p) => [...what(p), ...good.body(p)],
});

/** QEMU processes that this process has started. */
function machines(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        return (
          /\(qemu-system/.test(stat) &&
          Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2]) === process.pid
        );
      } catch {
        return false;
      }
    });
}

/**
 * Runs a good case, the bad one, and the good one again. `during` is called once the bad one's program was sent.
 * @param waits how long the bad one is waited for, as a part of the usual
 */
async function around(bad: SyscallCase, during: () => void = () => {}, waits = 1) {
  const dir = mkdtempSync(join(tmpdir(), "scapyard-modes-"));
  try {
    await using session = new CaseSession(parseTarget(defaultTarget), null, join(dir, "results.jsonl"));
    const run = (item: SyscallCase) => session.run(item).catch(() => {});
    await run(good);
    process.env.SCAPYARD_PATIENCE = String(waits);
    const running = run(bad);
    during();
    await running;
    delete process.env.SCAPYARD_PATIENCE;
    await run(good);
    const { lines } = parseResults(readFileSync(join(dir, "results.jsonl"), "utf8"));
    const [first, result, last] = lines.filter((line) => line.kind === "case");
    expect([first?.outcome, last?.outcome]).toEqual(["pass", "pass"]);
    return result!;
  } finally {
    delete process.env.SCAPYARD_PATIENCE;
    rmSync(dir, { recursive: true });
  }
}

const patience = 300_000;

test(
  "the agent is killed: its text is overwritten with zeros",
  async () => {
    const textStart = 0x401000;
    const result = await around(
      after("kills-the-agent", (p) => {
        const size = 512 << 10;
        const fd = p.openat(AT_FDCWD, "/proc/1/mem", O_RDWR, 0);
        p.pwrite64(fd, p.buffer(size), size, textStart);
        return [];
      }),
    );
    expect([result.outcome, result.cause]).toEqual(["fail", "guest-panic"]);
    expect(result.reason).toContain("Attempted to kill init");
    expect(result.diff).toContain("qemu-system-x86_64");
  },
  patience,
);

const endless = after("endless", (p) => {
  const word = p.int(0);
  p.until(word.u32(), 1);
  return [];
});

test(
  "QEMU is killed",
  async () => {
    const result = await around(endless, () => {
      const [pid, ...others] = machines();
      expect(others).toEqual([]);
      process.kill(pid!, "SIGKILL");
    });
    expect([result.outcome, result.cause]).toEqual(["infra-error", "channel"]);
    expect(result.diff).toContain("qemu-system-x86_64");
  },
  patience,
);

test(
  "the port is silent: QEMU is stopped",
  async () => {
    const result = await around(endless, () => void process.kill(machines()[0]!, "SIGSTOP"), 0.03);
    expect([result.outcome, result.cause]).toEqual(["infra-error", "timeout"]);
    expect(result.reason).toContain("did not answer");
    expect(machines()).toEqual([]);
  },
  patience,
);

test(
  "the console is flooded: the case passes all the same",
  async () => {
    const result = await around(
      after("floods-the-console", (p) => {
        const line = `${"flood ".repeat(170)}\n`;
        const fd = p.openat(AT_FDCWD, "/dev/console", O_WRONLY, 0);
        for (let i = 0; i < 100; i++) p.write(fd, p.bytes(line), line.length);
        return [];
      }),
    );
    expect(result.outcome).toBe("pass");
  },
  patience,
);

test(
  "a flood before a panic does not hide the panic",
  async () => {
    const result = await around(
      after("floods-and-panics", (p) => {
        const line = `${"flood ".repeat(170)}\n`;
        const fd = p.openat(AT_FDCWD, "/dev/console", O_WRONLY, 0);
        for (let i = 0; i < 100; i++) p.write(fd, p.bytes(line), line.length);
        const trigger = p.openat(AT_FDCWD, "/proc/sysrq-trigger", O_WRONLY, 0);
        p.write(trigger, p.bytes("c"), 1);
        return [];
      }),
    );
    expect([result.outcome, result.cause]).toEqual(["fail", "guest-panic"]);
    expect(result.reason).toContain("sysrq triggered crash");
    expect(result.diff!.length).toBeLessThan(100_000);
  },
  patience,
);

/** How a target that cannot come up says so. */
async function unusable(open: () => ReturnType<typeof openGuestWith>): Promise<TargetUnusable> {
  try {
    const { guest } = await open();
    await guest[Symbol.asyncDispose]();
  } catch (error) {
    if (error instanceof TargetUnusable) return error;
    throw error;
  }
  throw new Error("the target came up");
}

test(
  "a guest that hangs at boot: its processor never runs",
  async () => {
    process.env.SCAPYARD_PATIENCE = "0.03";
    try {
      const stopped = { extra: [{ qemu: ["-S"] }] };
      const error = await unusable(() => openGuestWith("x86_64", "debian-6.12", ["modern_bpf"], stopped));
      expect([error.outcome, error.cause]).toEqual(["infra-error", "timeout"]);
      expect(error.message).toContain("has not opened its port");
      expect(error.message).toContain("qemu-system-x86_64");
    } finally {
      delete process.env.SCAPYARD_PATIENCE;
    }
  },
  patience,
);
