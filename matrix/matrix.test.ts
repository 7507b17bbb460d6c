import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listKernels } from "../kernels/index.ts";
import { findExpected, loadExpected } from "./expected.ts";
import { loadProfile, profileNames } from "./profile.ts";

setDefaultTimeout(60_000);

const dirs: string[] = [];
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true });
});

function directory(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), "matrix-"));
  dirs.push(dir);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

test("the profiles are all files but the list of expected outcomes", () => {
  const dir = directory({ "b.yaml": "", "a.yaml": "", "expected.yaml": "", "note.txt": "" });
  expect(profileNames(dir)).toEqual(["a", "b"]);
});

test("every profile loads, and every kernel in it is in the catalogue", () => {
  const known = new Set(listKernels().map(({ arch, name }) => `${arch}/${name}`));
  for (const name of profileNames())
    for (const { arch, kernel } of loadProfile(name)) expect(known).toContain(`${arch}/${kernel}`);
});

const entry = `- target: x86_64/*/kmod
  case: openat2/*
  outcome: unsupported
  reason: openat2 came with Linux 5.6
`;

test("an expected entry is found by target and case; a star crosses no slash", () => {
  const entries = loadExpected(join(directory({ "expected.yaml": entry }), "expected.yaml"));
  const found = (target: string, id: string) => findExpected(entries, { target, case: id }) !== undefined;
  expect(found("x86_64/debian-5.4/kmod", "openat2/a")).toBe(true);
  expect(found("x86_64/debian-5.4/modern_bpf", "openat2/a")).toBe(false);
  expect(found("x86_64/debian-5.4/x/kmod", "openat2/a")).toBe(false);
  expect(found("x86_64/debian-5.4/kmod", "openat/a")).toBe(false);
});

test.each([
  ["a pass is no non-pass", entry.replace("unsupported", "pass")],
  ["no reason", entry.replace(/ {2}reason.*\n/, "")],
  ["a reason that says nothing", entry.replace("openat2 came with Linux 5.6", "n/a")],
])("refused: %s", (_, text) => {
  const file = join(directory({ "expected.yaml": text }), "expected.yaml");
  expect(() => loadExpected(file)).toThrow("expected.yaml:");
});

test("the project's own list is well-formed", () => {
  expect(Array.isArray(loadExpected())).toBe(true);
});
