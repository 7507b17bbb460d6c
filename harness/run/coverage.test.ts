/** A filler without a case is a claim that nobody checked. */
import { expect, test } from "bun:test";
import { syscalls } from "#schema/syscalls";
import { root } from "../build/root.ts";
import type { ListedCase } from "./list-cases.ts";

/** In a process of its own: there the case files load as a list, not as tests. */
function listedCases(): ListedCase[] {
  const script = `const { listCases } = await import("./harness/run/list-cases.ts"); console.log(JSON.stringify(await listCases()));`;
  const child = Bun.spawnSync([process.execPath, "-e", script], { cwd: root });
  if (child.exitCode !== 0) throw new Error(child.stderr.toString());
  return JSON.parse(child.stdout.toString());
}

test("every syscall that a driver records by an event of its own has a case", () => {
  const withCase = new Set(listedCases().map(({ syscall }) => syscall));
  const recorded = syscalls.filter(
    ({ filler, kind, nr }) =>
      filler && filler !== "generic" && (kind === "tracepoint" || nr.x86_64 !== undefined),
  );
  expect(recorded.length).toBeGreaterThan(48);
  expect(recorded.filter(({ name }) => !withCase.has(name)).map(({ name }) => name)).toEqual([]);
});
