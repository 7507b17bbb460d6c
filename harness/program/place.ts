/** Where a program's areas lie in the guest: one arena at a fixed address below 4 GiB. */
import { alignUp } from "./layout.ts";
import { type Area, limits } from "./model.ts";

/** Free in a static executable of every architecture: above the largest randomised heap, below 2 GiB. */
export const arenaBase = 0x60000000;

export interface Placement {
  readonly pageSize: number;
  /** Arena size in bytes, whole pages. */
  readonly bytes: number;
  /** Offset of each area in the arena; index = area id. */
  readonly offsets: readonly number[];
  /** Offsets of the inaccessible pages. */
  readonly holes: readonly number[];
}

/** @throws RangeError if the areas need more than `limits.arenaBytes`. */
export function place(areas: readonly Area[], pageSize: number): Placement {
  const offsets: number[] = [];
  const holes: number[] = [];
  let end = 0;
  for (const area of areas) {
    const offset = startOf(area, end, pageSize);
    offsets.push(offset);
    end = offset + (area.kind === "hole" ? 0 : area.size);
    if (area.kind === "data") continue;
    holes.push(end);
    end += pageSize;
  }
  const bytes = alignUp(Math.max(end, 1), pageSize);
  if (bytes > limits.arenaBytes) throw new RangeError(`the program's memory needs ${bytes} bytes`);
  return { pageSize, bytes, offsets, holes };
}

function startOf(area: Area, end: number, pageSize: number): number {
  if (area.kind === "data") return alignUp(end, area.align);
  if (area.kind === "hole") return alignUp(end, pageSize);
  return alignUp(end + area.size, pageSize) - area.size;
}
