/** A program from elsewhere that knows libscap only by pkg-config, compiled as C11 and C++, by gcc and clang. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { buildPath, root } from "../../../harness/build/root.ts";
import { ensure } from "../../../harness/build/step.ts";
import { toolchain } from "../../../harness/build/toolchain.ts";
import { type Arch, architectures } from "../../../harness/run/target.ts";
import { hostArch } from "../../../harness/setup/host.ts";
import { engineFlags, includes, librarySources, warnings } from "../build.ts";
import { apiVersion, installedLibscap, prefixOf } from "../pkg-config.ts";

const dir = mkdtempSync(`${tmpdir()}/libscap-external-`);
afterAll(() => rmSync(dir, { recursive: true }));

const source = `${dir}/count.c`;
writeFileSync(
  source,
  `#include <scap.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	struct scap_error err;
	struct scap *scap;
	const struct scap_event *event;
	unsigned events = 0;

	if (argc != 2 || scap_open_file(argv[1], &scap, &err) != SCAP_OK)
		return 1;
	while (scap_next(scap, &event, NULL, NULL) == SCAP_OK)
		events++;
	scap_close(scap);
	printf("%u\\n", events);
	return 0;
}
`,
);

await ensure(installedLibscap(hostArch()));

function run(words: readonly string[], env: Record<string, string> = {}): string {
  const { stdout, stderr, exitCode } = Bun.spawnSync([...words], { env: { ...process.env, ...env } });
  expect([exitCode, stderr.toString()]).toEqual([0, ""]);
  return stdout.toString().trim();
}

const prefix = prefixOf(hostArch());
/** What pkg-config says, in words. */
const pkgConfig = (arch: Arch, ...options: string[]) =>
  run(["pkg-config", ...options, "libscap"], { PKG_CONFIG_PATH: `${prefixOf(arch)}/lib/pkgconfig` })
    .split(/\s+/)
    .filter((word) => word !== "");
const strict = ["-Wall", "-Wextra", "-Werror"];

test("the version is that of scap.h", () => {
  expect(pkgConfig(hostArch(), "--modversion")).toEqual([apiVersion()]);
});

describe.each([
  ["gcc", ["gcc", "-std=c11"]],
  ["clang", ["clang-14", "-std=c11"]],
  ["g++", ["g++", "-x", "c++"]],
] as const)("compiled by %s", (name, cc) => {
  const capture = `${root}/lib/scap/testdata/vm-http.scap.gz`;
  const flags = [...strict, ...pkgConfig(hostArch(), "--cflags"), source];
  const libraries = (...options: string[]) => pkgConfig(hostArch(), ...options, "--libs");

  test("with the shared library", () => {
    const program = `${dir}/shared-${name}`;
    run([...cc, ...flags, "-x", "none", "-o", program, ...libraries()]);
    expect(run([program, capture], { LD_LIBRARY_PATH: `${prefix}/lib` })).toBe("16922");
  });

  test("with the archive, into a static program", () => {
    const program = `${dir}/static-${name}`;
    run([...cc, ...flags, "-x", "none", "-static", "-o", program, ...libraries("--static")]);
    expect(run([program, capture])).toBe("16922");
  });
});

const machines = {
  x86_64: "X86-64",
  aarch64: "AArch64",
  s390x: "S/390",
  riscv64: "RISC-V",
  ppc64le: "PowerPC64",
} as const;

describe.each(architectures)("for %s", (arch) => {
  const { triple } = toolchain(arch);
  beforeAll(async () => {
    await ensure(installedLibscap(arch));
  }, 600_000);

  test("both libraries, for that machine, without code that wants an executable stack", () => {
    const header = run([`${triple}-readelf`, "-hlW", buildPath(arch, "libscap.so")]);
    expect(header).toContain(machines[arch]);
    expect(header).not.toMatch(/GNU_STACK.*RWE/);
    expect(run([`${triple}-nm`, "--defined-only", buildPath(arch, "libscap.a")])).toContain(
      " T scap_open_file",
    );
  });

  test.each([
    ["shared", []],
    ["static", ["-static"]],
  ])("a program from elsewhere is linked: %s", (kind, link) => {
    const program = `${dir}/${arch}-${kind}`;
    const libraries = pkgConfig(arch, ...link.map(() => "--static"), "--libs");
    const flags = ["-std=c11", ...strict, ...pkgConfig(arch, "--cflags"), ...link];
    run([`${triple}-gcc`, ...flags, source, "-o", program, ...libraries]);
    const header = run([`${triple}-readelf`, "-hdW", program]);
    expect(header).toContain(machines[arch]);
    expect(header.includes("[libscap.so.1]")).toBe(kind === "shared");
  });

  test("clang takes every source of the library, engines included, without a warning", () => {
    const target = [
      `--target=${triple}`,
      ...(arch === hostArch() ? [] : ["-isystem", `/usr/${triple}/include`]),
    ];
    const flags = [...target, ...warnings, "-fsyntax-only", ...includes, ...engineFlags(arch)];
    run(["clang-14", ...flags, ...librarySources().map((path) => `${root}/${path}`)]);
  }, 120_000);
});
