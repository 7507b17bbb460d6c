import { expect, test } from "bun:test";
import { warnings } from "./kbuild.ts";

const known =
  "/x/arch/s390/include/asm/bitops.h:180:17: warning: empty declaration\n  180 |   __assume(bit <= 64);\n";
const ours = "probes.c:12:3: warning: unused variable 'x' [-Wunused-variable]";

test("a warning of the kernel's own headers is none of ours", () => {
  expect(warnings(known)).toEqual([]);
});

test("any other warning counts, also beside a known one", () => {
  expect(warnings(`${known}${ours}\n`)).toEqual([ours]);
});
