/** The examples of README.md are run, and print what they say. */
import { expect, test } from "bun:test";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPath } from "../../harness/build/root.ts";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "../scap/ffi.ts";

await ensure(libscapShared(arch));

const text = readFileSync(`${import.meta.dir}/README.md`, "utf8");
// Those marked as live need root and a driver; no test runs them.
const examples = [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code!);

test("there are examples", () => expect(examples.length).toBeGreaterThan(6));

test.each(examples.map((code, index) => [index + 1, code] as const))("example %d", (_, code) => {
  // Inside of the package, which may import itself by its name.
  mkdirSync(buildPath("examples"), { recursive: true });
  const dir = mkdtempSync(join(buildPath("examples"), "readme-"));
  try {
    writeFileSync(join(dir, "example.ts"), code);
    copyFileSync(`${import.meta.dir}/../scap/testdata/vm-http.scap.gz`, join(dir, "trace.scap"));
    const { stdout, stderr } = Bun.spawnSync([process.execPath, "example.ts"], { cwd: dir });
    const prints = [...code.matchAll(/^\/\/ prints: (.*)\n/gm)].map(([, line]) => line!);
    expect(stderr.toString()).toBe("");
    expect(stdout.toString().trimEnd().split("\n")).toEqual(prints);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
