import { afterEach, beforeEach, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { nameOf } from "./catalogue.ts";
import type { Lock, LockedFile } from "./lock.ts";
import { dropPackages, findRubbish, removeRubbish } from "./prune.ts";
import { lockHash, replaceDirectory } from "./store.ts";

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "prune-"));
});
afterEach(() => rmSync(cache, { recursive: true }));

/** Packages of made-up content; the name is a digit of which the sha256 consists. */
const packageOf = (digit: string): LockedFile => ({
  role: "image",
  package: `linux-image-${digit}`,
  version: "1",
  suite: "sid",
  path: `pool/${digit}.deb`,
  sha256: digit.repeat(64),
  size: 3,
});

function lockOf(kernels: Record<string, string>): Lock {
  const facts = { btf: true, jit: true, compat: true, pageSize: 4096 };
  const entries = Object.entries(kernels).map(([id, digits]) => [
    id,
    { release: "1", version: "1", facts, files: [...digits].map(packageOf) },
  ]);
  return { schema: 1, kernels: Object.fromEntries(entries) };
}

const lock = lockOf({ "x86_64/debian-6.1": "12", "x86_64/debian-6.12": "23", "s390x/debian-6.1": "4" });
const kernels = Object.keys(lock.kernels).map(nameOf);

function addDebs(digits: string, directory = "debs"): void {
  mkdirSync(join(cache, directory), { recursive: true });
  for (const digit of digits) writeFileSync(join(cache, directory, `${digit.repeat(64)}.deb`), "deb");
}

async function unpack(id: string): Promise<void> {
  const locked = lock.kernels[id]!;
  const record = { ...locked, lockHash: lockHash(locked), lockedVersion: locked.version };
  await replaceDirectory(join(cache, id), record, async (temporary) => {
    mkdirSync(join(temporary, "modules"), { recursive: true });
    for (const file of ["image", "config"]) writeFileSync(join(temporary, file), file);
  });
}

/** Paths below the cache, packages by their digit, with the reason. */
async function rubbish(chosen = kernels, packages = true): Promise<string[]> {
  const found = await findRubbish(cache, { kernels: chosen, lock, packages, others: "not chosen" });
  return found.map(({ path, reason }) => `${relative(cache, path).replace(/(\d)\1{63}/, "$1")}: ${reason}`);
}

test("a cache that is needed, or empty", async () => {
  expect(await rubbish()).toEqual([]);
  addDebs("1234");
  addDebs("3", "debs/partial");
  await unpack("x86_64/debian-6.12");
  expect(await rubbish()).toEqual([]);
});

test("what the lock does not name", async () => {
  addDebs("15");
  addDebs("6", "debs/partial");
  mkdirSync(join(cache, "x86_64/debian-4.19"), { recursive: true });
  mkdirSync(join(cache, "s390x/debian-6.1.new"), { recursive: true });
  expect(await rubbish()).toEqual([
    "x86_64/debian-4.19: not chosen",
    "s390x/debian-6.1.new: left by an interrupted fetch",
    "debs/5.deb: no kernel that stays has this package",
    "debs/partial/6.deb: no kernel that stays has this package",
  ]);
});

test("what the chosen kernels do not need; a package that two share stays", async () => {
  addDebs("1234");
  for (const { id } of kernels) await unpack(id);
  const [first] = kernels;
  expect(await rubbish([first!])).toEqual([
    "x86_64/debian-6.12: not chosen",
    "s390x/debian-6.1: not chosen",
    "debs/3.deb: no kernel that stays has this package",
    "debs/4.deb: no kernel that stays has this package",
  ]);
});

test("packages that are unpacked, but none that another kernel waits for", async () => {
  addDebs("1234");
  await unpack("x86_64/debian-6.1");
  expect(await rubbish(kernels, false)).toEqual(["debs/1.deb: unpacked"]);
});

test("what was found is removed, and no more", async () => {
  addDebs("15");
  await unpack("x86_64/debian-6.1");
  const found = await findRubbish(cache, { kernels, lock, packages: true, others: "" });
  removeRubbish(found);
  expect([found.every(({ bytes }) => bytes > 0), readdirSync(join(cache, "debs")).length]).toEqual([true, 1]);
  expect(existsSync(join(cache, "x86_64/debian-6.1/image"))).toBe(true);
});

test("packages of unpacked kernels are dropped", async () => {
  addDebs("1234");
  await unpack("x86_64/debian-6.1");
  expect(dropPackages(cache, kernels)).toBe(6);
  expect(
    readdirSync(join(cache, "debs"))
      .map((name) => name[0])
      .sort(),
  ).toEqual(["3", "4"]);
});
