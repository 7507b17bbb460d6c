import { expect, test } from "bun:test";
import { join } from "node:path";
import { root } from "../harness/build/root.ts";
import { readLock } from "./lock.ts";

/** Runs the commands in a process of their own: what they print is part of them. */
function kernels(...args: string[]): { status: number; out: string; err: string } {
  const child = Bun.spawnSync([process.execPath, join(root, "harness/cli/main.ts"), "kernels", ...args]);
  return { status: child.exitCode, out: child.stdout.toString(), err: child.stderr.toString() };
}

test("list --json is data", () => {
  const { status, out } = kernels("list", "--json", "*/debian-6.12");
  const locked = readLock().kernels["x86_64/debian-6.12"]!;
  expect([status, JSON.parse(out)]).toEqual([
    0,
    [expect.objectContaining({ id: "x86_64/debian-6.12", release: locked.release, version: locked.version })],
  ]);
});

test("--help", () => {
  const { status, out } = kernels("--help");
  expect([status, out.startsWith("usage: scapyard kernels")]).toEqual([0, true]);
});

test.each([
  [["fech"], "unknown command kernels fech; did you mean fetch?"],
  [["list", "x86_64/debian-6.21"], 'no kernel matches "x86_64/debian-6.21"; did you mean x86_64/debian-6.1'],
  [["list", "--jsn"], "unknown option --jsn; did you mean --json?"],
  [["list", "*"], 'no kernel matches "*"'],
  [[], "an argument is missing"],
])("%j is a usage error", (args, message) => {
  const { status, err } = kernels(...args);
  expect([status, err.includes(message)]).toEqual([2, true]);
});
