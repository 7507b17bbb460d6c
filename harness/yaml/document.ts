/** A parsed YAML file that can still say where each of its parts stands. */
import { readFileSync } from "node:fs";
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import { type YamlCode, YamlError, type YamlIssue, type YamlPlace } from "./error.ts";

export type YamlPath = readonly (string | number)[];

export interface YamlDocument {
  readonly file: string;
  /** Plain values: maps as objects, lists as arrays. */
  readonly data: unknown;
  /** The place of the value at a path; of its nearest parent there is, if the path leads nowhere. */
  valueAt(path: YamlPath): YamlPlace;
  /** The place of the key that a path ends with. */
  keyAt(path: YamlPath): YamlPlace;
}

/** Reads a file. `name` is what errors call it. Throws YamlError. */
export function readDocument(file: string, name = file): YamlDocument {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : String(error);
    throw new YamlError([
      { code: "unreadable", message: reason, place: { file: name, line: 1, column: 1, source: "" } },
    ]);
  }
  return parseText(text, name);
}

/** Parses text that came from `file`. Throws YamlError. */
export function parseText(text: string, file: string): YamlDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const sourceLines = text.split(/\r?\n/);
  const place = (offset: number): YamlPlace => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line: line || 1, column: col || 1, source: sourceLines[(line || 1) - 1] ?? "" };
  };
  const problems = [...syntaxProblems(document), ...unusable(document)];
  if (problems.length > 0)
    throw new YamlError(
      problems.map(({ offset, ...issue }) => ({ ...issue, place: place(offset) })) as [
        YamlIssue,
        ...YamlIssue[],
      ],
    );
  return {
    file,
    data: document.toJS(),
    valueAt: (path) => place(findOffset(document, path, "value")),
    keyAt: (path) => place(findOffset(document, path, "key")),
  };
}

interface Problem {
  readonly code: YamlCode;
  readonly message: string;
  readonly offset: number;
}

function syntaxProblems({ errors, warnings }: Document): Problem[] {
  return [...errors, ...warnings].map(({ code, message, pos }) => ({
    code: code === "DUPLICATE_KEY" ? "duplicate-key" : "syntax",
    message,
    offset: pos[0],
  }));
}

/** Valid YAML that does not become plain values: aliases to nothing, keys that are no text. */
function unusable(document: Document): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (!alias.resolve(document))
        problems.push({
          code: "syntax",
          message: `no anchor &${alias.source} before this`,
          offset: startOf(alias) ?? 0,
        });
    },
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.value === null || key.value === "__proto__")
        problems.push({ code: "type", message: "this cannot be a key", offset: startOf(key) ?? 0 });
    },
  });
  return problems;
}

function findOffset(document: Document, path: YamlPath, want: "key" | "value"): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    const found = child(node, step);
    if (!found) break;
    const last = depth === path.length - 1;
    const target = last && want === "key" ? (found.key ?? found.value) : (found.value ?? found.key);
    offset = startOf(target) ?? startOf(found.key) ?? offset;
    node = found.value;
  }
  return offset;
}

function child(node: unknown, step: string | number): { key?: unknown; value: unknown } | undefined {
  if (isSeq(node)) return { value: node.items[Number(step)] };
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
