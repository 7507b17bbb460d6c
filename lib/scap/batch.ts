import { ScapEvent } from "./event.ts";

/** Events that came in one call, in order. Its memory is used again for the next batch of the same reader. */
export class ScapBatch implements Iterable<ScapEvent> {
  /** Records as in scap.h; `used` bytes of them. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly used: number;
  readonly count: number;

  constructor(bytes: Uint8Array<ArrayBuffer>, used: number, count: number) {
    this.bytes = bytes;
    this.used = used;
    this.count = count;
  }

  /** One view, moved from event to event. */
  [Symbol.iterator](): Iterator<ScapEvent> {
    return new BatchIterator(this.bytes, this.used);
  }
}

/** By hand, because a generator takes three times as long an event. */
class BatchIterator implements Iterator<ScapEvent> {
  readonly #event: ScapEvent;
  readonly #end: number;
  #next = 0;
  readonly #result: { done: boolean; value: ScapEvent };

  constructor(bytes: Uint8Array, end: number) {
    this.#event = new ScapEvent(bytes);
    this.#end = end;
    this.#result = { done: false, value: this.#event };
  }

  next(): IteratorResult<ScapEvent> {
    if (this.#next >= this.#end) {
      this.#result.done = true;
    } else {
      this.#event.moveTo(this.#next);
      this.#next += this.#event.recordSize;
    }
    return this.#result as IteratorResult<ScapEvent>;
  }
}
