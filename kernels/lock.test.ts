import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { YamlError } from "../harness/yaml/index.ts";
import { readCatalogue } from "./catalogue.ts";
import { type Lock, readLock, writeLock } from "./lock.ts";

function withFile<T>(text: string, work: (file: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "lock-"));
  try {
    const file = join(directory, "lock.yaml");
    writeFileSync(file, text);
    return work(file);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function problem(text: string): [string, number] {
  return withFile(text, (file) => {
    try {
      readLock(file);
    } catch (error) {
      if (error instanceof YamlError) return [error.code, error.line];
      throw error;
    }
    throw new Error("no problem found");
  });
}

const lock: Lock = {
  schema: 1,
  kernels: {
    "x86_64/debian-6.12": {
      release: "6.12.1-amd64",
      version: "6.12.1-1",
      files: [
        {
          role: "image",
          package: "linux-image-6.12.1-amd64",
          version: "6.12.1-1",
          suite: "trixie",
          path: "pool/main/l/linux/image.deb",
          sha256: "0".repeat(64),
          size: 7,
        },
      ],
      facts: { btf: true, jit: true, compat: false, pageSize: 4096 },
    },
  },
};

test("what is written is read back", () => {
  withFile("", (file) => {
    writeLock(lock, file);
    expect(readLock(file)).toEqual(lock);
  });
});

const text = (entry: string) => `schema: 1
kernels:
  x86_64/debian-6.12:
    release: 6.12.1-amd64
    version: 6.12.1-1
    facts: { btf: true, jit: true, compat: true, pageSize: 4096 }
    files:
      - role: image
        package: p
        version: 6.12.1-1
        suite: trixie
        ${entry}
        size: 7
`;
const sha256 = `sha256: "${"0".repeat(64)}"`;

test.each([
  ["schema: 2\nkernels: {}\n", "type", 1],
  ["schema: 1\nkernels:\n  vax/debian-6.12: {}\n", "value", 3],
  [text(`${sha256}\n        path: http://example.org/pool/x.deb`), "value", 13],
  [text("path: pool/x.deb\n        sha256: abc"), "value", 13],
  [text(`path: pool/x.deb\n        ${sha256}\n        mirror: here`), "unknown-key", 14],
  [text("path: pool/x.deb"), "missing-key", 8],
])("a malformed lock names the line", (content, code, line) => {
  expect(problem(content)).toEqual([code, line]);
});

test("every kernel of the catalogue is locked, with all packages of one version", () => {
  const { kernels } = readLock();
  for (const { id, series, headers } of readCatalogue()) {
    const { version, files } = kernels[id]!;
    const kernelFiles = files.filter(({ role }) => role !== "library");
    const split: string[] = kernelFiles[0]!.package.startsWith("linux-binary-") ? ["modules", "config"] : [];
    const building = headers === false ? [] : ["headers", "headers-common", "kbuild"];
    const roles: string[] = kernelFiles.map(({ role }) => role);
    expect([id, roles]).toEqual([id, ["image", ...split, ...building]]);
    expect([id, new Set(kernelFiles.map((file) => file.version))]).toEqual([id, new Set([version])]);
    expect(version.startsWith(`${series}.`)).toBe(true);
  }
});
