/** The generated C in the three worlds that include it, and what it computes. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPath } from "../../harness/build/root.ts";
import { archs } from "./model/archs.ts";

const include = buildPath("gen", "c");
const strict = ["-Wall", "-Wextra", "-Werror", `-I${include}`];
let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "schema-c-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Standard error of a compiler, empty when it has nothing to say. */
async function compile(command: readonly string[], source: string): Promise<string> {
  const file = join(dir, "test.c");
  await Bun.write(file, source);
  const { stderr, exitCode } = Bun.spawnSync([...command, ...strict, file]);
  const text = stderr.toString();
  return exitCode !== 0 && text === "" ? `exit ${exitCode}` : text;
}

const everything = (arch: string) => `
#include "scap_schema.h"
#include "scap_flagmaps.h"
#include "scap_fillers.h"
#include "scap_syscalls_${arch}.h"
#define NAME(filler) FILLER_##filler,
enum { SCAP_FILLERS(NAME) FILLER_MAX };
struct row { unsigned short sc, enter, exit, filler; };
#define ROW(nr, sc, enter, exit, filler) [nr] = { sc, enter, exit, FILLER_##filler },
extern const struct row rows[512];
const struct row rows[512] = { SCAP_SYSCALLS(ROW) };
#define COUNT(code, n) [code] = n,
extern const unsigned char nparams[PPM_EVENT_MAX];
const unsigned char nparams[PPM_EVENT_MAX] = { SCAP_NPARAMS(COUNT) };
`;

test.each(archs)("headers compile for BPF on %s", async (arch) => {
  const define = `-DSCAP_ARCH_${arch.toUpperCase()}`;
  const target = arch === "s390x" ? "bpfeb" : "bpfel";
  const command = ["clang-14", "-target", target, "-O2", "-g", "-c", "-o", "/dev/null", define];
  expect(await compile(command, everything(arch))).toBe("");
});

test("headers compile as kernel C: gnu11, nothing included", async () => {
  const command = ["gcc", "-std=gnu11", "-ffreestanding", "-nostdinc", "-fsyntax-only"];
  expect(await compile(command, everything("x86_64"))).toBe("");
});

test("a BPF program that names no architecture is refused", async () => {
  const command = ["clang-14", "-target", "bpf", "-fsyntax-only"];
  expect(await compile(command, everything("x86_64"))).toContain("SCAP_ARCH_X86_64");
});

test("the event table compiles as C11 and says what the modules say", async () => {
  const { events } = await import("#schema/events");
  const out = join(dir, "table");
  const source = `
#include <stdio.h>
#include "scap_event_table.h"
int main(void)
{
	for (int i = 0; i < PPM_EVENT_MAX; i++) {
		const struct scap_event_info *e = &scap_event_table[i];
		printf("%s %u", e->name, e->flags);
		for (uint32_t p = 0; p < e->nparams; p++)
			printf(" %s:%u", e->params[p].name, e->params[p].type);
		printf("\\n");
	}
	return 0;
}`;
  const command = ["gcc", "-std=c11", "-o", out, join(include, "scap_event_table.c")];
  expect(await compile(command, source)).toBe("");
  const { PT } = await import("#schema/types");
  const lines = events.map(({ name, flags, params }) =>
    [name, flags, ...params.map((param) => `${param.name}:${PT[param.type]}`)].join(" "),
  );
  expect(Bun.spawnSync([out]).stdout.toString().trim().split("\n")).toEqual(lines);
});
