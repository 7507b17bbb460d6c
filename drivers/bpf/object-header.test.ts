import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { $ } from "zx";
import { objectHeader } from "./object-header.ts";

test("a C program finds the bytes in the header", async () => {
  const dir = mkdtempSync(join(tmpdir(), "object-header-"));
  try {
    const object = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) & 255);
    await Bun.write(join(dir, "x.skel.h"), objectHeader("x", object));
    await Bun.write(
      join(dir, "x.c"),
      `#include <stdio.h>
#include "x.skel.h"
int main(void) { size_t size; const void *bytes = x__elf_bytes(&size); return fwrite(bytes, 1, size, stdout) != size; }
`,
    );
    await $`gcc -Wall -Wextra -Werror -pedantic -o ${dir}/x ${dir}/x.c`;
    expect(Bun.spawnSync([join(dir, "x")]).stdout.equals(Buffer.from(object))).toBe(true);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
