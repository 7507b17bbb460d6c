/** What refs stand for, once the guest has answered. */
import { abis, bytesInt } from "./abi.ts";
import { addressOf } from "./encode.ts";
import { type BytesRef, calls, type Program, type Ref } from "./model.ts";
import { arenaBase, place } from "./place.ts";
import { firstSlot, pidSlot, ppidSlot } from "./wire.ts";

/** A slot of the agent's reply: 0 and 1 are the main process's pid and its parent's, then one per call id. */
export interface Slot {
  readonly state: "not-run" | "running" | "done";
  readonly value: bigint;
}

/** What a run left behind. */
export interface RunFacts {
  readonly pageSize: number;
  readonly slots: readonly Slot[];
  /** The arena after the run. */
  readonly memory: Uint8Array;
}

export type Resolve = (ref: Ref | BytesRef) => number | bigint | Uint8Array;

/**
 * A function from refs to values: integers as number where exact, else bigint; byte refs as bytes.
 * It throws for a call that did not run, or did not return (but an execve that did not return is 0).
 */
export function resolver(program: Program, facts: RunFacts): Resolve {
  const placement = place(program.areas, facts.pageSize);
  const { bigEndian } = abis[program.arch];
  const names = new Map([...calls(program.main)].map((call) => [call.id, call.name]));

  const memory = (area: number, offset: number, length: number) => {
    const start = addressOf(placement, area, offset) - arenaBase;
    return facts.memory.slice(start, start + length);
  };
  const result = (step: number): bigint => {
    const slot = facts.slots[firstSlot + step];
    if (slot?.state === "done") return slot.value;
    const name = names.get(step);
    if (slot?.state === "running" && (name === "execve" || name === "execveat")) return 0n;
    throw new Error(`call r${step} (${name ?? "unknown"}) ${slot ? `is ${slot.state}` : "does not exist"}`);
  };
  return (ref) => {
    switch (ref.kind) {
      case "result":
        return exact(result(ref.step) + ref.add);
      case "pid":
      case "ppid":
        return exact(facts.slots[ref.kind === "pid" ? pidSlot : ppidSlot]?.value ?? 0n);
      case "address":
        return addressOf(placement, ref.area, ref.offset);
      case "load":
        return exact(bytesInt(memory(ref.area, ref.offset, ref.size), ref.signed, ref.network || bigEndian));
      case "bytes": {
        const bytes = memory(ref.area, ref.offset, ref.length);
        const end = ref.text ? bytes.indexOf(0) : -1;
        return end < 0 ? bytes : bytes.slice(0, end);
      }
      default:
        throw new Error(`a ${ref.kind} has no value outside of the guest`);
    }
  };
}

function exact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
