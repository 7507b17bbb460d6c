import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { program } from "./builder.ts";
import { AT_FDCWD, O_CREAT, O_RDWR } from "./constants.ts";
import { parse } from "./parse.ts";
import { print } from "./print.ts";
import { programArbitrary } from "./testing.ts";

test("a program reads like its calls", () => {
  const text = print(
    program("x86_64", (p) => {
      const fd = p.openat(AT_FDCWD, "created", O_CREAT | O_RDWR, 0o600);
      const st = p.fstat(fd);
      p.store(p.buffer(4), st.mode);
      const child = p.fork((c) => {
        c.close(fd);
        c.exit(3);
      });
      p.wait(child);
      p.ia32.close(fd, { errno: "EBADF" });
    }),
  );
  expect(text).toBe(`program x86_64
m0 = data 8 "created"
m1 = data 144
m2 = data 4
m3 = data 4
r0 = openat(-100, &m0, 66, 0x180)
r1 = fstat(r0, &m1)
[m2:4] = [m1+24:4]
r2 = fork() {
  r3 = close(r0)
} exit 3
r4 = wait4(r2, &m3, 0, 0)
r5 = ia32 close(r0) -> EBADF
exit 0
`);
});

test("what is printed parses back to the same program", () => {
  fc.assert(
    fc.property(programArbitrary, (original) => {
      expect(parse(print(original))).toEqual(original);
    }),
    { seed: 1, numRuns: 300 },
  );
});
