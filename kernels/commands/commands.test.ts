import { expect, test } from "bun:test";
import { join } from "node:path";
import { root } from "../../harness/build/root.ts";
import { readLock } from "../lock.ts";

/** Runs the commands in a process of their own: what they print is part of them. */
function kernels(...args: string[]): { status: number; out: string; err: string } {
  const child = Bun.spawnSync([process.execPath, join(root, "harness/cli/main.ts"), "kernels", ...args]);
  return { status: child.exitCode, out: child.stdout.toString(), err: child.stderr.toString() };
}

test("list --json is data", () => {
  const { status, out } = kernels("list", "--json", "x86_64/debian-6.12");
  const locked = readLock().kernels["x86_64/debian-6.12"]!;
  expect([status, JSON.parse(out)]).toEqual([
    0,
    [expect.objectContaining({ id: "x86_64/debian-6.12", release: locked.release, version: locked.version })],
  ]);
});

test.each([
  ["", "usage: scapyard kernels COMMAND"],
  ...["list", "fetch", "verify", "prune", "add", "update"].map((name) => [
    name,
    `usage: scapyard kernels ${name} `,
  ]),
])("%s --help", (name, start) => {
  const { status, out } = kernels(...[name, "--help"].filter(Boolean));
  expect([status, out.slice(0, start.length)]).toEqual([0, start]);
});

test("list says in what a kernel is unlike the others", () => {
  const { out } = kernels("list", "ppc64le/debian-6.1", "x86_64/debian-6.18", "aarch64/debian-7.2-16k");
  expect(
    out
      .split("\n")
      .filter((line) => line.includes("debian-"))
      .map((line) => /(fetched|not-fetched)\s*(.*)/.exec(line)?.[2]),
  ).toEqual(["no headers", "16k pages", "no BTF, no COMPAT, 64k pages"]);
});

test("list of a profile", () => {
  const { status, out } = kernels("list", "--json", "--profile", "amd64");
  expect([status, new Set(JSON.parse(out).map(({ id }: { id: string }) => id.split("/")[0]))]).toEqual([
    0,
    new Set(["x86_64"]),
  ]);
});

test.each([
  [["fech"], "unknown command kernels fech; did you mean fetch?"],
  [["--jsn"], "unknown option kernels --jsn"],
  [["list", "x86_64/debian-6.21"], 'no kernel matches "x86_64/debian-6.21"; did you mean x86_64/debian-6.1'],
  [["list", "--jsn"], "unknown option --jsn; did you mean --json?"],
  [["list", "*"], 'no kernel matches "*"'],
  [[], "an argument is missing"],
])("%j is a usage error", (args, message) => {
  const { status, err } = kernels(...args);
  expect([status, err.includes(message)]).toEqual([2, true]);
});
