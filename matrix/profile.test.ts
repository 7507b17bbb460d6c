import { afterEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatTarget } from "../harness/run/target.ts";
import { parseConfig } from "../kernels/facts.ts";
import type { KernelFacts, ListedKernel } from "../kernels/index.ts";
import { loadProfileFile } from "./profile.ts";
import { isSeriesCondition, seriesMeets } from "./series.ts";

const dirs: string[] = [];
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true });
});

const kernel = (id: string, facts: Partial<KernelFacts> = {}, config?: string): ListedKernel => {
  const [arch, name] = id.split("/") as [ListedKernel["arch"], string];
  const usual = { btf: true, jit: true, compat: true, headers: true, pageSize: 4096 };
  return {
    ...{ id, arch, name, series: /\d+\.\d+/.exec(name)![0] },
    facts: { ...usual, ...facts },
    config: () => (config === undefined ? undefined : parseConfig(config)),
  };
};

const kernels = [
  kernel("x86_64/debian-6.1", { btf: false }, "CONFIG_KPROBES=y"),
  kernel("x86_64/debian-6.12", {}, "CONFIG_KPROBES=m"),
  kernel("x86_64/debian-6.16", { headers: false }, ""),
  kernel("aarch64/debian-6.12"),
  kernel("aarch64/debian-6.12-64k", { pageSize: 65536 }),
  kernel("aarch64/debian-6.9"),
];

function targets(yaml: string): string[] {
  const dir = mkdtempSync(join(tmpdir(), "profile-"));
  dirs.push(dir);
  writeFileSync(join(dir, "p.yaml"), yaml);
  return loadProfileFile(join(dir, "p.yaml"), kernels).map(formatTarget);
}

test("an empty entry is every kernel with every driver", () => {
  const all = targets("include: [{}]");
  expect(all.length).toBe(2 * kernels.length);
  expect(all.slice(0, 2)).toEqual(["x86_64/debian-6.1/modern_bpf", "x86_64/debian-6.1/kmod"]);
});

test.each([
  ["arch: x86_64", ["x86_64/debian-6.1", "x86_64/debian-6.12", "x86_64/debian-6.16"]],
  ["kernel: debian-6.12*", ["x86_64/debian-6.12", "aarch64/debian-6.12", "aarch64/debian-6.12-64k"]],
  ['series: "6.1"', ["x86_64/debian-6.1"]],
  ['series: [">=6.16", "<6.2"]', ["x86_64/debian-6.1", "x86_64/debian-6.16"]],
  ["pageSize: 64K", ["aarch64/debian-6.12-64k"]],
  ["arch: x86_64, requires: headers", ["x86_64/debian-6.1", "x86_64/debian-6.12"]],
  ["arch: x86_64, requires: '!btf'", ["x86_64/debian-6.1"]],
  ["arch: x86_64, requires: [headers, CONFIG_KPROBES=m]", ["x86_64/debian-6.12"]],
  ["newest: 1", ["x86_64/debian-6.16", "aarch64/debian-6.12", "aarch64/debian-6.12-64k"]],
  ["newest: 1, requires: [headers], pageSize: [4K]", ["x86_64/debian-6.12", "aarch64/debian-6.12"]],
  ["newest: 2, arch: aarch64, pageSize: 4K", ["aarch64/debian-6.12", "aarch64/debian-6.9"]],
])("included: %s", (conditions, names) => {
  expect(targets(`include: [{ driver: kmod, ${conditions} }]`)).toEqual(names.map((name) => `${name}/kmod`));
});

test("a target is excluded when all conditions of an entry hold", () => {
  const rest = targets(`include: [{ arch: x86_64 }]
exclude:
  - { driver: kmod, series: ">=6.12" }
  - { kernel: debian-6.1 }`);
  expect(rest).toEqual(["x86_64/debian-6.12/modern_bpf", "x86_64/debian-6.16/modern_bpf"]);
});

test("entries may overlap; a target is visited once, and once for each set of options", () => {
  const names = targets(`include:
  - { kernel: debian-6.1, driver: kmod, options: { cpus: 2, memory: 1024 } }
  - { kernel: debian-6.1 }
  - { arch: x86_64, series: "<6.2", options: { jit: on } }`);
  expect(names).toEqual([
    "x86_64/debian-6.1/kmod+cpus=2+memory=1024",
    "x86_64/debian-6.1/modern_bpf",
    "x86_64/debian-6.1/kmod",
  ]);
});

test.each([
  ["include: [{ driver: kmodd }]", "p.yaml:1:21: unknown name kmodd; did you mean kmod"],
  ["include:\n  - archs: x86_64", "p.yaml:2:5: unknown key archs; did you mean arch"],
  ["include: []", "p.yaml:1:10: nothing is included"],
  ["include: [{ series: 6.10 }]", "p.yaml:1:21"],
  ["include: [{ series: '6' }]", "a series is"],
  ["include: [{ arch: [x86_64, x86_64] }]", "listed twice"],
  ["include: [{ requires: [] }]", "an empty list matches nothing"],
  ["include: [{ requires: bft }]", "p.yaml:1:23: unknown requirement bft; did you mean btf"],
  [
    "include: [{ requires: CONFIG_KPROBES }]",
    "stands in its configuration: ./scapyard kernels fetch aarch64/",
  ],
  ["include: [{ options: { memory: 5 } }]", "p.yaml:1:32: at least 128 MiB"],
  ["include: [{}]\nexclude: [{}]", "p.yaml:2:11: an empty entry would exclude everything"],
  ["include: [{}]\nexclude: [{ newest: 1 }]", "p.yaml:2:13: unknown key newest"],
  ["include:\n  - {}\n  - kernel: debian-9.*", "p.yaml:3:5: no target is like this"],
  ["include: [{ arch: x86_64 }]\nexclude: [{ arch: aarch64 }]", "p.yaml:2:11: nothing that is included"],
  ["include: [{}", "p.yaml:1:"],
])("refused, with its place: %s", (yaml, message) => {
  expect(() => targets(yaml)).toThrow(message);
});

test("series are ordered by their two numbers", () => {
  expect(seriesMeets("6.10", "6.1")).toBe(false);
  expect(seriesMeets("6.10", ">6.9")).toBe(true);
  expect(seriesMeets("5.19", "<=6.0")).toBe(true);
  expect(seriesMeets("6.0", "<6.0")).toBe(false);
  expect(isSeriesCondition("=6.1")).toBe(false);
});
