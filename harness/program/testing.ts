/** Random programs for property tests. */
import * as fc from "fast-check";
import { errno } from "./errno.ts";
import {
  type Area,
  type Block,
  type CallStep,
  type Outcome,
  type Program,
  type Step,
  spawnCalls,
  symbolNames,
  type Value,
  type Width,
} from "./model.ts";
import { isSyscall, syscallNames } from "./numbers.ts";
import { trimmed } from "./pool.ts";

const bytes = (max: number) => fc.uint8Array({ maxLength: max }).map(trimmed);
const widths = fc.constantFrom<Width>(1, 2, 4, 8);
const outcomes = fc.constantFrom<Outcome>("ok", "any", ...(Object.keys(errno) as Outcome[]));
const integers = fc.oneof(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), fc.bigInt(-300n, 300n));

const areaArbitrary: fc.Arbitrary<Area> = fc.oneof(
  fc
    .record({ bytes: bytes(40), more: fc.nat(64), align: fc.constantFrom(1, 2, 8, 16, 4096) })
    .map(({ bytes, more, align }) => ({
      kind: "data" as const,
      size: bytes.length + more + 8,
      align,
      bytes,
    })),
  bytes(40).map((bytes) => ({ kind: "edge" as const, size: bytes.length + 8, bytes })),
  fc.constant({ kind: "hole" as const }),
);

/** A draw of everything random in one step; ids and blocks are given by `assemble`. */
interface Draw {
  readonly kind: "call" | "store" | "until" | "spawn";
  readonly name: string;
  readonly compat: boolean;
  readonly outcome: Outcome;
  readonly values: readonly ValueDraw[];
  readonly size: Width;
  readonly flag: boolean;
  readonly children: number;
}
interface ValueDraw {
  readonly kind: Exclude<Value, bigint>["kind"] | "int";
  readonly int: bigint;
  readonly index: number;
  readonly size: Width;
  readonly signed: boolean;
}

const valueDraw: fc.Arbitrary<ValueDraw> = fc.record({
  kind: fc.constantFrom<ValueDraw["kind"]>(
    "int",
    "result",
    "address",
    "load",
    "pid",
    "ppid",
    "stack",
    "symbol",
  ),
  int: integers,
  index: fc.nat(1000),
  size: widths,
  signed: fc.boolean(),
});
const stepDraw: fc.Arbitrary<Draw> = fc.record({
  kind: fc.constantFrom<Draw["kind"]>("call", "call", "store", "until", "spawn"),
  name: fc.constantFrom(
    ...syscallNames.filter((name) => isSyscall(name, "x86_64") && !spawnCalls.includes(name)),
  ),
  compat: fc.boolean(),
  outcome: outcomes,
  values: fc.array(valueDraw, { minLength: 1, maxLength: 6 }),
  size: widths,
  flag: fc.boolean(),
  children: fc.nat(3),
});

/** Valid x86_64 programs: every ref names something that exists. They are printed and encoded, never run. */
export const programArbitrary: fc.Arbitrary<Program> = fc
  .record({
    areas: fc.array(areaArbitrary, { minLength: 1, maxLength: 6 }),
    draws: fc.array(stepDraw, { maxLength: 12 }),
    exit: fc.nat(255),
    signal: fc.nat(64),
  })
  .map(({ areas, draws, exit, signal }) => {
    const assembler = new Assembler(areas);
    return { arch: "x86_64", areas, main: assembler.block([...draws], draws.length, exit, false), signal };
  });

class Assembler {
  #calls = 0;
  constructor(private readonly areas: readonly Area[]) {}

  block(draws: Draw[], count: number, exit: number, thread: boolean): Block {
    const steps: Step[] = [];
    for (let i = 0; i < count && draws.length > 0; i++) steps.push(this.step(draws.shift()!, draws));
    return { steps, exit, thread };
  }

  private step(draw: Draw, rest: Draw[]): Step {
    if (draw.kind === "call" || draw.kind === "spawn") return this.call(draw, rest);
    const { area, offset } = this.place(draw.values[0]!, draw.size);
    if (draw.kind === "store") {
      const value = this.value(draw.values.at(-1)!);
      return { kind: "store", area, offset, size: draw.size, network: draw.flag, value };
    }
    const load = {
      kind: "load",
      area,
      offset,
      size: draw.size,
      signed: draw.flag,
      network: draw.compat,
    } as const;
    return { kind: "until", load, equals: draw.values[0]!.int };
  }

  private call(draw: Draw, rest: Draw[]): CallStep {
    const args = draw.values.map((value) => this.value(value));
    const id = this.#calls++;
    const spawn = draw.kind === "spawn";
    const name = spawn ? spawnCalls[draw.children]! : draw.name;
    const compat = !spawn && draw.compat && isSyscall(name, "ia32");
    const block = spawn ? { block: this.block(rest, draw.children, draw.children, draw.flag) } : {};
    return { kind: "call", id, name, compat, args, outcome: draw.outcome, ...block };
  }

  private value(draw: ValueDraw): Value {
    const place = this.place(draw, draw.size);
    const step = draw.index % Math.max(1, this.#calls);
    if (draw.kind === "int" || (this.#calls === 0 && (draw.kind === "result" || draw.kind === "stack")))
      return draw.int;
    if (draw.kind === "address") return { kind: "address", ...place };
    if (draw.kind === "load")
      return { kind: "load", ...place, size: draw.size, signed: draw.signed, network: draw.int > 0n };
    if (draw.kind === "symbol")
      return { kind: "symbol", name: symbolNames[draw.index % symbolNames.length]! };
    if (draw.kind === "result" || draw.kind === "stack") return { kind: draw.kind, step, add: draw.int };
    return { kind: draw.kind as "pid" };
  }

  private place(draw: ValueDraw, size: number): { area: number; offset: number } {
    const area = draw.index % this.areas.length;
    const found = this.areas[area]!;
    const room = found.kind === "hole" ? 4096 : found.size;
    return { area, offset: draw.index % (room - size + 1) };
  }
}
