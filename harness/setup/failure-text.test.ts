import { expect, test } from "bun:test";
import { $ } from "zx";
import { failureText } from "./failure-text.ts";

async function failureOf(script: string): Promise<string> {
  return failureText(await $({ quiet: true, nothrow: false })`sh -c ${script}`.catch((error) => error));
}

test("a failed command speaks for itself, without a stack", async () => {
  expect(await failureOf("echo no such thing >&2; exit 4")).toBe(
    "a command failed with status 4:\nno such thing",
  );
});

test("only the beginning of many complaints is shown", async () => {
  const lines = (await failureOf("seq 100 >&2; exit 1")).split("\n");
  expect([lines.length, lines[1], lines.at(-1)]).toEqual([22, "1", "… and 80 more lines"]);
});

test("a full disk is called that", () => {
  expect(failureText(Object.assign(new Error("write"), { code: "ENOSPC" }))).toBe("the disk is full: write");
});
