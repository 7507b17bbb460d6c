/** Runs the C tests; each of them is a test here. */
import { describe, expect, test } from "bun:test";
import { basename } from "node:path";
import { ensure } from "../../../harness/build/step.ts";
import { libscapTests, testPrograms } from "./build.ts";
import { parseTap } from "./tap.ts";

await ensure(libscapTests);

for (const program of testPrograms) {
  const { stdout, stderr, exitCode } = Bun.spawnSync([program]);
  describe(`libscap ${basename(program)}`, () => {
    for (const { name, ok, comments } of parseTap(stdout.toString(), stderr.toString(), exitCode))
      test(name, () => {
        expect(ok, comments).toBe(true);
      });
  });
}
