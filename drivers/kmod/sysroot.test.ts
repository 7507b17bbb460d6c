import { afterEach, beforeEach, expect, test } from "bun:test";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { headersDir, prepareSysroot } from "./sysroot.ts";

const tree = "usr/src/linux-headers-9.9.9-amd64";
const tool = "usr/lib/linux-kbuild-9.9/scripts/basic/fixdep";
let sysroot: string;

beforeEach(() => {
  sysroot = mkdtempSync(join(tmpdir(), "sysroot-"));
  for (const dir of [tree, "usr/src/linux-headers-9.9.9-common", "usr/lib/linux-kbuild-9.9/scripts/basic"])
    mkdirSync(join(sysroot, dir), { recursive: true });
  writeFileSync(
    join(sysroot, tree, "Makefile"),
    "KBUILD_OUTPUT=/usr/src/linux-headers-9.9.9-amd64\ninclude /usr/src/linux-headers-9.9.9-common/Makefile\n",
  );
  copyFileSync("/bin/true", join(sysroot, tool));
  chmodSync(join(sysroot, tool), 0o755);
});
afterEach(() => rmSync(sysroot, { recursive: true }));

test("absolute paths point into the sysroot, also when prepared twice", async () => {
  await prepareSysroot(sysroot);
  await prepareSysroot(sysroot);
  expect(readFileSync(join(sysroot, tree, "Makefile"), "utf8")).toBe(
    `KBUILD_OUTPUT=${sysroot}/usr/src/linux-headers-9.9.9-amd64\ninclude ${sysroot}/usr/src/linux-headers-9.9.9-common/Makefile\n`,
  );
});

test("a tool that runs here stays as it is", async () => {
  await prepareSysroot(sysroot);
  expect(readFileSync(join(sysroot, tool)).equals(readFileSync("/bin/true"))).toBe(true);
});

test("a tool that lacks a library, and no C library in the sysroot, is an error that names the tool", async () => {
  const bytes = readFileSync("/bin/true");
  bytes.write("libz.so", bytes.indexOf("libc.so"), "latin1");
  writeFileSync(join(sysroot, tool), bytes);
  expect(prepareSysroot(sysroot)).rejects.toThrow(/fixdep needs a newer C library/);
});

test("no header tree is an error that says where it was looked for", () => {
  rmSync(join(sysroot, tree), { recursive: true });
  expect(() => headersDir(sysroot)).toThrow(
    `${sysroot}/usr/src: expected one linux-headers-<release>, found none`,
  );
});
