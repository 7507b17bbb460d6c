import { expect, test } from "bun:test";
import { parseDistribution } from "./distribution.ts";
import { installAdvice } from "./install.ts";
import { loadPackages, missingPackages } from "./packages.ts";

const packages = loadPackages();
const missing = missingPackages(packages, (proof) => proof !== "qemu-system-x86_64" && proof !== "gcc");

test("a package is missing if its proof is not there", () => {
  expect(missing.map(({ debian }) => debian)).toEqual(["qemu-system-x86", "gcc"]);
});

test("no package is listed twice", () => {
  expect(new Set(packages.map(({ debian }) => debian)).size).toBe(packages.length);
});

test("proofs are commands in PATH, paths, or globs of paths", () => {
  const [model] = packages;
  const proofs = ["sh", "no-such-command", "/etc/passwd", "/no/such/file", "/etc/pass*", "/etc/no-such-*"];
  const found = missingPackages(proofs.map((proof) => ({ ...model!, proof })));
  expect(found.map(({ proof }) => proof)).toEqual(["no-such-command", "/no/such/file", "/etc/no-such-*"]);
});

test.each([
  ['ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n', "Debian GNU/Linux 12 (bookworm)", "debian"],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', "linuxmint", "debian"],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', "rocky", "fedora"],
  ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', "opensuse-tumbleweed", "opensuse"],
  ["ID=nixos\n", "nixos", undefined],
] as const)("os-release %j", (text, name, family) => {
  expect(parseDistribution(text)).toEqual({ name, family });
});

test("on another distribution the advice is its own command with its own names", () => {
  expect(installAdvice({ name: "Fedora Linux 43", family: "fedora" }, missing)).toBe(
    `these packages are missing:
  qemu-system-x86-core: the virtual machines (qemu-system-x86_64)
  gcc: compiles libscap, the agent and the kernel module (gcc)
run: dnf install qemu-system-x86-core gcc`,
  );
});

test("on an unknown distribution the advice says what each package must bring", () => {
  const advice = installAdvice({ name: "NixOS", family: undefined }, missing);
  expect(advice).toContain("NixOS is not known here; install what Debian calls: qemu-system-x86 gcc");
});
