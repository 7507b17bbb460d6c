import { expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import fc from "fast-check";
import { logPath } from "./logs.ts";
import { jsonl, result, run, target } from "./testing/results.ts";
import { writeReport } from "./write.ts";

const failed = result("openat/b", "fail", {
  reason: "flags differ",
  diff: "flags: 1, 2",
  raw: ["00ff"],
  console: "oops",
});

test("beside: a plain file for each result that did not pass, linked from the page, and none of it in the page", async () => {
  const dir = mkdtempSync(join(tmpdir(), "report-"));
  const results = join(dir, "results.jsonl");
  await Bun.write(results, jsonl([run(1), result("openat/a", "pass"), failed]).join("\n"));
  await writeReport([results], join(dir, "index.html"), { logs: "beside" });
  expect(readFileSync(join(dir, "logs", target, "openat/b.txt"), "utf8")).toBe(
    `${target}:openat/b\nfail: flags differ\n\n== difference\nflags: 1, 2\n\n== events, raw\n00ff\n\n== console\noops\n\n` +
      `== repeat\n./scapyard repro ${target}:openat/b\n`,
  );
  expect(existsSync(join(dir, "logs", target, "openat/a.txt"))).toBe(false);
  expect(readFileSync(join(dir, "index.html"), "utf8")).toContain(`href="logs/${target}/openat/b.txt"`);
  rmSync(dir, { recursive: true });
});

test("whatever a result is called, its file is below logs, and is that of no other", () => {
  const name = fc.oneof(fc.constantFrom("..", ".", "", "a/../..", "a\u0000", "x".repeat(300)), fc.string());
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 5 }), (names) => {
      const paths = names.map((id) => logPath({ ...failed, case: id }));
      for (const path of paths) {
        expect(normalize(path)).toBe(path);
        expect(path).toStartWith(`logs/${target}/`);
        for (const part of path.split("/")) expect(Buffer.byteLength(part)).toBeLessThan(255);
      }
      expect(new Set(paths).size).toBe(names.length);
    }),
  );
});
