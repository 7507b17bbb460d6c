/** Several results files as one. The order in which they are named does not matter: what was measured last counts. */
import { Merged } from "../harness/run/merge-results.ts";
import { type History, HistoryBuilder } from "./history.ts";
import { plain } from "./natural.ts";
import { findSegments, readSegment, type Segment, type UnreadLine } from "./read.ts";
import type { Source } from "./source.ts";

/** What a report is made of. */
export interface Measured {
  /** Of two results for a case that of the later run; within a run, that of the later line. */
  readonly results: Merged;
  readonly history: History;
  /** By file and number. */
  readonly unread: readonly UnreadLine[];
}

export function mergeSources(sources: readonly Source[]): Measured {
  const segments = inOrder(sources.flatMap(findSegments));
  const results = new Merged();
  const history = new HistoryBuilder();
  const unread: UnreadLine[] = [];
  for (const shards of Map.groupBy(segments, ({ run }) => run?.id ?? "").values()) {
    const past = new Merged();
    for (const shard of shards)
      for (const line of readSegment(shard))
        if ("kind" in line) {
          results.add(line);
          past.add(line);
        } else unread.push(line);
    history.add(shards[0]!.run, past);
  }
  unread.sort((a, b) => plain(a.file, b.file) || a.number - b.number);
  return { results, history: history.done(), unread };
}

/** By start of the run. A tie is decided by content, so that it is decided the same way in any order. */
function inOrder(segments: readonly Segment[]): Segment[] {
  return segments.toSorted(
    (a, b) =>
      plain(a.run?.started ?? "", b.run?.started ?? "") ||
      plain(a.run?.id ?? "", b.run?.id ?? "") ||
      plain(digest(a), digest(b)),
  );
}

function digest({ source, start, end }: Segment): string {
  const hasher = new Bun.CryptoHasher("sha256");
  for (const bytes of source.read(start, end)) hasher.update(bytes);
  return hasher.digest("hex");
}
