/** The memory lines of a program's text. */
import { type Area, largestPage, limits } from "./model.ts";
import { trimmed } from "./pool.ts";
import { type Line, unquote } from "./syntax.ts";

/** After the area's name: `= data 8 "abc"`. */
export function parseArea(line: Line): Area {
  line.expect("=");
  const { text, column } = line.word("data, edge or hole");
  const area = parseKind(text, line);
  if (!area) throw line.error("unexpected", `memory is data, edge or hole, not "${text}"`, column);
  line.end();
  return area;
}

function parseKind(kind: string, line: Line): Area | null {
  if (kind === "hole") return { kind };
  if (kind !== "data" && kind !== "edge") return null;
  const size = line.whole("a size", kind === "edge" ? 4096 : limits.arenaBytes);
  if (kind === "edge") return { kind, size, bytes: parseBytes(line, size) };
  const align = line.accept("align") ? parseAlign(line) : 8;
  const bytes = line.peek.kind === "string" ? parseBytes(line, size) : new Uint8Array();
  return { kind, size, align, bytes };
}

function parseAlign(line: Line): number {
  const { column } = line.peek;
  const align = line.whole("an alignment", largestPage, 1);
  if ((align & (align - 1)) !== 0) throw line.error("out-of-range", "an alignment is a power of two", column);
  return align;
}

function parseBytes(line: Line, size: number): Uint8Array {
  if (line.peek.kind !== "string") throw line.unexpected("a quoted string");
  const { text, column } = line.take();
  const bytes = unquote(text);
  if (!bytes) throw line.error("bad-character", 'escapes are \\xHH, \\" and \\\\', column);
  if (bytes.length > size)
    throw line.error("out-of-range", `${bytes.length} bytes do not fit in ${size}`, column);
  return trimmed(bytes);
}
