/** A capture copied, as a whole or in part. */
import type { ScapEvent } from "./event.ts";
import type { ScapReader } from "./reader.ts";
import type { ScapWriter } from "./writer.ts";

/**
 * Copy what `reader` has not given yet: each section with its machine info and lists, and its events or those that `keep`
 * wants. Every block comes out in its present version.
 * @returns how many events were copied
 * @throws {ScapError} if the source is damaged (what came before is written), or the target cannot be written
 */
export function copyCapture(
  reader: ScapReader,
  writer: ScapWriter,
  keep?: (event: ScapEvent) => boolean,
): number {
  let sections = reader.fileInfo().sections;
  let copied = 0;
  writer.copyState(reader);
  for (const batch of reader.batches()) {
    if (reader.fileInfo().sections !== sections) {
      sections = reader.fileInfo().sections;
      writer.section();
      writer.copyState(reader);
    }
    if (!keep) {
      writer.batch(batch);
      copied += batch.count;
      continue;
    }
    for (const event of batch) {
      if (!keep(event)) continue;
      writer.event(event);
      copied++;
    }
  }
  return copied;
}
