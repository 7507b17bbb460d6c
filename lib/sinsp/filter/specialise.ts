/**
 * A tree for each type of event. What the event code decides is decided here, once: the checks that remain are all that
 * an event of that code has to be asked.
 */
import { events } from "#schema/events";
import { dependsOnCode, valueByCode } from "../fields/by-code.ts";
import { satisfies } from "./bind-pair.ts";
import { type Bound, leaves, operandsOf, type Pair, type Test } from "./bound.ts";

export interface Specialised<E> {
  /** Index of the tree, by event code; `trees[0]` is the whole filter, for codes that this event table lacks. */
  readonly groups: Uint16Array;
  readonly trees: readonly Bound<E>[];
}

type Leaf<E> = Test<E> | Pair<E>;

export function specialise<E>(tree: Bound<E>): Specialised<E> {
  const all = [...new Set(leaves(tree))];
  const groups = new Uint16Array(events.length);
  // What a stateful field says depends on which events it is asked for: all of them.
  if (all.some((leaf) => operandsOf(leaf).some(({ stateful }) => stateful))) return { groups, trees: [tree] };
  const trees = [cheapestFirst(tree)];
  const known = new Map<string, number>();
  const mayDecide = all.filter((leaf) => {
    const ref = refOf(leaf);
    return ref && dependsOnCode(ref);
  });
  for (let code = 0; code < events.length; code++) {
    const decided = mayDecide.map((leaf) => decide(leaf, code));
    const key = decided.map((answer) => (answer === undefined ? "?" : answer ? "1" : "0")).join("");
    let group = known.get(key);
    if (group === undefined) {
      const answers = new Map(mayDecide.map((leaf, index) => [leaf, decided[index]]));
      group = trees.push(cheapestFirst(simplify(tree, (leaf) => answers.get(leaf)))) - 1;
      known.set(key, group);
    }
    groups[code] = group;
  }
  return { groups, trees };
}

const refOf = <E>(leaf: Leaf<E>) => (leaf.kind === "test" ? leaf.operand : leaf.left).ref;

/** Whether a filter can match events of that code; of a code that many system calls share, those of that name. */
export function canHold<E>(tree: Bound<E>, code: number, name?: string): boolean {
  const rest = simplify(tree, (leaf) => decide(leaf, code, name));
  return rest.kind !== "constant" || rest.value;
}

const named = new Set(["evt.type", "syscall.type"]);

/** What the code alone says of a check; undefined: nothing. */
function decide<E>(leaf: Leaf<E>, code: number, name?: string): boolean | undefined {
  const ref = refOf(leaf);
  const byCode = ref && valueByCode(ref, code);
  const value = byCode === undefined && ref && named.has(ref.field.name) ? name : byCode;
  if (value === undefined) return undefined;
  if (value === null) return false;
  if (leaf.kind === "pair") return undefined;
  return leaf.predicate === null || satisfies(value, leaf.quantifier, leaf.predicate);
}

function simplify<E>(tree: Bound<E>, answer: (leaf: Leaf<E>) => boolean | undefined): Bound<E> {
  switch (tree.kind) {
    case "and":
    case "or":
      return simplifyChain(tree.kind, tree.children, answer);
    case "not": {
      const child = simplify(tree.child, answer);
      return child.kind === "constant" ? { kind: "constant", value: !child.value } : { kind: "not", child };
    }
    case "constant":
      return tree;
    default: {
      const value = answer(tree);
      return value === undefined ? tree : { kind: "constant", value };
    }
  }
}

function simplifyChain<E>(
  kind: "and" | "or",
  children: readonly Bound<E>[],
  answer: (leaf: Leaf<E>) => boolean | undefined,
): Bound<E> {
  const decisive = kind === "or";
  const open: Bound<E>[] = [];
  for (const child of children) {
    const simple = simplify(child, answer);
    if (simple.kind !== "constant") open.push(simple);
    else if (simple.value === decisive) return simple;
  }
  if (open.length === 0) return { kind: "constant", value: !decisive };
  return open.length === 1 ? open[0]! : { kind, children: open };
}

/** Both "and" and "or" give the same answer in any order; the cheap checks may save the dear ones. */
function cheapestFirst<E>(tree: Bound<E>): Bound<E> {
  if (tree.kind === "not") return { kind: "not", child: cheapestFirst(tree.child) };
  if (tree.kind !== "and" && tree.kind !== "or") return tree;
  const priced = tree.children.map((child) => ({ child: cheapestFirst(child), cost: costOf(child) }));
  priced.sort((a, b) => a.cost - b.cost);
  return { kind: tree.kind, children: priced.map(({ child }) => child) };
}

function costOf<E>(tree: Bound<E>): number {
  switch (tree.kind) {
    case "and":
    case "or":
      return tree.children.reduce((sum, child) => sum + costOf(child), 0);
    case "not":
      return costOf(tree.child);
    case "constant":
      return 0;
    case "test":
      return tree.operand.cost + (tree.predicate?.cost ?? 0) * (tree.quantifier === "one" ? 1 : 5);
    case "pair":
      return tree.left.cost + tree.right.cost + tree.cost;
  }
}
