/** LiveCapture with a driver, in a guest in which Bun runs: never on the machine that runs the tests. */
import { expect, test } from "bun:test";
import { systemGuest } from "../../harness/run/host/testing/system.ts";
import { boot } from "../../harness/vm/index.ts";

const patience = 600_000;

async function inGuest(arch: "x86_64" | "aarch64", kernel: string) {
  const config = await systemGuest(arch, kernel, ["lib/scap/testing/live-in-guest.ts", "/results"]);
  await using machine = await boot(config);
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const bytes = await machine.within(60_000, "the results", machine.channel.read());
    if (bytes === null) throw machine.failure("channel", `the guest ended early: ${text}`);
    text += decoder.decode(bytes, { stream: true });
    const end = /^(.*)\nstatus (-?\d+)\n$/s.exec(text);
    if (!end) continue;
    if (end[2] !== "0") throw machine.failure("channel", `the guest's program ended with ${end[2]}`);
    return JSON.parse(end[1]!);
  }
}

test(
  "modern_bpf: events of this process, in order, none lost; the machine's state; written and read again",
  async () => {
    const seen = await inGuest("x86_64", "debian-6.12");
    expect(seen).toMatchObject({
      scan: { truncated: false },
      exepath: "/bin/bun",
      ordered: true,
      machine: 1,
      driver: { engine: "modern_bpf", rings: 1, ringBytes: 1 << 20, schemaVersion: "4.5.1" },
      stats: { lostRing: 0, lostBug: 0, late: 0 },
    });
    expect(seen.names.toSorted()).toEqual(["close", "openat"]);
    expect(seen.opens).toBeGreaterThanOrEqual(5);
    expect(seen.ticks).toBeGreaterThanOrEqual(5);
    expect(seen.lists).toBe(seen.scan.threads);
    expect(seen.written).toBe(seen.stats.read);
    expect(seen.stats.seen).toBe(seen.stats.pushed + seen.stats.lostScratch);
  },
  patience,
);
