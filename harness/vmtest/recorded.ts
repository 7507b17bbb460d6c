/** A channel whose requests are recorded first and answered later, all at once. */
import type { Channel } from "../vm/channel.ts";

export class RecordedChannel implements Channel {
  readonly #requests: Uint8Array[] = [];
  readonly #replies = Promise.withResolvers<Uint8Array | null>();
  #ended = false;

  /** All that was written. */
  get requests(): Uint8Array {
    return Buffer.concat(this.#requests);
  }

  /** The replies; whatever they do not answer fails. */
  answer(replies: Uint8Array): void {
    this.#replies.resolve(replies);
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#ended) return null;
    this.#ended = true;
    return this.#replies.promise;
  }

  async write(data: Uint8Array): Promise<void> {
    this.#requests.push(data.slice());
  }

  close(): void {
    this.answer(new Uint8Array());
  }
}
