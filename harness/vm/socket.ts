/** A UNIX socket as a channel. */
import type { Channel } from "./channel.ts";

/**
 * Connects to a socket that QEMU is about to make.
 * @param given up on when this is aborted
 */
export async function connect(path: string, signal: AbortSignal): Promise<Channel> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await SocketChannel.open(path);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== "ENOENT" && code !== "ECONNREFUSED") throw error;
    }
    await Bun.sleep(2);
  }
}

class SocketChannel implements Channel {
  readonly #received: Uint8Array[] = [];
  #closed = false;
  #wakeReader: () => void = () => {};
  #wakeWriter: () => void = () => {};
  #socket!: Bun.Socket;

  static async open(path: string): Promise<SocketChannel> {
    const channel = new SocketChannel();
    channel.#socket = await Bun.connect({
      unix: path,
      socket: {
        data: (_, bytes) => channel.#onData(new Uint8Array(bytes)),
        drain: () => channel.#wakeWriter(),
        close: () => channel.#onClose(),
        end: () => channel.#onClose(),
        error: () => channel.#onClose(),
      },
    });
    return channel;
  }

  #onData(bytes: Uint8Array): void {
    this.#received.push(bytes);
    this.#wakeReader();
  }

  #onClose(): void {
    this.#closed = true;
    this.#wakeReader();
    this.#wakeWriter();
  }

  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const bytes = this.#received.shift();
      if (bytes) return bytes;
      if (this.#closed) return null;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
  }

  async write(data: Uint8Array): Promise<void> {
    for (let sent = 0; sent < data.length; ) {
      if (this.#closed) throw new Error("the peer has closed the channel");
      // How much the kernel took; the rest is ours to write again after drain.
      const count = this.#socket.write(data, sent, data.length - sent);
      if (count < 0) throw new Error("the peer has closed the channel");
      sent += count;
      if (sent < data.length)
        await new Promise<void>((resolve) => {
          this.#wakeWriter = resolve;
        });
    }
    this.#socket.flush();
  }

  close(): void {
    this.#onClose();
    this.#socket.end();
  }
}
