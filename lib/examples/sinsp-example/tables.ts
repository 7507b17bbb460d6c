/** `-T`: the state tables at the end of a capture. */
import type { Inspector } from "../../sinsp/index.ts";
import type { TablesMode } from "./options.ts";

const harmless = (text: string) => JSON.stringify(text).slice(1, -1);

export function* tableLines({ threads }: Inspector, mode: TablesMode): Generator<string> {
  yield `threads: ${threads.size} entries, key tid`;
  if (mode === "brief") return;
  const first = [...threads][0];
  if (mode === "list") {
    for (const [name, value] of Object.entries(first ?? {}))
      yield `  ${name}: ${Array.isArray(value) ? "list" : value === null ? "none" : typeof value}`;
    return;
  }
  for (const { tid, pid, ptid, comm, fds, dead } of threads)
    yield `  ${tid} pid=${pid} ptid=${ptid} comm=${harmless(comm)} fds=${fds.size}${dead ? " dead" : ""}`;
}
