/** What a full ring loses is counted by kind of event: what is in the capture and what was counted make the whole. */
import { expect, test } from "bun:test";
import { PPM_SC } from "#schema/syscalls";
import { readEvents } from "../../lib/scap/index.ts";
import { AT_FDCWD, type BlockBuilder, O_RDONLY, O_WRONLY, program } from "../program/index.ts";
import { openGuest, openGuestWith } from "./open-guest.ts";
import { drivers, formatTarget, type Target } from "./target.ts";
import { testedArchitectures } from "./tested-kernels.ts";

const rounds = 500;
/** Flags of enum scap_metric_flags. */
const programs = 2;
const perCpu = 128;

/** The events of a round, by `name direction`, and the counter of those that are lost; null: of the rest. */
const kinds: Readonly<Record<string, string | null>> = {
  "openat enter": "open_enter",
  "openat exit": "open_exit",
  "dup exit": "dir_file_exit",
  "close exit": "close_exit",
  "setns exit": "other_interest_exit",
  "syscall exit": null,
};
const interest = [PPM_SC.OPENAT, PPM_SC.DUP, PPM_SC.CLOSE, PPM_SC.SETNS, PPM_SC.GETPPID];

/** Two pages: more comes than the agent takes out meanwhile. */
const smallestRing = (kernel: string) => (kernel.endsWith("-64k") ? 128 << 10 : 8 << 10);

function round(p: BlockBuilder): void {
  const fd = p.openat(AT_FDCWD, "/proc/self/comm", O_RDONLY, 0);
  const copy = p.dup(fd);
  p.close(fd);
  p.close(copy);
  p.call("setns", -1, 0, { errno: "EBADF" });
  p.getppid();
}

const targets: Target[] = testedArchitectures().flatMap(({ arch, kernel }) =>
  drivers.map((driver) => ({ arch, kernel, driver })),
);

/** The module has code of each machine; the eBPF program is the same in each byte order, and takes long to load. */
const smallRings = targets.filter(
  ({ arch, driver }) => driver === "kmod" || arch === "x86_64" || arch === "s390x",
);

test.each(smallRings.map((target) => [formatTarget(target), target] as const))(
  "%s: every event is in the capture, or counted by its kind",
  async (_name, { arch, kernel, driver }) => {
    const load = { bufferBytes: smallestRing(kernel) };
    await using guest = (await openGuestWith(arch, kernel, [driver], { load })).guest;
    const { agent } = guest;
    const built = program(arch, (p) => {
      for (let i = 0; i < rounds; i++) round(p);
    });
    const reply = await guest.ask(agent.run(built, { interest, timeoutMs: 10_000 }));
    expect(reply.mismatch).toBeNull();
    const { stats, scap } = reply.streams[0]!;
    const metrics = await guest.ask(agent.metrics(0, perCpu));

    expect(stats.lostRing).toBeGreaterThan(0);
    expect(stats.seen).toBe(stats.pushed + stats.lostRing + stats.lostScratch + stats.lostBug);
    expect(stats.read).toBe(stats.pushed);
    expect(metrics.get("n_evts")).toBe(stats.seen);
    expect(metrics.get("n_drops")).toBe(stats.lostRing);
    expect(metrics.get("n_drops_buffer_total")).toBe(stats.lostRing);
    const word = driver === "kmod" ? "dev" : "cpu";
    expect(metrics.get(`n_evts_${word}_0`)).toBe(stats.seen);
    expect(metrics.get(`n_drops_${word}_0`)).toBe(stats.lostRing);

    const events = readEvents({ bytes: scap }, { raw: true });
    const captured = Map.groupBy(events, ({ name, type }) => `${name} ${type % 2 ? "exit" : "enter"}`);
    const lost = (kind: string) => metrics.get(`n_drops_buffer_${kind}`)!;
    const named = Object.values(kinds).filter((kind) => kind !== null);
    const rest = stats.lostRing - named.reduce((sum, kind) => sum + lost(kind), 0);
    for (const [event, kind] of Object.entries(kinds)) {
      const made = event === "close exit" ? 2 * rounds : rounds;
      const all = (captured.get(event)?.length ?? 0) + (kind ? lost(kind) : rest);
      expect(`${event}: ${all}`).toBe(`${event}: ${made}`);
    }
    expect(stats.seen).toBe(7 * rounds);
  },
  300_000,
);

test.each(
  targets
    .filter(({ driver }) => driver === "modern_bpf")
    .map((target) => [formatTarget(target), target] as const),
)(
  "%s: runs of its programs are counted while the kernel measures them",
  async (_name, target) => {
    await using guest = (await openGuest(target)).guest;
    const { agent } = guest;
    const quiet = program(target.arch, (p) => {
      p.getppid();
    });
    const measured = program(target.arch, (p) => {
      const fd = p.openat(AT_FDCWD, "/proc/sys/kernel/bpf_stats_enabled", O_WRONLY, 0);
      p.write(fd, p.bytes("1"), 1);
      for (let i = 0; i < rounds; i++) p.getppid();
    });
    const runs = async () => {
      const metrics = await guest.ask(agent.metrics(0, programs));
      const [count] = [...metrics].find(([name]) => /^sys_exit_\w+\.run_cnt$/.test(name))!;
      const name = count.replace(".run_cnt", "");
      return [metrics.get(count)!, metrics.get(`${name}.run_time_ns`)!, metrics.get(`${name}.avg_time_ns`)!];
    };
    await guest.ask(agent.run(quiet, { interest }));
    expect(await runs()).toEqual([0, 0, 0]);
    const reply = await guest.ask(agent.run(measured, { interest, timeoutMs: 10_000 }));
    expect(reply.mismatch).toBeNull();
    const [count, ns, average] = await runs();
    expect(count).toBeGreaterThanOrEqual(rounds);
    expect(ns).toBeGreaterThan(0);
    expect(average).toBe(Math.floor(ns! / count!));
  },
  300_000,
);
