/** Losses: none with a large ring, all counted with a small one, and order across CPUs. */
import { expect, test } from "bun:test";
import type { LoadTestOptions } from "../agent/client.ts";
import type { LoadOptions } from "../agent/messages.ts";
import type { GuestOptions } from "./guest-options.ts";
import { type LoadReport, loadReports, writeInterest } from "./load.ts";
import { openGuestWith } from "./open-guest.ts";
import { defaultTarget, drivers, formatTarget, parseTarget, type Target } from "./target.ts";
import { testedKernels } from "./tested-kernels.ts";

const patience = 300_000;

const targets: Target[] = testedKernels().flatMap(({ arch, kernel }) =>
  drivers.map((driver) => ({ arch, kernel, driver })),
);

const threeWriters: LoadTestOptions = {
  writers: 3,
  writes: 10_000,
  payloadBytes: 64,
  interest: writeInterest,
  timeoutMs: 60_000,
};

const largeRing = 64 << 20;

/** Load the target's driver anew, with other settings, and run each load once. */
async function runLoads(
  { arch, kernel, driver }: Target,
  load: Omit<LoadOptions, "engine">,
  loads: readonly LoadTestOptions[],
  options: GuestOptions = {},
): Promise<LoadReport[]> {
  const { guest } = await openGuestWith(arch, kernel, [driver], options);
  await using _ = guest;
  const { agent } = guest;
  await guest.ask(agent.unload(0));
  const modulePath = driver === "kmod" ? { modulePath: "/scapyard.ko" } : {};
  const reply = await guest.ask(agent.load({ ...load, ...modulePath, engine: driver }));
  if (!reply.ok) throw new Error(reply.text);
  const reports: LoadReport[] = [];
  for (const each of loads) reports.push(...loadReports(await guest.ask(agent.loadTest(each))));
  return reports;
}

/** Nothing is missing that neither the driver nor the kernel counted. */
function expectBalance(report: LoadReport): void {
  expect(report.faults).toEqual([]);
  expect(report.missing).toBeGreaterThanOrEqual(0);
  expect(report.missing).toBeLessThanOrEqual(report.skipped);
}

for (const target of targets) {
  const name = formatTarget(target);

  test(
    `${name}: three writers lose nothing; beside a map hammer every loss is counted`,
    async () => {
      const loads = [threeWriters, { ...threeWriters, writes: 5_000, hammer: true }];
      const [quiet, hammered] = await runLoads(target, { bufferBytes: largeRing }, loads);
      expectBalance(quiet!);
      expect(quiet).toMatchObject({ sent: 30_000, read: 30_000, lost: 0, missing: 0 });
      expectBalance(hammered!);
      expect(hammered!.sent).toBe(15_000);
      console.log(
        `${name}: beside the hammer ${hammered!.read} of 15000 read, ${hammered!.skipped} hook runs skipped`,
      );
    },
    patience,
  );

  test(
    `${name}: a ring of 16 KiB loses events, and counts each`,
    async () => {
      const [report] = await runLoads(target, { bufferBytes: 16 << 10 }, [threeWriters]);
      expectBalance(report!);
      expect(report!.lost).toBeGreaterThan(0);
      expect(report!.read).toBeGreaterThan(0);
    },
    patience,
  );
}

for (const driver of drivers) {
  const target: Target = { ...parseTarget(defaultTarget), driver };
  const rings = driver === "modern_bpf" ? [1, 2, 0] : [1];
  for (const cpusPerBuffer of rings)
    test(
      `${formatTarget(target)} on four CPUs, ${cpusPerBuffer || "all"} to a ring: complete and in order of time`,
      async () => {
        const load = { bufferBytes: largeRing / 4, cpusPerBuffer };
        const [report] = await runLoads(target, load, [{ ...threeWriters, writers: 4, writes: 2_500 }], {
          cpus: 4,
        });
        expectBalance(report!);
        expect(report).toMatchObject({ sent: 10_000, read: 10_000, lost: 0, missing: 0 });
      },
      patience,
    );
}
