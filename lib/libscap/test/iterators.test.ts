/** The two ways to look at a machine's processes, compared in guests: every field of every thread and fd. */
import { expect, test } from "bun:test";
import { ensure } from "../../../harness/build/step.ts";
import { testedArchitectures, testedKernels } from "../../../harness/run/tested-kernels.ts";
import { type Intention, kernelArguments } from "../../../harness/vm/index.ts";
import { CommandGuest } from "../../../harness/vm/testing/commands.ts";
import { ensureKernel } from "../../../kernels/index.ts";
import { scapOpen } from "../build.ts";
import { compareScans } from "./guest/build.ts";

const patience = 600_000;

/** How each scan of compare-scans had its processes, and why not by iterators. */
const waysIn = (text: string) => [...text.matchAll(/^processes from: (.*?) ?$/gm)].map(([, way]) => way);

/** enum scap_fd_type: what the zoo has open on every kernel. */
const kinds = {
  directory: 2,
  ipv4: 3,
  ipv6: 4,
  ipv4Server: 5,
  ipv6Server: 6,
  fifo: 7,
  unix: 8,
  event: 9,
  unsupported: 10,
  signalfd: 11,
  eventpoll: 12,
  inotify: 13,
  timerfd: 14,
  netlink: 15,
  file: 16,
  bpf: 17,
  memfd: 20,
  pidfd: 21,
};

// The oldest kernel has no programs that may sleep; each architecture has its own flags, sizes and byte order.
const kernels = new Map(
  [...testedKernels().slice(0, 1), ...testedArchitectures()].map((kernel) => [kernel.id, kernel]),
);

test.each([...kernels.values()].map(({ id, arch, kernel }) => [id, arch, kernel] as const))(
  "iterators and /proc tell the same: %s",
  async (_, arch, name) => {
    const step = compareScans(arch);
    await ensure(step);
    const kernel = await ensureKernel(arch, name);
    await using guest = await CommandGuest.boot(kernel, { "bin/compare-scans": step.outputs[0]! });
    const { text, status } = await guest.run(["/bin/compare-scans", "an argument to overwrite"], 120_000);
    expect({ text, status }).toMatchObject({ status: 0 });
    expect(text).toMatch(/^0 differences$/m);
    expect(waysIn(text)).toEqual(["iterators", "iterators", "/proc"]); // the second by auto, as they are loaded
    const [, census] = /^compared \d+ threads of \d+ processes, \d+ fds; types (.*)$/m.exec(text)!;
    const seen = census!.split(" ").map((entry) => Number(entry.split(":")[0]));
    const missing = Object.entries(kinds).filter(([, type]) => !seen.includes(type));
    expect(missing.map(([kind]) => kind)).toEqual([]);
  },
  patience,
);

async function bootWithScans(extra: readonly Intention[] = []): Promise<CommandGuest> {
  const steps = [scapOpen("x86_64"), compareScans("x86_64")] as const;
  for (const step of steps) await ensure(step);
  const kernel = await ensureKernel("x86_64", "debian-6.12");
  const [open, compare] = steps.map(({ outputs }) => outputs[0]!);
  return CommandGuest.boot(kernel, { "bin/scap-open": open!, "bin/compare-scans": compare! }, extra);
}

const crowd = ["/bin/compare-scans", "crowd", "an argument to overwrite"];

test(
  "auto loads iterators where there are many processes",
  async () => {
    await using guest = await bootWithScans();
    const { text, status } = await guest.run(crowd, 120_000);
    expect({ text, status }).toMatchObject({ status: 0 });
    expect(text).toMatch(/^0 differences$/m);
    expect(waysIn(text)).toEqual(["iterators", "iterators", "/proc"]);
  },
  patience,
);

test(
  "why there are none: lockdown; auto reads /proc then, and on a small machine",
  async () => {
    await using guest = await bootWithScans([kernelArguments("lockdown=confidentiality")]);
    const refused = await guest.run(["/bin/scap-open", "--nodriver", "--processes_from", "iterators"]);
    expect(refused.status).toBe(1);
    const [, reason] = /^scap-open: iterators: ((?:lockdown|permission): .*)$/m.exec(refused.text)!;
    const few = await guest.run(["/bin/scap-open", "--nodriver"]);
    expect(few.status).toBe(0);
    expect(few.text).toMatch(/^processes from: \/proc few: less than \d+ processes/m);
    const many = await guest.run(crowd, 120_000);
    expect({ ...many }).toMatchObject({ status: 0 });
    expect(waysIn(many.text)).toEqual([`/proc ${reason}`, `/proc ${reason}`, "/proc"]);
  },
  patience,
);
