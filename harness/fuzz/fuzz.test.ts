/** A bounded share of what `fuzz` and `soak` do for longer. */
import { describe, expect, test } from "bun:test";
import { ensure } from "../build/step.ts";
import { fuzzPrograms, soakProgram } from "./build.ts";
import { fuzz, parseOutput } from "./fuzz.ts";
import { regressions } from "./seeds.ts";
import { readMutations } from "./soak.ts";
import { fuzzTargets } from "./targets.ts";

for (const step of [...fuzzPrograms, soakProgram]) await ensure(step);

describe("fuzzing for some seconds", () => {
  test.each(fuzzTargets.map((target) => [target.name, target] as const))(
    "%s",
    async (_, target) => {
      const { failure, runs, coverage } = await fuzz(target, 5);
      expect(failure).toBeNull();
      expect(runs).toBeGreaterThan(100);
      expect(coverage).toBeGreaterThan(50);
    },
    60_000,
  );
});

test("10 000 captures changed at random", async () => {
  expect(await readMutations(1, 10_000)).toBeNull();
}, 120_000);

test("a crash is noticed, and the number of its input said", async () => {
  const broken = Bun.spawnSync([soakProgram.outputs[0]!, "7", "1", "/no/such/seed"]);
  expect(broken.exitCode).not.toBe(0);
  expect(broken.stderr.toString()).toContain("soak.c");
  expect(broken.stderr.toString()).toContain("soak: number 7\n");
});

test("libFuzzer's words are understood", () => {
  const output =
    "#12 NEW    cov: 145 ft: 275\n#99 DONE   cov: 146 ft: 276 corp: 1\nstat::number_of_executed_units: 277\n";
  expect(parseOutput(output)).toEqual({ runs: 277, coverage: 146 });
});

test("regressions are named after a target", () => {
  const names = fuzzTargets.flatMap(({ name }) => Object.keys(regressions(name)));
  expect(names).toEqual(
    [...new Bun.Glob("*.hex").scanSync({ cwd: `${import.meta.dir}/regressions` })].map((f) =>
      f.replace(".hex", ""),
    ),
  );
});
