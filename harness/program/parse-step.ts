/** The calls, stores and waits of a program's text. */
import type { Arch } from "../run/target.ts";
import { isErrnoName } from "./errno.ts";
import {
  type Area,
  type LoadRef,
  limits,
  type Outcome,
  type Ref,
  type Step,
  spawnCalls,
  symbolNames,
  type Value,
  type Width,
} from "./model.ts";
import { isSyscall } from "./numbers.ts";
import type { Line } from "./syntax.ts";

/** What a line may refer to. */
export interface Scope {
  readonly arch: Arch;
  readonly areas: readonly Area[];
  /** Ids of the calls so far. */
  readonly results: Set<number>;
}

/** One step; a `{` that opens a block is left on the line. */
export function parseStep(line: Line, scope: Scope): Step {
  if (line.accept("until")) {
    const load = parseLoad(line, scope);
    line.expect("==");
    return { kind: "until", load, equals: line.int("an integer") };
  }
  return line.peek.text === "[" ? parseStore(line, scope) : parseCall(line, scope);
}

function parseStore(line: Line, scope: Scope): Step {
  const { area, offset, size, suffix } = parseTarget(line, scope, ["", "be"]);
  line.expect("=");
  return { kind: "store", area, offset, size, network: suffix === "be", value: parseValue(line, scope) };
}

function parseCall(line: Line, scope: Scope): Step {
  const { text, column } = line.peek;
  const id = parseIndex(line, "r", "a call such as r0 = getpid()");
  if (scope.results.has(id)) throw line.error("duplicate", `${text} is already a result`, column);
  scope.results.add(id);
  line.expect("=");
  const compat = line.accept("ia32");
  const name = line.word("a syscall");
  if (!isSyscall(name.text, compat ? "ia32" : scope.arch))
    throw line.error(
      "unknown-syscall",
      `${compat ? "ia32" : scope.arch} has no syscall "${name.text}"`,
      name.column,
    );
  const args = parseArgs(line, scope);
  const outcome = line.accept("->") ? parseOutcome(line) : "ok";
  if (spawnCalls.includes(name.text) !== (line.peek.text === "{"))
    throw line.unexpected(
      spawnCalls.includes(name.text) ? '"{": the new process needs a block' : "the end of the line",
    );
  return { kind: "call", id, name: name.text, compat, args, outcome };
}

function parseArgs(line: Line, scope: Scope): Value[] {
  const args: Value[] = [];
  line.expect("(");
  if (line.accept(")")) return args;
  do {
    const { column } = line.peek;
    if (args.length === limits.args)
      throw line.error("out-of-range", "a syscall takes at most 6 arguments", column);
    args.push(parseValue(line, scope));
  } while (line.accept(","));
  line.expect(")");
  return args;
}

function parseOutcome(line: Line): Outcome {
  const { text, column } = line.word("an errno or any");
  if (text === "any" || isErrnoName(text)) return text;
  throw line.error("unknown-errno", `"${text}" is no errno`, column);
}

function parseValue(line: Line, scope: Scope): Value {
  const { kind, text, column } = line.peek;
  if (kind === "int") return int64(line);
  if (text === "[") return parseLoad(line, scope);
  if (line.accept("&")) {
    const { area, offset } = parsePlace(line, scope, 0);
    return { kind: "address", area, offset };
  }
  if (line.accept("@")) return parseSymbol(line);
  if (text === "pid" || text === "ppid") {
    line.take();
    return { kind: text };
  }
  if (!line.accept("stack")) return { kind: "result", step: parseResult(line, scope), add: parseAdd(line) };
  line.expect("(");
  const step = parseIndex(line, "r", "a result");
  // The stack of the call that this argument belongs to, or of a later one: checked when encoded.
  if (step >= limits.steps) throw line.error("unknown-result", `r${step} does not exist`, column);
  line.expect(")");
  return { kind: "stack", step, add: parseAdd(line) };
}

function parseSymbol(line: Line): Ref {
  const { text, column } = line.word("handler or restorer");
  const name = symbolNames.find((known) => known === text);
  if (!name) throw line.error("unexpected", `the executor has no "${text}"`, column);
  return { kind: "symbol", name };
}

function parseResult(line: Line, scope: Scope): number {
  const { text, column } = line.peek;
  const step = parseIndex(line, "r", "a value");
  if (!scope.results.has(step)) throw line.error("unknown-result", `${text} is no result so far`, column);
  return step;
}

function parseLoad(line: Line, scope: Scope): LoadRef {
  const { area, offset, size, suffix } = parseTarget(line, scope, ["", "s", "be", "bes"]);
  const [signed, network] = [suffix.endsWith("s"), suffix.startsWith("be")];
  return { kind: "load", area, offset, size, signed, network };
}

/** `[m0+8:4s]` */
function parseTarget(line: Line, scope: Scope, suffixes: readonly string[]) {
  line.expect("[");
  const { column } = line.peek;
  const { area, offset } = parsePlace(line, scope, 1);
  line.expect(":");
  const width = line.peek.column;
  const size = line.whole("a width", 8, 1) as Width;
  const suffix = line.peek.kind === "word" ? line.take().text : "";
  if (![1, 2, 4, 8].includes(size) || !suffixes.includes(suffix))
    throw line.error("out-of-range", "a width is 1, 2, 4 or 8 bytes", width);
  line.expect("]");
  if (offset + size > areaSize(scope, area))
    throw line.error("out-of-range", `m${area} ends before byte ${offset + size}`, column);
  return { area, offset, size, suffix };
}

/** `m0+8`. At least `room` bytes of the area must follow. */
function parsePlace(line: Line, scope: Scope, room: number): { area: number; offset: number } {
  const { text, column } = line.peek;
  const area = parseIndex(line, "m", "memory such as m0");
  if (area >= scope.areas.length) throw line.error("unknown-memory", `there is no ${text}`, column);
  const offset = line.accept("+") ? line.whole("an offset", limits.arenaBytes) : 0;
  if (offset + room > areaSize(scope, area))
    throw line.error("out-of-range", `${text} ends before that`, column);
  return { area, offset };
}

function areaSize(scope: Scope, area: number): number {
  const found = scope.areas[area];
  return found && found.kind !== "hole" ? found.size : 4096;
}

function parseIndex(line: Line, letter: string, what: string): number {
  const match = new RegExp(`^${letter}(\\d{1,9})$`).exec(line.peek.text);
  if (!match || line.peek.kind !== "word") throw line.unexpected(what);
  line.take();
  return Number(match[1]);
}

/** `+4`, `-0x10`, or nothing. The lexer reads "-0x10" as one integer. */
function parseAdd(line: Line): bigint {
  if (line.accept("+")) return int64(line);
  return line.peek.kind === "int" && line.peek.text.startsWith("-") ? int64(line) : 0n;
}

function int64(line: Line): bigint {
  const { column } = line.peek;
  const value = line.int("an integer");
  if (value === BigInt.asIntN(64, value) || value === BigInt.asUintN(64, value))
    return BigInt.asIntN(64, value);
  throw line.error("out-of-range", "an integer has at most 64 bits", column);
}
