/** Two drivers that watched the same program: their events, byte for byte but for the time stamps. */
import type { ScapEvent } from "../../lib/scap/index.ts";
import { capturedEvent } from "./run-case.ts";
import { showEvent } from "./show.ts";

const timeStampBytes = 8;

/**
 * Differences in words; none if the drivers agree. Events of one thread are compared in order; between threads the
 * two drivers may see another order, since their hooks run one after the other.
 */
export function compareDrivers(
  a: { readonly name: string; readonly events: readonly ScapEvent[] },
  b: { readonly name: string; readonly events: readonly ScapEvent[] },
): string[] {
  const left = byThread(a.events);
  const right = byThread(b.events);
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((tid) => {
    const ours = left.get(tid) ?? [];
    const theirs = right.get(tid) ?? [];
    return Array.from({ length: Math.max(ours.length, theirs.length) }, (_, i) => {
      const [x, y] = [ours[i], theirs[i]];
      if (x && y && sameFrame(x, y)) return [];
      const show = (event: ScapEvent | undefined) => (event ? showEvent(capturedEvent(event)) : "no event");
      return [`thread ${tid}, event ${i}:\n  ${a.name}: ${show(x)}\n  ${b.name}: ${show(y)}`];
    }).flat();
  });
}

function byThread(events: readonly ScapEvent[]): Map<string, ScapEvent[]> {
  return Map.groupBy(events, ({ tid }) => String(tid));
}

function sameFrame(x: ScapEvent, y: ScapEvent): boolean {
  return Buffer.compare(x.frame.subarray(timeStampBytes), y.frame.subarray(timeStampBytes)) === 0;
}
