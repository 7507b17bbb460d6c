/** The two ways to look at a machine's processes, compared in guests: every field of every thread and fd. */
import { expect, test } from "bun:test";
import { ensure } from "../../../harness/build/step.ts";
import { kernelArguments } from "../../../harness/vm/index.ts";
import { CommandGuest } from "../../../harness/vm/testing/commands.ts";
import { ensureKernel } from "../../../kernels/index.ts";
import { scapOpen } from "../build.ts";
import { compareScans } from "./guest/build.ts";

const patience = 600_000;

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

// The oldest kernel has no programs that may sleep; s390x is big-endian.
test.each([
  ["x86_64", "debian-5.10"],
  ["x86_64", "debian-6.12"],
  ["x86_64", "debian-7.3"],
  ["s390x", "debian-6.12"],
] as const)(
  "iterators and /proc tell the same: %s/%s",
  async (arch, name) => {
    const step = compareScans(arch);
    await ensure(step);
    const kernel = await ensureKernel(arch, name);
    await using guest = await CommandGuest.boot(kernel, { "bin/compare-scans": step.outputs[0]! });
    const { text, status } = await guest.run(["/bin/compare-scans", "an argument to overwrite"], 120_000);
    expect({ text, status }).toMatchObject({ status: 0 });
    expect(text).toMatch(/^0 differences$/m);
    const [, census] = /^compared \d+ threads of \d+ processes, \d+ fds; types (.*)$/m.exec(text)!;
    const seen = census!.split(" ").map((entry) => Number(entry.split(":")[0]));
    const missing = Object.entries(kinds).filter(([, type]) => !seen.includes(type));
    expect(missing.map(([kind]) => kind)).toEqual([]);
  },
  patience,
);

test(
  "why there are none: lockdown; auto reads /proc then, and on a small machine",
  async () => {
    const step = scapOpen("x86_64");
    await ensure(step);
    const kernel = await ensureKernel("x86_64", "debian-6.12");
    const files = { "bin/scap-open": step.outputs[0]! };
    await using guest = await CommandGuest.boot(kernel, files, [kernelArguments("lockdown=confidentiality")]);
    const refused = await guest.run(["/bin/scap-open", "--nodriver", "--processes_from", "iterators"]);
    expect(refused.status).toBe(1);
    expect(refused.text).toMatch(/^scap-open: iterators: (lockdown|permission): /m);
    const auto = await guest.run(["/bin/scap-open", "--nodriver"]);
    expect(auto.status).toBe(0);
    expect(auto.text).toMatch(/^processes from: \/proc few: less than \d+ processes/m);
  },
  patience,
);
