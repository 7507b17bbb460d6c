/** A program from elsewhere that knows libscap only by pkg-config, compiled as C11 and C++, by gcc and clang. */
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { buildPath, root } from "../../../harness/build/root.ts";
import { ensure } from "../../../harness/build/step.ts";
import { toolchain } from "../../../harness/build/toolchain.ts";
import { type Arch, architectures } from "../../../harness/run/target.ts";
import { hostArch } from "../../../harness/setup/host.ts";
import { engineFlags, includes, librarySources, libscapShared, libscapStatic, warnings } from "../build.ts";
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

const pkgConfigOf = (arch: Arch, ...options: string[]) =>
  run(["pkg-config", ...options, "libscap"], { PKG_CONFIG_PATH: `${prefixOf(arch)}/lib/pkgconfig` });
const pkgConfig = (...options: string[]) => pkgConfigOf(hostArch(), ...options);
const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");

test("the version is that of scap.h", () => {
  expect(pkgConfig("--modversion")).toBe(apiVersion());
});

describe.each([
  ["gcc", ["gcc", "-std=c11"]],
  ["clang", ["clang-14", "-std=c11"]],
  ["g++", ["g++", "-x", "c++"]],
] as const)("compiled by %s", (name, cc) => {
  const capture = `${root}/lib/scap/testdata/vm-http.scap.gz`;
  const flags = ["-Wall", "-Wextra", "-Werror", ...words(pkgConfig("--cflags")), source];

  test("with the shared library", () => {
    const program = `${dir}/shared-${name}`;
    run([...cc, ...flags, "-x", "none", "-o", program, ...words(pkgConfig("--libs"))]);
    expect(run([program, capture], { LD_LIBRARY_PATH: `${prefixOf(hostArch())}/lib` })).toBe("16922");
  });

  test("with the archive, into a static program", () => {
    const program = `${dir}/static-${name}`;
    run([...cc, ...flags, "-x", "none", "-static", "-o", program, ...words(pkgConfig("--static", "--libs"))]);
    expect(run([program, capture])).toBe("16922");
  });
});

test("clang takes every source of the library, engines included, without a warning", () => {
  const flags = [...warnings, "-fsyntax-only", ...includes, ...engineFlags(hostArch())];
  run(["clang-14", ...flags, ...librarySources().map((path) => `${root}/${path}`)]);
}, 60_000);

const machines = {
  x86_64: "X86-64",
  aarch64: "AArch64",
  s390x: "S/390",
  riscv64: "RISC-V",
  ppc64le: "PowerPC64",
} as const;

describe.each(architectures)("for %s", (arch) => {
  test("both libraries, for that machine, without code that wants an executable stack", async () => {
    await ensure(libscapShared(arch));
    await ensure(libscapStatic(arch));
    const { triple } = toolchain(arch);
    const header = run([`${triple}-readelf`, "-hlW", buildPath(arch, "libscap.so")]);
    expect(header).toContain(machines[arch]);
    expect(header).not.toMatch(/GNU_STACK.*RWE/);
    expect(run([`${triple}-nm`, "--defined-only", buildPath(arch, "libscap.a")])).toContain(
      " T scap_open_file",
    );
  }, 300_000);

  // They run in guests as scap-open does: scap-open.test.ts.
  test("a program links with either, by gcc and clang", async () => {
    await ensure(installedLibscap(arch));
    const { triple, cc } = toolchain(arch);
    for (const [name, compiler] of Object.entries({ gcc: [cc], clang: ["clang-14", `--target=${triple}`] }))
      for (const kind of [[], ["--static"]]) {
        const program = `${dir}/${arch}-${name}${kind}`;
        const flags = words(pkgConfigOf(arch, ...kind, "--cflags", "--libs"));
        const how = kind.length > 0 ? ["-static"] : [];
        run([
          ...compiler,
          "-std=c11",
          "-Wall",
          "-Wextra",
          "-Werror",
          ...how,
          "-o",
          program,
          source,
          ...flags,
        ]);
        const told = run([`${triple}-readelf`, "-hdW", program]);
        expect(told).toContain(machines[arch]);
        if (kind.length > 0) expect(told).not.toContain("(NEEDED)");
        else expect(told).toContain("Shared library: [libscap.so.1]");
      }
  }, 300_000);
});
