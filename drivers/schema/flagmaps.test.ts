/** What the conversions give, typed by hand; the other architectures' values through -DSCAP_ARCH_…. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPath } from "../../harness/build/root.ts";
import type { Arch } from "./model/archs.ts";

const rows: [arch: Arch, call: string, result: number][] = [
  ["x86_64", "open_flags(0)", 0x1], // O_RDONLY
  ["x86_64", "open_flags(01)", 0x2],
  ["x86_64", "open_flags(02)", 0x3],
  ["x86_64", "open_flags(03)", 0x1], // no access mode
  ["x86_64", "open_flags(0102 | 01000 | 02000000)", 0x3 | 0x4 | 0x100 | 0x1000],
  ["x86_64", "open_flags(0200000)", 0x1 | 0x400], // O_DIRECTORY, a part of O_TMPFILE
  ["x86_64", "open_flags(0100000)", 0x1 | 0x800], // O_LARGEFILE
  ["aarch64", "open_flags(0200000)", 0x1 | 0x200], // O_DIRECT
  ["aarch64", "open_flags(040000)", 0x1 | 0x400],
  ["ppc64le", "open_flags(0400000)", 0x1 | 0x200],
  ["s390x", "open_flags(040000)", 0x1 | 0x200],
  ["x86_64", "open_mode(0106644)", 0o6644],
  ["x86_64", "mknod_mode(0)", 0o100000], // no type: a regular file
  ["x86_64", "mknod_mode(010644)", 0o10644],
  ["x86_64", "mknod_mode(060600)", 0o60600],
  ["x86_64", "pf_flags(0)", 0x2 | 0x8 | 0x20],
  ["x86_64", "pf_flags(0x1f)", 0x1 | 0x4 | 0x10 | 0x40 | 0x80],
  ["x86_64", "mmap_flags(0x22)", 0x2 | 0x8],
  ["x86_64", "mmap_flags(0x2000)", 0x4000], // MAP_LOCKED
  ["ppc64le", "mmap_flags(0x80)", 0x4000],
  ["x86_64", "mmap_flags(0x40)", 0x10], // MAP_32BIT
  ["aarch64", "mmap_flags(0x40)", 0],
  ["ppc64le", "mlockall_flags(0x6000)", 0x3],
  ["ppc64le", "sockopt_optname(18)", 20], // SO_RCVTIMEO
  ["x86_64", "sockopt_optname(20)", 20],
  ["x86_64", "sockopt_optname(66)", 20], // SO_RCVTIMEO_NEW
  ["x86_64", "sockopt_optname(9999)", 0],
  ["x86_64", "socket_family(10)", 10],
  ["x86_64", "socket_family(27)", 0], // not in the table
  ["x86_64", "clone_flags(0x01200011)", 0x1000000 | 0x800000], // fork(3): the signal leaves no trace
  ["x86_64", "futex_op(128 | 9)", 128 | 9],
  ["x86_64", "futex_op(256 | 77)", 256],
  ["x86_64", "rlimit_resource(7)", 7],
  ["x86_64", "rlimit_resource(99)", 255],
  ["x86_64", "shutdown_how(3)", 0xffff],
  ["x86_64", "quotactl_cmd(0x800002)", 1],
  ["x86_64", "quotactl_cmd(1)", 0],
  ["x86_64", "prctl_options(1499557217)", 1499557217],
  ["x86_64", "capabilities(~0ull)", 0x1ffffffffff],
  ["x86_64", "delete_module_flags(04000 | 01000)", 3],
  ["x86_64", "poll_events(0x2001)", 0x9],
];

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "flagmaps-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

const byArch = Map.groupBy(rows, ([arch]) => arch);

test.each([...byArch])("conversions on %s", async (arch, rows) => {
  const prints = rows.map(([, call]) => `printf("%llu\\n", (unsigned long long)scap_map_${call});`);
  const source = `#include <stdio.h>\n#include "scap_flagmaps.h"\nint main(void)\n{\n${prints.join("\n")}\nreturn 0;\n}\n`;
  await Bun.write(join(dir, "test.c"), source);
  const define = `-DSCAP_ARCH_${arch.toUpperCase()}`;
  const out = join(dir, arch);
  const compiler = ["gcc", "-Werror", define, `-I${buildPath("gen", "c")}`, join(dir, "test.c"), "-o", out];
  expect(Bun.spawnSync(compiler).stderr.toString()).toBe("");
  const results = Bun.spawnSync([out]).stdout.toString().trim().split("\n").map(Number);
  expect(rows.map(([, call], i) => `${call} = ${results[i]}`)).toEqual(
    rows.map(([, call, result]) => `${call} = ${result}`),
  );
});
