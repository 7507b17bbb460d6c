/** A results file of any size. What it says follows from the names alone: the same sizes give the same file. */

import type { CaseResult, ResultLine } from "../../harness/run/results.ts";
import { schemaSyscalls } from "../schema-facts.ts";
import { result, run, targetLine } from "./results.ts";

export interface Size {
  readonly archs: readonly string[];
  readonly kernels: number;
  readonly syscalls: number;
  readonly cases: number;
  /** Default 1; each says the same. */
  readonly runs?: number;
}

const drivers = ["modern_bpf", "kmod"];

/** Series 5.10, 5.11, …: `kernels` of them. */
export function* manyResults({ runs = 1, ...size }: Size): Generator<ResultLine> {
  for (let day = 1; day <= runs; day++) {
    yield run(day);
    yield* oneRun(size);
  }
}

function* oneRun({ archs, kernels, syscalls, cases }: Size): Generator<ResultLine> {
  for (const arch of archs)
    for (let kernel = 0; kernel < kernels; kernel++)
      for (const driver of drivers) {
        const name = `${arch}/debian-5.${10 + kernel}/${driver}`;
        yield targetLine(name);
        for (const syscall of schemaSyscalls.slice(0, syscalls))
          for (let index = 0; index < cases; index++) yield oneResult(name, syscall, index);
      }
}

const titles = ["a-file", "fails-with-ebadf", "through-the-32-bit-entry"];

function oneResult(target: string, syscall: string, index: number): CaseResult {
  const id = `${syscall}/${titles[index] ?? `case-${index}`}`;
  const dice = Bun.hash.crc32(`${target}:${id}`);
  const ms = 10 + (dice % 90) + (dice % 7 === 0 ? 300 : 0);
  const program = `program x86_64\nm0 = data 5 "file"\nr0 = openat(-100, &m0, 66, 0x180)\nr1 = ${syscall}(r0)\nexit 0\n`;
  if (dice % 100 > 0) return result(id, "pass", { target, ms, program });
  if (dice % 300 === 0)
    return result(id, "unsupported", {
      target,
      ms,
      cause: "enosys",
      reason: `${syscall} is not in this kernel`,
    });
  const diff = `${syscall}: res: expected 0, got ${dice % 13}`;
  const raw = [dice.toString(16).padStart(8, "0").repeat(16)];
  const reason = `${syscall}: 1 parameter differs`;
  return result(id, "fail", { target, ms, cause: "mismatch", reason, diff, raw, program });
}
