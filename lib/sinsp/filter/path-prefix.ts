/** `pmatch`: whether one of many paths is the path itself or a directory above it. Components may be globs. */
import { Glob } from "./glob.ts";

interface Node {
  /** A path ends here. */
  ends: boolean;
  readonly plain: Map<string, Node>;
  readonly globs: Map<string, { readonly glob: Glob; readonly node: Node }>;
}

const newNode = (): Node => ({ ends: false, plain: new Map(), globs: new Map() });
const components = (path: string) => path.split("/").filter((component) => component !== "");

/** A tree of components, so that a hundred thousand paths cost no more than one. */
export class PathPrefixes {
  readonly #root = newNode();

  constructor(paths: Iterable<string>) {
    for (const path of paths) this.#add(path);
  }

  #add(path: string): void {
    let node = this.#root;
    for (const component of components(path)) node = child(node, component);
    node.ends = true;
  }

  matches(path: string): boolean {
    return reaches(this.#root, components(path));
  }
}

function child(node: Node, component: string): Node {
  if (!/[*?[]/.test(component)) {
    const known = node.plain.get(component) ?? newNode();
    node.plain.set(component, known);
    return known;
  }
  const known = node.globs.get(component) ?? { glob: new Glob(component), node: newNode() };
  node.globs.set(component, known);
  return known.node;
}

/** All nodes that the components lead to, level by level: no path through the tree is walked twice. */
function reaches(root: Node, path: readonly string[]): boolean {
  let level = new Set([root]);
  for (const component of path) {
    const next = new Set<Node>();
    for (const node of level) {
      if (node.ends) return true;
      const plain = node.plain.get(component);
      if (plain) next.add(plain);
      for (const { glob, node: below } of node.globs.values()) if (glob.matches(component)) next.add(below);
    }
    level = next;
  }
  return [...level].some(({ ends }) => ends);
}
