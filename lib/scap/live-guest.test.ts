/** LiveCapture with both drivers, in a guest. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { checkoutGuest } from "../../harness/run/host/testing/checkout-guest.ts";
import type { CommandGuest } from "../../harness/vm/testing/commands.ts";

setDefaultTimeout(1_200_000);

let guest: CommandGuest;
beforeAll(async () => {
  guest = await checkoutGuest({ "live.sh": `${import.meta.dir}/testing/live.sh` });
});
afterAll(() => guest?.[Symbol.asyncDispose]());

const attachments = { modern_bpf: /^(raw_tp|tp|tp_btf)$/, kmod: /^module$/ };

describe.each(["modern_bpf", "kmod"] as const)("%s", (engine) => {
  let report: Awaited<ReturnType<typeof reportOf>>;

  async function reportOf() {
    const { text, status } = await guest.run(["/bin/sh", "/live.sh", engine, "/scapyard.ko"], 40_000);
    expect({ text, status }).toMatchObject({ status: 0 });
    return JSON.parse(text);
  }
  beforeAll(async () => {
    report = await reportOf();
  });

  test("what was loaded", () => {
    expect(report.driver).toMatchObject({
      engine,
      attach: expect.stringMatching(attachments[engine]),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      rings: 1,
      ringBytes: 4 << 20,
    });
    expect(report.driver.loadMs).toBeGreaterThan(0);
  });

  test("nothing is recorded before start() and after stop()", () => {
    expect(report.beforeStart).toEqual({ batch: null, pushed: 0 });
    expect(report.afterStop).toEqual([]);
  });

  test("scan() knows this process and every older thread that events are of", () => {
    expect(report.scan).toMatchObject({ unreadable: 0, truncated: false });
    expect(report.init).toMatchObject({ pid: 1, ptid: 0, comm: "init", exepath: "/init" });
    expect(report.self).toMatchObject({ comm: "bun", exepath: "/bin/bun", uid: 0 });
    expect(report.unknown).toEqual([]);
    expect(report.joined).toBeGreaterThan(1);
  });

  test("settings count from the next call on: snaplen, interest, failed calls", () => {
    const opens = ["openat -2", "openat a file"];
    expect(report.phases).toEqual({
      snaplen16: ["write 16 of 100"],
      snaplen64: ["write 64 of 100"],
      interest: opens,
      dropFailed: ["openat a file"],
      everything: ["write 64 of 100", ...opens],
      startedAgain: ["write 64 of 100"],
    });
  });

  test("the counters add up, and times do not go back", () => {
    const { seen, pushed, lostRing, lostScratch, lostBug, read, late } = report.stats;
    expect(seen).toBe(pushed + lostRing + lostScratch + lostBug);
    expect({ lostRing, lostScratch, lostBug, read, late }).toEqual({
      lostRing: 0,
      lostScratch: 0,
      lostBug: 0,
      ...report.counted,
    });
    expect(read).toBe(pushed);
    expect(report.afterReset).toMatchObject({ seen: 0, pushed: 0, read: 0 });
  });

  test("calls at the wrong time are refused", () => {
    expect(report.resetWhileRunning).toStartWith("ILLEGAL_INPUT: ");
    expect(report.afterClose).toContain("the capture is closed");
  });
});
