/** A driver that records something wrong must fail its case: one filler is edited in a copy of the checkout. */
import { expect, test } from "bun:test";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPath } from "../build/root.ts";
import { copyCheckout } from "../build/testing/checkout.ts";

/** Builds for itself, but shares the downloaded kernels. */
function copyWithKernels(): string {
  const copy = copyCheckout();
  mkdirSync(join(copy, "build"));
  for (const shared of ["kernels", "accel.json"]) symlinkSync(buildPath(shared), join(copy, "build", shared));
  return copy;
}

function edit(file: string, from: string, to: string): void {
  const before = readFileSync(file, "utf8");
  expect(before).toContain(from);
  writeFileSync(file, before.replace(from, to));
}

async function runCloseCase(cwd: string): Promise<{ status: number; output: string }> {
  const env = { ...process.env, SCAPYARD_CASE: "close/an-open-file", SCAPYARD_RESULTS: undefined };
  const command = [process.execPath, "test", "drivers/cases/data.test.ts"];
  const child = Bun.spawn(command, { cwd, env, stdout: "pipe", stderr: "pipe" });
  const output = await new Response(child.stderr).text();
  return { status: await child.exited, output };
}

test("editing a filler fails its case", async () => {
  const copy = copyWithKernels();
  try {
    const filler = "FILLER(result_fd)\n{\n\tpush_s64(c, ret(c));\n\tpush_fd(c, arg(c, 0)";
    edit(join(copy, "drivers/capture/shapes.h"), filler, `${filler} + 1`);
    const { status, output } = await runCloseCase(copy);
    expect(output).toContain("close.fd");
    expect(status).toBe(1);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}, 300_000);
