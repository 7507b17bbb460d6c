/** Program → bytes for the agent. */
import { abis } from "./abi.ts";
import { errno } from "./errno.ts";
import {
  type Block,
  type CallStep,
  limits,
  type Program,
  type Step,
  symbolNames,
  type Value,
} from "./model.ts";
import { syscallNumber } from "./numbers.ts";
import { arenaBase, type Placement, place } from "./place.ts";
import {
  firstSlot,
  loadFlag,
  noBlock,
  op,
  outcomeCode,
  pidSlot,
  ppidSlot,
  programMagic,
  programVersion,
  valueKind,
  Wire,
} from "./wire.ts";

/** Blocks in the order of their numbers; block 0 is the main process. */
interface Numbering {
  readonly placement: Placement;
  readonly blocks: Block[];
  /** The block that a call starts, by call id. */
  readonly blockOf: Map<number, number>;
  calls: number;
}

/**
 * @param pageSize of the guest, in bytes
 * @throws if a syscall does not exist on the architecture or a limit is exceeded.
 */
export function encode(program: Program, pageSize = 4096): Uint8Array {
  const abi = abis[program.arch];
  const placement = place(program.areas, pageSize);
  const numbering: Numbering = { placement, blocks: [], blockOf: new Map(), calls: 0 };
  number(program.main, numbering);
  if (numbering.blocks.length > limits.blocks)
    throw new RangeError(`a program has at most ${limits.blocks} processes and threads`);
  const chunks = program.areas.flatMap((area, id) =>
    area.kind === "hole" || area.bytes.length === 0 ? [] : [{ id, bytes: area.bytes }],
  );
  const wire = new Wire();
  wire.u32(programMagic).u16(programVersion).u16(abi.machine).u32(pageSize).u32(arenaBase);
  wire.u32(placement.bytes).u32(chunks.length).u32(placement.holes.length).u32(numbering.blocks.length);
  wire.u32(numbering.blocks.reduce((sum, block) => sum + block.steps.length, 0));
  wire.u32(firstSlot + numbering.calls);
  for (const chunk of chunks) wire.u32(placement.offsets[chunk.id]!).sized(chunk.bytes);
  for (const hole of placement.holes) wire.u32(hole);
  let first = 0;
  for (const block of numbering.blocks) {
    wire
      .u32(first)
      .u32(block.steps.length)
      .u32(block.thread ? 1 : 0)
      .u32(block.exit);
    first += block.steps.length;
  }
  for (const block of numbering.blocks)
    for (const step of block.steps) encodeStep(wire, step, program, numbering);
  return wire.finish();
}

function number(block: Block, numbering: Numbering): void {
  numbering.blocks.push(block);
  for (const step of block.steps) {
    if (step.kind !== "call") continue;
    numbering.calls++;
    if (!step.block) continue;
    numbering.blockOf.set(step.id, numbering.blocks.length);
    number(step.block, numbering);
  }
}

function encodeStep(wire: Wire, step: Step, program: Program, numbering: Numbering): void {
  if (step.kind === "call") {
    encodeCall(wire, step, program, numbering);
    return;
  }
  const target = step.kind === "store" ? step : step.load;
  const values: Value[] = [
    step.kind === "store" ? { kind: "address", area: target.area, offset: target.offset } : step.load,
    step.kind === "store" ? step.value : step.equals,
  ];
  const flags = step.kind === "store" && step.network ? 1 : 0;
  wire.u8(op[step.kind]).u8(flags).u8(target.size).u8(0).u32(0).u32(0).u32(noBlock).u32(0);
  encodeValues(wire, values, numbering);
}

function encodeCall(wire: Wire, step: CallStep, program: Program, numbering: Numbering): void {
  const { outcome } = step;
  const named = outcome === "ok" || outcome === "any" ? outcome : "errno";
  wire
    .u8(op.call)
    .u8(step.compat ? 1 : 0)
    .u8(step.args.length)
    .u8(outcomeCode[named]);
  wire.u32(syscallNumber(step.name, step.compat ? "ia32" : program.arch)).u32(firstSlot + step.id);
  wire.u32(numbering.blockOf.get(step.id) ?? noBlock);
  wire.u32(outcome === "ok" || outcome === "any" ? 0 : errno[outcome]);
  encodeValues(wire, step.args, numbering);
}

function encodeValues(wire: Wire, values: readonly Value[], numbering: Numbering): void {
  for (let i = 0; i < limits.args; i++) encodeValue(wire, values[i] ?? 0n, numbering);
}

/** kind, width, load flags, 0, u32 index, u64 constant or addend. */
function encodeValue(wire: Wire, value: Value, { placement, blockOf }: Numbering): void {
  const put = (kind: number, index: number, constant: bigint, size = 0, flags = 0) =>
    wire.u8(kind).u8(size).u8(flags).u8(0).u32(index).u64(constant);
  if (typeof value === "bigint") return void put(valueKind.constant, 0, value);
  switch (value.kind) {
    case "result":
      return void put(valueKind.slot, firstSlot + value.step, value.add);
    case "pid":
    case "ppid":
      return void put(valueKind.slot, value.kind === "pid" ? pidSlot : ppidSlot, 0n);
    case "address":
      return void put(valueKind.constant, 0, BigInt(addressOf(placement, value.area, value.offset)));
    case "load": {
      const flags = (value.signed ? loadFlag.signed : 0) | (value.network ? loadFlag.network : 0);
      return void put(valueKind.load, addressOf(placement, value.area, value.offset), 0n, value.size, flags);
    }
    case "stack":
      return void put(valueKind.stack, blockOf.get(value.step) ?? noBlock, value.add);
    case "symbol":
      return void put(valueKind.symbol, symbolNames.indexOf(value.name), 0n);
  }
}

/** Guest address of a byte of an area. */
export function addressOf(placement: Placement, area: number, offset: number): number {
  const start = placement.offsets[area];
  if (start === undefined) throw new RangeError(`the program has no memory area ${area}`);
  return arenaBase + start + offset;
}
