/**
 * Text → syntax tree.
 *
 * ```
 * expr  = and { "or" and }                 and = not { "and" not }
 * not   = "not" not | "(" expr ")" | check | macro
 * check = operand ( "exists" | comparison value | comparison modifier list | list-operator list )
 * ```
 * The parts of a check are in parse-operand.ts.
 */
import { didYouMean } from "../../../harness/yaml/nearest.ts";
import {
  type Comparison,
  comparisons,
  type Expression,
  listOperators,
  type Modifier,
  modifiers,
  type Operand,
  type Operator,
} from "./ast.ts";
import { Fault } from "./error.ts";
import { Depth, list, operand, value } from "./parse-operand.ts";
import { Scanner } from "./scanner.ts";

const reserved = new Set(["and", "or", "not"]);
const orderings = new Set<string>(["<", "<=", ">", ">="]);
const symbols = new Set<string>(["==", "=", "!=", ...orderings]);

/**
 * @param where what the text is, for messages
 * @throws {FilterError}
 */
export function parse(text: string, where = "filter"): Expression {
  try {
    return new Parser(text).filter();
  } catch (error) {
    throw error instanceof Fault ? error.in(text, where) : error;
  }
}

class Parser {
  readonly #in: Scanner;
  readonly #depth = new Depth();

  constructor(text: string) {
    this.#in = new Scanner(text);
  }

  filter(): Expression {
    this.#in.blanks();
    if (this.#in.atEnd) throw new Fault("EMPTY", { start: 0, end: 0 }, "a filter cannot be empty");
    const tree = this.#chain("or");
    this.#in.blanks();
    if (!this.#in.atEnd) {
      const before = this.#in.text.slice(0, this.#in.at).trimEnd();
      const shown = before.length > 30 ? `…${before.slice(-30)}` : before;
      throw this.#in.unexpected(
        "UNEXPECTED_TOKEN",
        `unexpected text after '${shown}', expecting 'or', 'and'`,
      );
    }
    return tree;
  }

  /** Loops, not recursion: a chain may have a hundred thousand links. */
  #chain(kind: "or" | "and"): Expression {
    const start = this.#in.at;
    const children = [this.#link(kind)];
    while (this.#connective(kind)) children.push(this.#link(kind));
    return children.length === 1 ? children[0]! : { kind, children, start, end: this.#in.at };
  }

  #link(kind: "or" | "and"): Expression {
    this.#in.blanks();
    return kind === "or" ? this.#chain("and") : this.#not();
  }

  #connective(word: string): boolean {
    const { at } = this.#in;
    this.#in.blanks();
    if (this.#in.identifier() !== word) {
      this.#in.at = at;
      return false;
    }
    if (!this.#in.peek((scanner) => scanner.blanks() || scanner.exactly("(")))
      throw this.#in.unexpected("EXPECTED_BLANK", `a blank or '(' must follow '${word}'`);
    return true;
  }

  #not(): Expression {
    const start = this.#in.at;
    const negated = this.#in.peek(
      (scanner) => scanner.identifier() === "not" && (scanner.blanks() || scanner.exactly("(")),
    );
    if (!negated) return this.#primary();
    this.#in.exactly("not");
    this.#in.blanks();
    const child = this.#depth.within(start, () => this.#not());
    return { kind: "not", child, start, end: this.#in.at };
  }

  #primary(): Expression {
    const start = this.#in.at;
    if (!this.#in.exactly("(")) return this.#check();
    const inner = this.#depth.within(start, () => {
      this.#in.blanks();
      return this.#chain("or");
    });
    this.#in.blanks();
    if (!this.#in.exactly(")"))
      throw this.#in.unexpected(
        "EXPECTED_CLOSE",
        `expected ')' for the '(' at index ${start}, 'or' or 'and'`,
      );
    return inner;
  }

  #check(): Expression {
    const start = this.#in.at;
    const left = operand(this.#in, this.#depth);
    if (left) return this.#condition(left, start);
    const name = this.#in.peek((scanner) => scanner.identifier());
    if (!name || reserved.has(name))
      throw this.#in.unexpected("EXPECTED_CHECK", "expected a field check, a macro, 'not' or '('");
    this.#in.identifier();
    return { kind: "macro", name, start, end: this.#in.at };
  }

  #condition(left: Operand, start: number): Expression {
    this.#in.blanks();
    if (this.#in.exactly("exists")) return { kind: "exists", left, start, end: this.#in.at };
    const comparison = this.#comparison();
    if (comparison) return this.#compare(left, comparison, start);
    const listOperator = this.#in.oneOf(listOperators);
    if (!listOperator) throw this.#noOperator();
    this.#in.blanks();
    const right = list(this.#in, this.#depth);
    return { kind: "compare", left, operator: listOperator, right, start, end: this.#in.at };
  }

  /** A comparison of letters is one only if a blank follows. */
  #comparison(): Comparison | undefined {
    const { at } = this.#in;
    const found = this.#in.oneOf(comparisons);
    if (!found || symbols.has(found) || this.#in.peek((scanner) => scanner.blanks())) return found;
    this.#in.at = at;
    return undefined;
  }

  #compare(left: Operand, operator: Comparison, start: number): Expression {
    this.#in.blanks();
    const numeric = orderings.has(operator);
    const modifier = numeric ? undefined : this.#modifier();
    const right = modifier
      ? list(this.#in, this.#depth)
      : value(this.#in, this.#depth, numeric ? "number" : "string");
    return { kind: "compare", left, operator, ...(modifier && { modifier }), right, start, end: this.#in.at };
  }

  /** `oneof` and so on are plain values unless a list follows. */
  #modifier(): Modifier | undefined {
    const { at } = this.#in;
    const found = this.#in.oneOf(modifiers);
    const followed =
      found &&
      this.#in.peek((scanner) => {
        const separate = scanner.blanks();
        if (scanner.exactly("(")) return true;
        const name = separate ? scanner.identifier() : undefined;
        return name !== undefined && !reserved.has(name);
      });
    if (!followed) this.#in.at = at;
    else this.#in.blanks();
    return followed ? found : undefined;
  }

  #noOperator(): Fault {
    const all: readonly (Operator | "exists")[] = [...comparisons, ...listOperators, "exists"];
    const typed = this.#in.peek((scanner) => scanner.identifier());
    if (typed && comparisons.some((known) => known === typed))
      return this.#in.unexpected("EXPECTED_BLANK", `a blank must follow '${typed}'`);
    const hint = typed && didYouMean(typed, all).replace(/^; /, "");
    const message = typed ? `'${typed}' is no operator` : "expected an operator";
    return this.#in.unexpected("EXPECTED_OPERATOR", message, hint || `operators: ${all.join(" ")}`);
  }
}
