/** A kernel of local files runs cases like one of the archive: an unpacked Debian kernel plays another distribution's. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { $ } from "zx";
import { root } from "../harness/build/root.ts";
import { configuredMirror } from "./debian/mirror.ts";
import { ensureDeb } from "./debs.ts";
import { ensureKernel, kernelCache } from "./index.ts";
import { readLock } from "./lock.ts";

setDefaultTimeout(600_000);

const name = "foreign-6.12";
const id = `x86_64/${name}`;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "foreign-"));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  rmSync(join(kernelCache, id), { recursive: true, force: true });
});

function scapyard(...args: string[]): string {
  const main = join(root, "harness/cli/main.ts");
  const { success, stdout, stderr } = Bun.spawnSync([process.execPath, main, ...args], {
    env: { ...process.env, SCAPYARD_LOCAL_KERNELS: join(directory, "local.yaml") },
  });
  if (!success) throw new Error(`${args.join(" ")}: ${stdout}${stderr}`);
  return stdout.toString();
}

/** Header packages as an administrator would unpack them. */
async function unpackHeaders(): Promise<string> {
  const target = join(directory, "root");
  for (const file of readLock().kernels["x86_64/debian-6.12"]!.files) {
    if (!["headers", "headers-common", "kbuild"].includes(file.role)) continue;
    await $`dpkg-deb -x ${await ensureDeb(kernelCache, file, configuredMirror)} ${target}`;
  }
  return target;
}

test("added, listed, and run with both drivers", async () => {
  const debian = await ensureKernel("x86_64", "debian-6.12");
  const unpacked = dirname(debian.image);
  const files = ["--image", debian.image, "--config", join(unpacked, "config"), "--modules", unpacked];
  scapyard("kernels", "add", id, ...files, "--headers", await unpackHeaders());
  expect(scapyard("kernels", "list", id)).toContain(`${debian.release}  local`);
  expect(scapyard("kernels", "verify", id)).toMatch(/foreign-6.12 +ok/);

  const profile = join(directory, "foreign.yaml");
  await Bun.write(profile, `include:\n  - kernel: ${name}\n`);
  const output = ["--results", join(directory, "results.jsonl"), "--report", join(directory, "report.html")];
  scapyard("run", "--profile", profile, "--case", "dup/*", ...output);
  const text = await Bun.file(join(directory, "results.jsonl")).text();
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const outcomes = lines
    .filter(({ kind }) => kind === "case")
    .map(({ target, outcome }) => `${target} ${outcome}`);
  expect(new Set(outcomes)).toEqual(new Set([`${id}/modern_bpf pass`, `${id}/kmod pass`]));
  const kernels = lines
    .filter(({ kind }) => kind === "target")
    .map(({ kernel }) => [kernel.package, kernel.release]);
  expect(kernels).toEqual([
    ["local", debian.release],
    ["local", debian.release],
  ]);
});
