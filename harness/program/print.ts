/** Program → text: one memory area or call per line. `parse` reads it back. */
import type { Area, Block, CallStep, Program, Ref, Step, Value } from "./model.ts";

export function print(program: Program): string {
  const lines = [
    `program ${program.arch}`,
    ...program.areas.map((area, id) => `m${id} = ${printArea(area)}`),
  ];
  lines.push(...blockLines(program.main, ""));
  lines.push(
    program.signal === 0 ? `exit ${program.main.exit}` : `exit ${program.main.exit} signal ${program.signal}`,
  );
  return `${lines.join("\n")}\n`;
}

function blockLines(block: Block, indent: string): string[] {
  return block.steps.flatMap((step) => stepLines(step, indent));
}

function stepLines(step: Step, indent: string): string[] {
  if (step.kind === "until") return [`${indent}until ${printValue(step.load)} == ${printInt(step.equals)}`];
  if (step.kind === "store") {
    const target = `[m${step.area}${printOffset(step.offset)}:${step.size}${step.network ? "be" : ""}]`;
    return [`${indent}${target} = ${printValue(step.value)}`];
  }
  const head = `${indent}${printCall(step)}`;
  if (!step.block) return [head];
  const end = `${indent}} exit ${step.block.exit}${step.block.thread ? " thread" : ""}`;
  return [`${head} {`, ...blockLines(step.block, `${indent}  `), end];
}

/** `r2 = openat(-100, &m0, 0x42, 0x180) -> ENOENT` */
export function printCall(step: CallStep): string {
  const outcome = step.outcome === "ok" ? "" : ` -> ${step.outcome}`;
  return `r${step.id} = ${step.compat ? "ia32 " : ""}${step.name}(${step.args.map(printValue).join(", ")})${outcome}`;
}

function printArea(area: Area): string {
  if (area.kind === "hole") return "hole";
  if (area.kind === "edge") return `edge ${area.size} ${quote(area.bytes)}`;
  const align = area.align === 8 ? "" : ` align ${area.align}`;
  return `data ${area.size}${align}${area.bytes.length > 0 ? ` ${quote(area.bytes)}` : ""}`;
}

export function printValue(value: Value): string {
  return typeof value === "bigint" ? printInt(value) : printRef(value);
}

function printRef(ref: Ref): string {
  switch (ref.kind) {
    case "result":
      return `r${ref.step}${printAdd(ref.add)}`;
    case "address":
      return `&m${ref.area}${printOffset(ref.offset)}`;
    case "load":
      return `[m${ref.area}${printOffset(ref.offset)}:${ref.size}${ref.network ? "be" : ""}${ref.signed ? "s" : ""}]`;
    case "stack":
      return `stack(r${ref.step})${printAdd(ref.add)}`;
    case "symbol":
      return `@${ref.name}`;
    default:
      return ref.kind;
  }
}

const printOffset = (offset: number) => (offset === 0 ? "" : printAdd(BigInt(offset)));
const printAdd = (add: bigint) => (add === 0n ? "" : add < 0n ? `-${printInt(-add)}` : `+${printInt(add)}`);

function printInt(value: bigint): string {
  return value > -4096n && value < 256n
    ? String(value)
    : value < 0n
      ? `-0x${(-value).toString(16)}`
      : `0x${value.toString(16)}`;
}

/** C-like escapes; anything but printable ASCII as \xHH. */
function quote(bytes: Uint8Array): string {
  let text = '"';
  for (const byte of bytes) {
    if (byte === 0x22 || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`;
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else text += `\\x${byte.toString(16).padStart(2, "0")}`;
  }
  return `${text}"`;
}
