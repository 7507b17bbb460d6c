/** Nothing is built in a clone, and what is built in an old checkout may be out of date. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyCheckout } from "../build/testing/checkout.ts";
import { commandNames } from "./commands.ts";

let copy: string;
beforeAll(() => {
  copy = copyCheckout();
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

async function scapyard(...words: string[]): Promise<string> {
  const command = [process.execPath, join(copy, "harness/cli/main.ts"), ...words];
  const child = Bun.spawn(command, { cwd: copy, stdout: "pipe", stderr: "pipe" });
  const streams = [child.stdout, child.stderr].map((stream) => new Response(stream).text());
  const [out, err] = await Promise.all(streams);
  expect({ status: await child.exited, err }).toMatchObject({ status: 0 });
  return out!;
}

/** scap-open is a program, which must be built to tell its options. */
const loaded = commandNames.filter((name) => name !== "scap-open");

test.each(loaded)("%s loads where nothing is built", async (name) => {
  rmSync(join(copy, "build"), { recursive: true, force: true });
  expect(await scapyard(name, "--help")).toStartWith(`usage: scapyard ${name} `);
});

test("the first run after an edit of the schema knows of it", async () => {
  const list = () => scapyard("run", "--list", "--target", "x86_64/debian-6.12/kmod", "--case", "close/*");
  const twin = "x86_64/debian-6.12/kmod:close/an-open-file@ia32";
  expect(await list()).toContain(twin);
  const schema = join(copy, "drivers/schema/syscalls/open.yaml");
  const before = readFileSync(schema, "utf8");
  const after = before.replace(/^(close: .*) ia32: 6,/m, "$1");
  expect(after).not.toBe(before);
  writeFileSync(schema, after);
  expect(await list()).not.toContain(twin);
});
