import { expect, test } from "bun:test";
import { rollUp, rollUpCells } from "./outcomes.ts";
import { supportTable } from "./support.ts";
import { report, result, targetLine } from "./testing/results.ts";
import { supportTiers } from "./tiers.ts";

test.each([
  [["pass", "pass"], "pass"],
  [["pass", "fail"], "partial"],
  [["pass", "unsupported"], "pass"],
  [["pass", "skipped", "flaky"], "flaky"],
  [["pass", "flaky", "fail"], "partial"],
  [["flaky", "fail"], "fail"],
  [["unsupported", "skipped"], "unsupported"],
  [["not-run", "unsupported"], "not-run"],
  [["unsupported", "fail"], "fail"],
  [["not-run", "infra-error"], "infra-error"],
  [["skipped"], "skipped"],
] as const)("cases %p roll up to %s", (outcomes, cell) => {
  expect(rollUp(outcomes)).toBe(cell);
});

test.each([
  [["pass", "partial"], "partial"],
  [["pass", "fail"], "partial"],
  [["fail", "unsupported"], "fail"],
  [["pass", "flaky"], "flaky"],
  [["pass", "unsupported"], "pass"],
  [["pass", "pass"], "pass"],
] as const)("cells %p roll up to %s", (outcomes, whole) => {
  expect(rollUpCells(outcomes)).toBe(whole);
});

test("targets stand in the order of their kernels' versions", () => {
  const on = (kernel: string) => result("open/a", "pass", { target: `x86_64/${kernel}/kmod` });
  const { grid } = report([on("debian-6.12"), on("debian-5.10"), on("debian-6.1")]);
  expect(grid.targets.map((name) => name.split("/")[1])).toEqual([
    "debian-5.10",
    "debian-6.1",
    "debian-6.12",
  ]);
});

test("a syscall is measured on so many targets of the architecture; not-run is no measurement", () => {
  const on = (driver: string) => ({ target: `s390x/debian-6.12/${driver}` });
  const { grid } = report([
    result("openat/a", "pass", on("kmod")),
    result("openat/a", "not-run", on("modern_bpf")),
    result("a-new-one/a", "pass", on("kmod")),
  ]);
  const table = supportTable(grid);
  const find = (syscall: string, arch: string) =>
    table.find((row) => row.syscall === syscall)!.byArch.find((support) => support.arch === arch);
  expect(find("openat", "s390x")).toMatchObject({ fact: "own", outcome: "partial", measured: 1, targets: 2 });
  expect(find("openat", "x86_64")).toMatchObject({ fact: "own", outcome: null, measured: 0, targets: 0 });
  expect(find("open", "aarch64")).toMatchObject({ fact: "not on arch" });
  expect(find("getpid", "aarch64")).toMatchObject({ fact: "generic" });
  expect(find("a-new-one", "s390x")).toMatchObject({ fact: null, outcome: "pass" });
});

test("cases with 32-bit calls are counted by themselves, too", () => {
  const { grid } = report([
    result("openat/a", "pass"),
    result("openat/a@ia32", "pass"),
    result("openat/b@ia32", "unsupported"),
  ]);
  const [target] = grid.targets;
  expect(grid.compat(target!)).toEqual({ pass: 1, unsupported: 1 });
  expect(grid.counts(target!)).toEqual({ pass: 2, unsupported: 1 });
});

test("support is what was measured: no claim without a pass, none for what was not tried", () => {
  const on = (target: string) => ({ target });
  const { grid } = report([
    result("openat/a", "pass", on("x86_64/debian-5.10/kmod")),
    result("openat/b", "unsupported", on("x86_64/debian-5.10/kmod")),
    result("openat/a", "pass", on("x86_64/debian-6.12/kmod")),
    result("openat/a", "pass", on("x86_64/debian-6.12/modern_bpf")),
    result("openat/b", "fail", on("x86_64/debian-6.12/modern_bpf")),
    result("openat/a", "pass", on("aarch64/debian-6.12/kmod")),
    targetLine("aarch64/debian-7.3/kmod", { outcome: "infra-error" }),
    targetLine("s390x/debian-6.12/kmod", { outcome: "infra-error" }),
  ]);
  const tiers = supportTiers(grid);
  const find = (arch: string, driver: string) =>
    tiers.find((support) => support.arch === arch && support.driver === driver);
  expect(find("x86_64", "kmod")).toMatchObject({ tier: "tested", kernels: ["debian-5.10", "debian-6.12"] });
  expect(find("x86_64", "modern_bpf")).toMatchObject({
    tier: "tested, with failures",
    counts: { pass: 1, fail: 1 },
  });
  expect(find("aarch64", "kmod")).toMatchObject({ tier: "tested, with failures", kernels: ["debian-6.12"] });
  expect(find("s390x", "kmod")).toMatchObject({ tier: "does not run", kernels: [] });
  expect(find("riscv64", "kmod")).toMatchObject({ tier: "not measured" });
});
