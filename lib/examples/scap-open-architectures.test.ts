/** scap-open on each architecture, with both drivers: big-endian, with large pages, without a JIT compiler. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { PPM_SC, syscalls } from "#schema/syscalls";
import type { Arch } from "../../harness/run/target.ts";
import { testedArchitectures } from "../../harness/run/tested-kernels.ts";
import { counters, engines, ScapOpenGuest } from "./testing/guest.ts";

setDefaultTimeout(1_200_000);

/** What --print_syscalls has to tell: what the drivers record on this architecture. */
const codesOf = (arch: Arch) =>
  syscalls
    .filter(({ nr, filler }) => nr[arch] !== undefined && filler !== null)
    .map(({ sc, name, nr }) => ({ sc, name: `PPM_SC_${name.toUpperCase()}`, nr: nr[arch]! }))
    .sort((a, b) => a.nr - b.nr);

describe.each(testedArchitectures())("$id", ({ arch, kernel }) => {
  let guest: ScapOpenGuest;
  beforeAll(async () => {
    guest = await ScapOpenGuest.boot(arch, kernel);
  });
  afterAll(() => guest?.[Symbol.asyncDispose]());

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
        "--ppm_sc",
        String(PPM_SC.OPENAT),
        "--num_events",
        "12",
        "--verbose",
        "6",
      );
      expect({ text, status }).toMatchObject({ status: 0 });
      const exits = [...text.matchAll(/ < openat fd=(-?\d+) .* name="(.*?)"/g)];
      const results = exits.map(([, fd, name]) => `${name} ${Number(fd) < 0 ? fd : "opened"}`);
      // In turn, whichever came first.
      expect(new Set(results)).toEqual(new Set(["/nonexistent -2", "/init opened"]));
      for (const [index, result] of results.slice(1).entries()) expect(result).not.toBe(results[index]!);
      const { seen, pushed, read, lost } = counters(text);
      expect(lost).toEqual([0, 0, 0]);
      expect(seen).toBe(pushed);
      expect(read).toBeWithin(12, pushed + 1);
      expect(text).toContain("printed 12 events");
    },
  );
});
