/** Both drivers in one guest record the same bytes for every case. */
import { expect, test } from "bun:test";
import { root } from "../build/root.ts";
import type { DifferentialLine } from "./differential.ts";
import { testedKernels } from "./tested-kernels.ts";

/** In a process of its own: there the case files load as a list, not as tests. */
async function differential(...args: string[]): Promise<DifferentialLine[]> {
  const child = Bun.spawn([process.execPath, "harness/run/differential.ts", ...args], {
    cwd: root,
    stdout: "pipe",
    stderr: "pipe",
  });
  const text = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const lines = out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as DifferentialLine);
  if (lines.length === 0) throw new Error(`the differential run ${args.join(" ")} said nothing:\n${err}`);
  return lines;
}

for (const { id } of testedKernels())
  test(`both drivers record the same bytes on ${id}`, async () => {
    const lines = await differential(id);
    expect(lines.filter(({ differences }) => differences.length > 0)).toEqual([]);
    expect(lines.every(({ events }) => events.length === 2)).toBe(true);
    expect(lines.some(({ events }) => events[0]! > 0)).toBe(true);
  }, 300_000);

test("the eBPF driver records the same bytes with a layout made from the kernel's headers", async () => {
  const id = testedKernels()[0]!.id;
  const lines = await differential("--btf-of-headers", id, "{clone,execve,openat,connect,mmap}/*");
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter(({ differences }) => differences.length > 0)).toEqual([]);
}, 300_000);
