/**
 * Text → program, the inverse of `print`. Grammar, one item a line, `#` starts a comment line:
 *
 *     program ARCH
 *     mN = data SIZE [align A] ["bytes"]  |  edge SIZE "bytes"  |  hole
 *     rN = [ia32] SYSCALL(value, …) [-> ERRNO | any] [{ … } exit STATUS [thread]]
 *     [mN+OFFSET:SIZE[be]] = value
 *     until [mN+OFFSET:SIZE[be][s]] == INT
 *     exit STATUS [signal N]
 *
 * A value is an integer, rN[+INT], &mN[+OFFSET], [mN+OFFSET:SIZE[be][s]], pid, ppid, stack(rN)[+INT], @handler, @restorer.
 */
import { type Arch, architectures } from "../run/target.ts";
import { type Area, type Block, calls, limits, type Program, type Step } from "./model.ts";
import { parseArea } from "./parse-area.ts";
import { parseStep, type Scope } from "./parse-step.ts";
import { Line } from "./syntax.ts";

/** @throws ProgramSyntaxError with line, column and a caret. */
export function parse(text: string): Program {
  const lines = text
    .split("\n")
    .map((source, index) => ({ source, number: index + 1 }))
    .filter(({ source }) => source.trim() !== "" && !source.trimStart().startsWith("#"))
    .map(({ source, number }) => new Line(source, number));
  const reader = new Reader(lines, text.split("\n").length);
  const arch = reader.header();
  const areas = reader.areas();
  const scope: Scope = { arch, areas, results: new Set() };
  const { steps, close } = reader.steps(scope);
  close.expect("exit");
  const exit = close.whole("an exit status", 255);
  const signal = close.accept("signal") ? close.whole("a signal number", 64) : 0;
  close.end();
  reader.finish();
  const main: Block = { steps, exit, thread: false };
  checkNumbering(main, close);
  return { arch, areas, main, signal };
}

class Reader {
  #next = 0;
  constructor(
    private readonly lines: readonly Line[],
    private readonly lastLine: number,
  ) {}

  header(): Arch {
    const line = this.take("program ARCH");
    line.expect("program");
    const { text, column } = line.word("an architecture");
    if (!(architectures as readonly string[]).includes(text))
      throw line.error("unknown-arch", `"${text}" is none of ${architectures.join(", ")}`, column);
    line.end();
    return text as Arch;
  }

  areas(): Area[] {
    const areas: Area[] = [];
    while (/^m\d+$/.test(this.lines[this.#next]?.peek.text ?? "")) {
      const line = this.take("memory");
      const { text, column } = line.take();
      if (text !== `m${areas.length}`)
        throw line.error("unknown-memory", `the next memory area is m${areas.length}`, column);
      if (areas.length >= limits.areas) throw line.error("out-of-range", "too many memory areas", column);
      areas.push(parseArea(line));
    }
    return areas;
  }

  /** Steps up to the line that closes their block. */
  steps(scope: Scope): { steps: Step[]; close: Line } {
    const steps: Step[] = [];
    for (;;) {
      const line = this.take("exit");
      if (line.peek.text === "exit" || line.peek.text === "}") return { steps, close: line };
      const step = parseStep(line, scope);
      if (!line.accept("{")) {
        line.end();
        steps.push(step);
        continue;
      }
      if (step.kind !== "call") throw line.unexpected("the end of the line");
      line.end();
      steps.push({ ...step, block: this.block(scope) });
    }
  }

  private block(scope: Scope): Block {
    const { steps, close } = this.steps(scope);
    close.expect("}");
    close.expect("exit");
    const exit = close.whole("an exit status", 255);
    const thread = close.accept("thread");
    close.end();
    return { steps, exit, thread };
  }

  finish(): void {
    const line = this.lines[this.#next];
    if (line) throw line.unexpected("nothing after the program's exit");
  }

  private take(wanted: string): Line {
    const line = this.lines[this.#next++];
    if (!line) throw new Line("", this.lastLine).unexpected(wanted);
    return line;
  }
}

/** Result numbers are 0…n-1, so that they can be slots. Duplicates were refused on the way. */
function checkNumbering(main: Block, close: Line): void {
  const ids = [...calls(main)].map((call) => call.id);
  if (ids.length > limits.steps) throw close.error("out-of-range", "too many calls", 1);
  const gap = ids.findIndex((_, i) => !ids.includes(i));
  if (gap >= 0) throw close.error("unknown-result", `no call is numbered r${gap}`, 1);
}
