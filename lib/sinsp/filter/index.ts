/**
 * The filter language.
 *
 * text ─ parse → syntax tree ─ bind → bound tree ─ specialise → a tree per type of event ─ emit → JavaScript functions
 */
import { builtinFields, type Catalogue } from "../fields/catalogue.ts";
import type { FieldSource } from "../fields/source.ts";
import type { Expression } from "./ast.ts";
import { Binder, type Names } from "./bind.ts";
import { emit, type Matcher } from "./emit.ts";
import { Fault } from "./error.ts";
import { parse } from "./parse.ts";
import { canHold, specialise } from "./specialise.ts";
import { type Warning, warnings } from "./warnings.ts";

export type { Expression } from "./ast.ts";
export type { Names } from "./bind.ts";
export { FilterError, type FilterErrorCode } from "./error.ts";
export { parse } from "./parse.ts";
export { pretty } from "./pretty.ts";
export { print } from "./print.ts";
export type { Warning } from "./warnings.ts";

export interface FilterOptions extends Names {
  readonly catalogue?: Catalogue;
}

export interface Filter<E> {
  /** Whether the event is wanted. */
  (event: E): boolean;
  readonly text: string;
  readonly tree: Expression;
  /** What is allowed, and probably not meant. */
  readonly warnings: readonly Warning[];
  /** Whether any event of that code can be wanted; of a code that many system calls share, those of that name. */
  mayMatch(code: number, name?: string): boolean;
}

/**
 * @throws {FilterError}
 * @example
 * const wanted = compileFilter(source, "evt.type in (open, openat) and fd.name startswith /etc");
 */
export function compileFilter<E>(
  source: FieldSource<E>,
  text: string,
  { catalogue = builtinFields, ...names }: FilterOptions = {},
): Filter<E> {
  const tree = parse(text);
  try {
    const bound = new Binder(source, catalogue, names).bind(tree);
    const { groups, trees } = specialise(bound);
    const never = trees.map((one) => one.kind === "constant" && !one.value);
    return Object.assign(
      dispatch(
        source,
        groups,
        trees.map((one) => () => emit(one)),
      ),
      {
        text,
        tree,
        warnings: warnings(tree, catalogue),
        mayMatch: (code: number, name?: string) =>
          name === undefined ? !never[groups[code] ?? 0] : canHold(bound, code, name),
      },
    );
  } catch (error) {
    throw error instanceof Fault ? error.in(text) : error;
  }
}

/** Calls the function for the event's code; each is made when the first event needs it. */
function dispatch<E>(
  source: FieldSource<E>,
  groups: Uint16Array,
  make: readonly (() => Matcher<E>)[],
): Matcher<E> {
  const matchers: (Matcher<E> | undefined)[] = make.map(() => undefined);
  return (event) => {
    const group = groups[source.code(event)] ?? 0;
    let matcher = matchers[group];
    if (!matcher) matcher = matchers[group] = make[group]!();
    return matcher(event);
  };
}
