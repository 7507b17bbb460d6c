/** CPUs that go and come while the drivers capture: every event is there, in order, and so is the event of the CPU itself. */
import { expect, test } from "bun:test";
import { PPM_SC } from "#schema/syscalls";
import { readEvents, type ScapEvent } from "../../lib/scap/index.ts";
import { AT_FDCWD, type BlockBuilder, O_WRONLY, program } from "../program/index.ts";
import { openGuestWith } from "./open-guest.ts";
import { drivers, formatTarget, type Target } from "./target.ts";
import { testedKernels } from "./tested-kernels.ts";
import type { VmGuest } from "./vm-guest.ts";

const calls = 40;
/** Of the event: what happens to the CPU. */
const comes = 1;
const goes = 2;
/** Flags of enum scap_metric_flags. */
const perCpu = 128;

const targets: Target[] = testedKernels()
  .filter(({ arch }) => arch === "x86_64")
  .slice(-1)
  .flatMap(({ arch, kernel }) => drivers.map((driver) => ({ arch, kernel, driver })));

for (const target of targets) {
  test(`${formatTarget(target)}: a CPU is taken offline and back`, async () => {
    await using guest = (await openGuestWith(target.arch, target.kernel, [target.driver], { cpus: 4 })).guest;
    const events = await capture(guest, target, (p) => {
      callsOn(p, 3);
      callsOn(p, 0);
      switchCpu(p, 3, "0");
      callsOn(p, 1);
      switchCpu(p, 3, "1");
      callsOn(p, 3);
    });
    expect(cpusOf(events)).toEqual([3, 0, 1, 3]);
    expect(hotplug(events)).toEqual([
      { cpu: 3, action: goes, on: 3 },
      { cpu: 3, action: comes, on: 3 },
    ]);
  }, 300_000);

  test(`${formatTarget(target)}: with rings of online CPUs only, one that comes later is captured, too`, async () => {
    await using guest = (await openGuestWith(target.arch, target.kernel, [target.driver], { cpus: 4 })).guest;
    const { agent } = guest;
    await guest.ask(agent.unload(0));
    await guest.ask(agent.putFile("/sys/devices/system/cpu/cpu2/online", Buffer.from("0")));
    const modulePath = target.driver === "kmod" ? { modulePath: "/scapyard.ko" } : {};
    const load = { engine: target.driver, onlineCpusOnly: true, bufferPreset: 1, ...modulePath };
    const reply = await guest.ask(agent.load(load));
    expect(reply).toMatchObject({ ok: true, info: { rings: 3, ringBytes: 1 << 20 } });
    const events = await capture(guest, target, (p) => {
      callsOn(p, 0);
      switchCpu(p, 2, "1");
      callsOn(p, 2);
      callsOn(p, 3);
      switchCpu(p, 2, "0");
      switchCpu(p, 2, "1");
      callsOn(p, 2);
    });
    expect(cpusOf(events)).toEqual([0, 2, 3, 2]);
    expect(hotplug(events)).toEqual([
      { cpu: 2, action: comes, on: 2 },
      { cpu: 2, action: goes, on: 2 },
      { cpu: 2, action: comes, on: 2 },
    ]);
    const metrics = await guest.ask(agent.metrics(0, perCpu));
    const word = target.driver === "kmod" ? "dev" : "cpu";
    expect(metrics.get(`n_evts_${word}_2`)).toBe(2 * calls + 3);
    expect(metrics.get("n_drops")).toBe(0);
  }, 300_000);
}

/** Runs a program of getppid calls. Nothing may be lost, and time may not go back. */
async function capture(
  guest: VmGuest,
  { arch }: Target,
  steps: (p: BlockBuilder) => void,
): Promise<ScapEvent[]> {
  const built = program(arch, steps);
  const interest = [PPM_SC.GETPPID];
  const reply = await guest.ask(guest.agent.run(built, { interest, timeoutMs: 30_000 }));
  expect(reply.mismatch).toBeNull();
  const { stats, scap } = reply.streams[0]!;
  const events = readEvents({ bytes: scap }, { raw: true });
  expect(stats).toMatchObject({ lostRing: 0, lostScratch: 0, lostBug: 0, lostRecursion: 0, late: 0 });
  expect(stats.read).toBe(events.length);
  expect(events.map(({ ts }) => ts)).toEqual(events.map(({ ts }) => ts).toSorted((a, b) => Number(a - b)));
  return events;
}

/** Move to a CPU, and make some calls there. */
function callsOn(p: BlockBuilder, cpu: number): void {
  const mask = p.buffer(8, 8);
  p.store(mask, 1 << cpu);
  p.call("sched_setaffinity", 0, 8, mask);
  for (let i = 0; i < calls; i++) p.getppid();
}

function switchCpu(p: BlockBuilder, cpu: number, online: "0" | "1"): void {
  const fd = p.openat(AT_FDCWD, `/sys/devices/system/cpu/cpu${cpu}/online`, O_WRONLY, 0);
  p.write(fd, p.bytes(online), 1);
  p.close(fd);
}

/** The CPUs of the calls, one for each run of as many as callsOn() makes. */
function cpusOf(events: readonly ScapEvent[]): number[] {
  const cpus = events.filter(({ name }) => name === "syscall").map(({ cpu }) => cpu);
  const runs = cpus.filter((_, i) => i % calls === 0);
  expect(cpus).toEqual(runs.flatMap((cpu) => new Array<number>(calls).fill(cpu)));
  return runs;
}

const hotplug = (events: readonly ScapEvent[]) =>
  events
    .filter(({ name }) => name === "cpu_hotplug")
    .map((event) => ({ cpu: event.param(0), action: event.param(1), on: event.cpu }));
