/** QEMU's control protocol: JSON, one message per line (docs/interop/qmp-spec.txt in QEMU). */
import type { Channel } from "./channel.ts";

interface Message {
  readonly id?: number;
  readonly return?: unknown;
  readonly error?: { readonly class: string; readonly desc: string };
  readonly event?: string;
  readonly data?: Record<string, unknown>;
}

type OnEvent = (name: string, data: Record<string, unknown>) => void;

export class Qmp {
  #lastId = 0;
  #closed = false;
  readonly #pending = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();

  private constructor(
    private readonly channel: Channel,
    private readonly onEvent: OnEvent,
  ) {}

  /** Speaks to a fresh connection: capabilities are negotiated. */
  static async start(channel: Channel, onEvent: OnEvent): Promise<Qmp> {
    const qmp = new Qmp(channel, onEvent);
    void qmp.#readAll();
    await qmp.execute("qmp_capabilities");
    return qmp;
  }

  /** The command's result. @throws with QEMU's words, or if the connection is lost. */
  execute(command: string, args: Record<string, unknown> = {}): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error(`QMP ${command}: connection lost`));
    const id = ++this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    const line = `${JSON.stringify({ execute: command, arguments: args, id })}\n`;
    this.channel.write(new TextEncoder().encode(line)).catch(() => this.#end());
    return answer;
  }

  async #readAll(): Promise<void> {
    let text = "";
    const decoder = new TextDecoder();
    for (let chunk = await this.channel.read(); chunk; chunk = await this.channel.read()) {
      const lines = (text + decoder.decode(chunk, { stream: true })).split("\n");
      text = lines.pop()!;
      for (const line of lines) if (line.trim() !== "") this.#handle(JSON.parse(line) as Message);
    }
    this.#end();
  }

  #handle(message: Message): void {
    if (message.event !== undefined) this.onEvent(message.event, message.data ?? {});
    const pending = message.id === undefined ? undefined : this.#pending.get(message.id);
    if (!pending) return;
    this.#pending.delete(message.id!);
    if (message.error) pending.reject(new Error(`QMP: ${message.error.desc}`));
    else pending.resolve(message.return);
  }

  #end(): void {
    this.#closed = true;
    for (const { reject } of this.#pending.values()) reject(new Error("QMP: connection lost"));
    this.#pending.clear();
  }
}
