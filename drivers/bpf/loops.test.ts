import { beforeAll, describe, expect, test } from "bun:test";
import { syscalls } from "#schema/syscalls";
import { ensure } from "../../harness/build/step.ts";
import { bpfObject } from "./build.ts";
import { type Program, readPrograms } from "./elf.ts";
import { findBackEdge } from "./loops.ts";

const MOV = { code: 0xb7, offset: 0 };
const EXIT = { code: 0x95, offset: 0 };
const jump = (offset: number) => ({ code: 0x05, offset });
const jumpIf = (offset: number) => ({ code: 0x15, offset });

describe("findBackEdge", () => {
  const find = (...instructions: Program["instructions"]) => findBackEdge({ name: "p", instructions });

  test("straight code and branches have none", () => {
    expect(find(MOV, jumpIf(1), MOV, EXIT)).toBeUndefined();
  });

  test("a loop that jumps back is allowed", () => {
    expect(find(MOV, MOV, jumpIf(-2), EXIT)).toBeUndefined();
  });

  test("a loop that falls into its first instruction is refused", () => {
    // 0 enters the loop at 2; 3 jumps back to 1, which falls through to 2.
    expect(find(jump(1), MOV, MOV, jumpIf(-3), EXIT)).toEqual({ from: 1, to: 2 });
  });
});

describe("the driver's object", () => {
  const step = bpfObject("x86_64");
  let programs: Program[];

  beforeAll(async () => {
    await ensure(step);
    programs = readPrograms(step.outputs[0] as string);
  }, 60_000);

  test("has a program for every filler", () => {
    const fillers = new Set(syscalls.flatMap(({ filler }) => (filler ? [`run_${filler}`] : [])));
    const names = new Set(programs.map(({ name }) => name));
    expect([...fillers].filter((name) => !names.has(name))).toEqual([]);
  });

  test("passes the loop check of Linux 5.10", () => {
    const refused = programs.filter((program) => findBackEdge(program));
    expect(refused.map(({ name }) => name)).toEqual([]);
  });
});
