/** The executor as an ordinary process, with sanitizers. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import type { BlockBuilder } from "../program/index.ts";
import { executorTests } from "./executor-tests.ts";
import { type LocalAgent, localAgent } from "./testing.ts";

// The agent may have to be built first.
setDefaultTimeout(180_000);

let local: LocalAgent;
beforeAll(async () => {
  local = await localAgent();
});
afterAll(async () => {
  await local[Symbol.asyncDispose]();
});

executorTests("x86_64", () => local);

test("each program starts in an empty directory of its own, and leaves nothing", async () => {
  const build = (p: BlockBuilder) => {
    p.mkdir("dir", 0o700);
    p.symlink("nowhere", "dir/link");
    p.creat("dir/file", 0o400);
    p.chdir("dir");
  };
  await local.run(build);
  await local.run(build);
  expect(readdirSync(local.dir)).toEqual(["exec-me"]);
});
