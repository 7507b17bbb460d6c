/** scap-open in a guest of every architecture, with both drivers. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { PPM_SC, syscalls } from "#schema/syscalls";
import { ensure } from "../../harness/build/step.ts";
import type { Arch } from "../../harness/run/target.ts";
import { testedArchitectures } from "../../harness/run/tested-kernels.ts";
import { hostArch } from "../../harness/setup/host.ts";
import { scapOpen } from "../libscap/build.ts";
import { counters, engines, eventLines, ScapOpenGuest, vmHttp } from "./testing/guest.ts";

setDefaultTimeout(1_200_000);

const openat = ["--ppm_sc", String(PPM_SC.OPENAT)];

/** What --print_syscalls has to tell. */
const codesOf = (arch: Arch) =>
  syscalls
    .filter(({ nr }) => nr[arch] !== undefined)
    .map(({ sc, name, nr }) => ({ sc, name: `PPM_SC_${name.toUpperCase()}`, nr: nr[arch]! }))
    .sort((a, b) => a.nr - b.nr);

for (const { arch, kernel, id } of testedArchitectures()) describe(id, () => guestTests(arch, kernel));

function guestTests(arch: Arch, kernel: string): void {
  let guest: ScapOpenGuest;
  beforeAll(async () => {
    guest = await ScapOpenGuest.boot(arch, kernel);
  });
  afterAll(() => guest?.[Symbol.asyncDispose]());

  test("a file is printed as here, whatever the byte order", async () => {
    const words = ["--num_events", "300", "--scap_file"];
    const here = scapOpen(hostArch());
    await ensure(here);
    const { stdout } = Bun.spawnSync([here.outputs[0]!, ...words, vmHttp]);
    const { text, status } = await guest.run(...words, "/vm-http.scap.gz");
    expect({ status, lines: eventLines(text) }).toEqual({ status: 0, lines: eventLines(stdout.toString()) });
    expect(eventLines(text)).toHaveLength(300);
  });

  test("--nodriver: the guest's processes and their descriptors", async () => {
    const { text, status } = await guest.run("--nodriver");
    expect({ text, status }).toMatchObject({ status: 0 });
    expect(text).toMatch(/^thread 1 of 1 \(parent 0, uid 0\) init: \/init, [1-9]\d* KiB$/m);
    expect(text).toMatch(/^thread \d+ of \d+ \(parent 1, uid 0\) scap-open: \/bin\/scap-open, /m);
    expect(text).toMatch(/^thread 2 of 2 \(parent 0, uid 0\) kthreadd: , 0 KiB$/m);
    // Its output, a pipe (7); and the port of process 1, a file (16) that has a device.
    expect(text).toMatch(/^fd 1 of \d+: type 7, inode \d+, .* pipe:\[\d+\]$/m);
    expect(text).toMatch(
      /^fd \d+ of 1: type 16, inode \d+, device [1-9]\d*, flags \d+, .*\/dev\/vport\dp1$/m,
    );
    expect(text).toMatch(/vanished 0, unreadable 0, unresolved sockets 0$/m);
  });

  test("--print_syscalls: the calls of this architecture", async () => {
    const { text, status } = await guest.run("--print_syscalls");
    const told = [...text.matchAll(/^ *(\d+) (PPM_SC_\w+) \(system call (\d+)\)$/gm)].map(
      ([, sc, name, nr]) => ({
        sc: Number(sc),
        name,
        nr: Number(nr),
      }),
    );
    expect(status).toBe(0);
    expect(told).toEqual(codesOf(arch));
  });

  test.each(Object.entries(engines))(
    "%s: the calls asked for, and counters that add up",
    async (_, engine) => {
      const { text, status } = await guest.runBeside(
        ...engine,
        ...openat,
        "--num_events",
        "6",
        "--verbose",
        "6",
      );
      expect({ text, status }).toMatchObject({ status: 0 });
      const results = eventLines(text).map((line) =>
        /< openat fd=(-?\d+) .* name="(.*?)"/.exec(line)?.slice(1),
      );
      expect(results.toSorted()).toEqual(
        Array(3)
          .fill(["-2", "/nonexistent"])
          .concat(Array(3).fill(["3", "/init"])),
      );
      const { seen, pushed, read, lost } = counters(text);
      expect(lost).toEqual([0, 0, 0]);
      expect(seen).toBe(pushed);
      expect(read).toBeWithin(6, pushed + 1);
      expect(text).toContain("printed 6 events");
    },
  );
}
