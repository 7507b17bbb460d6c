/** A QEMU process: its console, its agent port and its control socket. It never outlives this process. */
import { join } from "node:path";
import type { Channel } from "./channel.ts";
import { BootError, type VmCause } from "./error.ts";
import { Qmp } from "./qmp.ts";
import { dropScratch, makeScratch } from "./scratch.ts";
import { shellQuote } from "./shell.ts";
import { connect } from "./socket.ts";
import { Tail } from "./tail.ts";

/** Bytes of console that are kept. */
export const consoleTail = 64 * 1024;

export interface Sockets {
  readonly agent: string;
  readonly control: string;
}

export class Qemu {
  readonly channel: Channel;
  readonly qmp: Qmp;
  /** Exit status, once the process has ended and all that it printed was read. */
  readonly exited: Promise<number>;

  private constructor(
    private readonly process: QemuProcess,
    channel: Channel,
    qmp: Qmp,
  ) {
    this.channel = channel;
    this.qmp = qmp;
    this.exited = process.ended;
  }

  /**
   * @param command for sockets at given paths
   * @param deadline milliseconds until both sockets must be there
   * @throws BootError
   */
  static async launch(
    command: (sockets: Sockets) => string[],
    deadline: number,
    onEvent: (name: string, data: Record<string, unknown>) => void,
  ): Promise<Qemu> {
    const scratch = makeScratch();
    const sockets = { agent: join(scratch, "agent"), control: join(scratch, "qmp") };
    const process = new QemuProcess(command(sockets));
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(new Error("QEMU made no sockets in time")), deadline);
    void process.ended.then((status) => giveUp.abort(new Error(`QEMU ended with status ${status}`)));
    try {
      const [channel, control] = await Promise.all([
        connect(sockets.agent, giveUp.signal),
        connect(sockets.control, giveUp.signal),
      ]);
      return new Qemu(process, channel, await Qmp.start(control, onEvent));
    } catch (error) {
      await process.kill();
      throw process.failure("boot", `${(error as Error).message}${process.complaint()}`);
    } finally {
      clearTimeout(timer);
      // Both ends are connected: nobody needs the names any more.
      dropScratch(scratch);
    }
  }

  get pid(): number {
    return this.process.pid;
  }

  get console(): string {
    return this.process.console.text;
  }

  /** The command, quoted for a shell; the directory of its sockets is gone. */
  get line(): string {
    return this.process.line;
  }

  /** What the guest's kernel says it panicked of. */
  get panic(): string | undefined {
    return /Kernel panic - not syncing: (.*)/.exec(this.console)?.[1];
  }

  failure(cause: VmCause, summary: string): BootError {
    return this.process.failure(cause, summary + this.process.complaint());
  }

  async kill(): Promise<void> {
    await this.process.kill();
    this.channel.close();
  }
}

class QemuProcess {
  readonly line: string;
  readonly console = new Tail(consoleTail);
  readonly ended: Promise<number>;
  readonly #stderr = new Tail(4096);
  readonly #child: Bun.Subprocess<"ignore", "pipe", "pipe">;

  constructor(words: string[]) {
    this.line = shellQuote(words);
    // The kernel kills the machine when this process ends, however it ends. A session of its own keeps the
    // terminal's Ctrl-C away: whoever handles that here stops the machines.
    this.#child = Bun.spawn(["setsid", "setpriv", "--pdeathsig", "KILL", "--", ...words], {
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    });
    const read = [this.console.follow(this.#child.stdout), this.#stderr.follow(this.#child.stderr)];
    this.ended = this.#child.exited.then(async (status) => {
      await Promise.all(read);
      return status;
    });
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** What QEMU itself had to say. */
  complaint(): string {
    const text = this.#stderr.text.trim();
    return text === "" ? "" : `: ${text}`;
  }

  failure(cause: VmCause, summary: string): BootError {
    return new BootError(cause, summary, { console: this.console.text, qemuLine: this.line });
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }
}
