/** What libscap exports is what scap.h declares. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { buildPath, root } from "../../../harness/build/root.ts";
import { ensure } from "../../../harness/build/step.ts";
import { libscapShared, libscapStatic } from "../build.ts";

const header = readFileSync(`${root}/lib/libscap/include/scap.h`, "utf8");
const declared = [...header.matchAll(/^SCAP_API\b[^;]*?\b(scap_\w+)\(/gm)].map((match) => match[1]!).sort();
const arch = process.arch === "arm64" ? "aarch64" : "x86_64";

function defined(file: string, ...options: string[]): string[] {
  const { stdout } = Bun.spawnSync(["nm", ...options, "--defined-only", "--extern-only", file]);
  const symbols = [...stdout.toString().matchAll(/ [TDBRV] (\S+?)(@.*)?$/gm)].map((match) => match[1]!);
  return symbols.filter((name) => name !== "SCAP_1").sort();
}

/** engine_modern_bpf_log.c tells why they are there. */
const allowed = ["loading", "previous"];

await ensure(libscapShared(arch));
await ensure(libscapStatic(arch));

test("the shared library", () => {
  expect(defined(buildPath(arch, "libscap.so"), "-D")).toEqual(declared);
});

test("the archive", () => {
  expect(defined(buildPath(arch, "libscap.a"))).toEqual(declared);
});

test("no state outside of handles but what keeps libbpf's words apart", () => {
  const { stdout } = Bun.spawnSync(["objdump", "-t", buildPath(arch, "libscap.a")]);
  // .data.rel.ro is constant once the program has been loaded
  const variables = stdout
    .toString()
    .matchAll(/ O (\.data|\.data\.rel\.local|\.t?bss|\.tdata|\*COM\*)\s+\S+ (?:\.hidden )?(\S+)/g);
  expect(Array.from(variables, (match) => match[2]!).sort()).toEqual(allowed);
});
