/** Package lists of a mirror whose files are of different ages. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KernelError } from "../error.ts";
import { FakeArchive } from "../testing/archive.ts";
import { fetchIndex } from "./index.ts";

setDefaultTimeout(60_000);

let archive: FakeArchive;
let cache: string;
let notes: string[];

beforeAll(async () => {
  archive = await FakeArchive.create();
});
afterAll(() => archive[Symbol.asyncDispose]());
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "index-"));
  notes = [];
});
afterEach(() => rmSync(cache, { recursive: true }));

const list = "/debian/dists/trixie/main/binary-s390x/Packages.xz";
const some = (version: string) => [{ name: "linux-image-1", version, architecture: "s390x", files: {} }];

/** Versions that the index has, or the error's code. */
async function versions(): Promise<string[] | string> {
  const progress = (event: { kind: string; text?: string }) => void notes.push(event.text ?? "");
  return fetchIndex(archive.mirror, "trixie", "s390x", cache, progress).then(
    ({ packages }) => packages.map(({ version }) => version),
    (error: KernelError) => error.code,
  );
}

test("the list that the Release file signs", async () => {
  await archive.publish("trixie", some("2"), "Suite: stable\n");
  await archive.publish("trixie", some("1"), "Suite: stable\n", "stable");
  expect([await versions(), notes]).toEqual([["2"], []]);
});

test.each([
  ["is another", () => archive.replaced.set(list, new Uint8Array([1, 2, 3]))],
  ["is not there", () => archive.missing.add(list)],
])("if the list %s, the one under the suite's other name is taken, and said", async (_, spoil) => {
  await archive.publish("trixie", some("2"), "Suite: stable\n");
  await archive.publish("trixie", some("1"), "Suite: stable\nDate: yesterday\n", "stable");
  spoil();
  expect(await versions()).toEqual(["1"]);
  expect(notes).toEqual([expect.stringContaining("taking those of stable, yesterday")]);
});

test("… but never another suite's", async () => {
  await archive.publish("trixie", some("2"), "Suite: stable\n");
  await archive.publish("forky", some("3"), "", "stable");
  archive.missing.add(list);
  expect(await versions()).toBe("signature");
});

test("… and without another name it is an error", async () => {
  await archive.publish("trixie", some("2"));
  archive.missing.add(list);
  expect(await versions()).toBe("gone");
});

afterEach(() => {
  archive.missing.clear();
  archive.replaced.clear();
});
