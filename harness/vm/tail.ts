/** The last part of a console as text: a guest may print without end. Lines end as on this side. */
export class Tail {
  #text = "";
  readonly #decoder = new TextDecoder();

  constructor(private readonly limit: number) {}

  get text(): string {
    return this.#text.slice(-this.limit).replaceAll("\r\n", "\n");
  }

  add(bytes: Uint8Array): void {
    this.#text += this.#decoder.decode(bytes, { stream: true });
    if (this.#text.length > 2 * this.limit) this.#text = this.#text.slice(-this.limit);
  }

  /** Reads to the end. */
  async follow(stream: ReadableStream<Uint8Array>): Promise<void> {
    for await (const chunk of stream) this.add(chunk);
  }
}
