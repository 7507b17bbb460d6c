/** A driver that records something wrong must fail its case: one filler is edited in a copy of the checkout. */
import { expect, test } from "bun:test";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildPath, root } from "../build/root.ts";

/** A copy of all source files, which builds for itself but shares the downloaded kernels. */
function copyCheckout(): string {
  const copy = mkdtempSync(join(tmpdir(), "scapyard-edited-"));
  const listed = Bun.spawnSync(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  for (const file of listed.stdout.toString().split("\0").filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  mkdirSync(join(copy, "build"));
  for (const shared of ["kernels", "accel.json"]) symlinkSync(buildPath(shared), join(copy, "build", shared));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
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
  const copy = copyCheckout();
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
