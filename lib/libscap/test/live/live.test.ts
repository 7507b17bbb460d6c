/** A running capture whose settings change, and drivers of other versions than libscap's, in one guest. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { bpfObject } from "../../../../drivers/bpf/build.ts";
import { kmodModule, modulePath } from "../../../../drivers/kmod/build.ts";
import { ensure } from "../../../../harness/build/step.ts";
import { type Driver, defaultTarget, drivers, parseTarget } from "../../../../harness/run/target.ts";
import { CommandGuest } from "../../../../harness/vm/testing/commands.ts";
import { ensureKernel } from "../../../../kernels/index.ts";
import { liveChanges, otherVersions } from "./build.ts";

setDefaultTimeout(600_000);

const module = "/scapyard.ko";
const driverFile = { modern_bpf: "/scapyard.bpf.o", kmod: module };
let guest: CommandGuest;

beforeAll(async () => {
  const { arch, kernel: name } = parseTarget(defaultTarget);
  const kernel = await ensureKernel(arch, name);
  const withHeaders = { ...kernel, headers: kernel.headers! };
  const programs = [liveChanges(arch), otherVersions(arch)] as const;
  const object = bpfObject(arch);
  for (const step of [...programs, kmodModule(withHeaders), object]) await ensure(step);
  const [changes, versions] = programs.map(({ outputs }) => outputs[0]!);
  guest = await CommandGuest.boot(kernel, {
    "bin/live-changes": changes!,
    "bin/other-versions": versions!,
    "scapyard.ko": modulePath(withHeaders),
    "scapyard.bpf.o": object.outputs[0]!,
  });
});
afterAll(() => guest?.[Symbol.asyncDispose]());

test.each(drivers)(
  "%s: interest sets and scans change nothing but what they shall, while calls are made",
  async (driver) => {
    const { text, status } = await guest.run(["/bin/live-changes", driver, module], 120_000);
    expect({ text, status }).toMatchObject({ status: 0 });
    expect(text).toMatch(/^0 complaints$/m);
    const [, seen, read] = /^seen (\d+), read (\d+)$/m.exec(text)!.map(Number);
    expect(read).toBe(seen!);
    // Two calls of every round.
    const rounds = [...text.matchAll(/^writer \d: (\d+) rounds$/gm)].map(([, count]) => Number(count));
    expect(rounds).toHaveLength(2);
    expect(seen).toBeGreaterThanOrEqual(2 * rounds.reduce((sum, count) => sum + count, 0) - 100);
  },
);

/** By how much libscap is ahead of the driver, and what it then says. */
const differences = {
  "a schema with more events": [[0, 0, 0, 0, -1], "captured 10"],
  "a schema with fewer events": [[0, 0, 0, 0, 1], /^version: .* has schema \d+\.\d+, which is too old: /],
  "an older schema": [[0, 0, 0, 1, 0], /^version: .* has schema \d+\.\d+, which is too old: /],
  "a newer schema": [[0, 0, 0, -1, 0], /^version: .* has schema \d+\.\d+, which is too new: /],
  "an API that lacks something": [[0, 0, 1, 0, 0], /^version: .* has API \d+\.\d+, which is too old: /],
  "an older API": [[0, 1, 0, 0, 0], /^version: .* has API \d+\.\d+, which is too old: /],
  "a newer API": [[0, -1, 0, 0, 0], /^version: .* has API \d+\.\d+, which is too new: /],
} as const;

async function opened(driver: Driver, ahead: readonly number[]) {
  const words = ["/bin/other-versions", driver, driverFile[driver], ...ahead.map(String)];
  const { text } = await guest.run(words, 60_000);
  return text.trim();
}

describe.each(drivers)("%s", (driver) => {
  test.each(Object.entries(differences))("whose versions are %s", async (_, [ahead, outcome]) => {
    expect(await opened(driver, ahead)).toMatch(outcome);
  });
});

test.each([-1, 1])("a module of another device ABI: libscap's is %d higher", async (ahead) => {
  expect(await opened("kmod", [ahead, 0, 0, 0, 0])).toMatch(
    /^version: the loaded module has device ABI \d+, this libscap needs \d+$/,
  );
});
