/**
 * The first check that a program meets in the kernel, as Linux 5.10 makes it (check_cfg() in kernel/bpf/verifier.c): a
 * depth-first walk in which only a jump may lead back to an instruction that is still being walked. Later kernels allow more.
 */
import type { Instruction, Program } from "./elf.ts";

interface Edge {
  readonly to: number;
  readonly mayLoop: boolean;
}

const EXIT = 0x95;
const CALL = 0x85;
const JUMP = 0x05;

function edges({ code, offset }: Instruction, at: number): Edge[] {
  const isJump = (code & 7) === 5 || (code & 7) === 6;
  if (code === EXIT) return [];
  if (!isJump || code === CALL) return [{ to: at + 1, mayLoop: false }];
  const branch = { to: at + 1 + offset, mayLoop: true };
  return code === JUMP ? [branch] : [{ to: at + 1, mayLoop: true }, branch];
}

/** The edge that 5.10 would refuse, as in its own words ("back-edge from insn 3 to 4"); undefined if there is none. */
export function findBackEdge({ instructions }: Program): { from: number; to: number } | undefined {
  const state: ("open" | "done" | undefined)[] = ["open"];
  const path = [{ at: 0, next: 0 }];
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const instruction = instructions[top.at];
    if (!instruction) throw new Error(`a jump leads out of the program, to ${top.at}`);
    const edge = edges(instruction, top.at)[top.next++];
    if (!edge) {
      state[top.at] = "done";
      path.pop();
    } else if (state[edge.to] === undefined) {
      state[edge.to] = "open";
      path.push({ at: edge.to, next: 0 });
    } else if (state[edge.to] === "open" && !edge.mayLoop) {
      return { from: top.at, to: edge.to };
    }
  }
  return undefined;
}
