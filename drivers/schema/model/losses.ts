/** losses.yaml: which events are counted by kind when they are lost. */
import type { Event, Loss } from "./model.ts";
import { lossesShape } from "./shapes.ts";
import { type Problems, readEntries } from "./source.ts";

export function readLosses(dir: string, events: Readonly<Record<string, Event>>, problems: Problems): Loss[] {
  const kindOf = new Map<string, string>();
  return readEntries(dir, "losses.yaml", lossesShape, problems).map((entry) => {
    for (const [index, symbol] of entry.value.entries()) {
      const event = problems.find(events, symbol, entry, [index]);
      if (event?.flags.includes("UNUSED")) problems.add("conflict", `${symbol} is no event`, entry, [index]);
      const other = kindOf.get(symbol);
      if (other) problems.add("conflict", `${symbol} counts as ${other} already`, entry, [index]);
      kindOf.set(symbol, entry.key);
    }
    return { name: entry.key, events: entry.value };
  });
}
