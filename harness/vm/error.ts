/** What goes wrong with a machine. Never a test failure: a case that meets one ends as `infra-error`. */

export type VmCause =
  /** QEMU did not start, or the guest ended before its agent opened the port. */
  | "boot"
  | "guest-panic"
  /** The guest did not answer in time. */
  | "timeout"
  /** The guest ended, or its agent closed the port, in the middle of talking. */
  | "channel"
  | "disk-full";

/** `message` says what happened, ends with the console's last lines, and gives the QEMU line. */
export class BootError extends Error {
  override readonly name = "BootError";
  override readonly cause: VmCause;
  /** One sentence. */
  readonly summary: string;
  /** Last part of the guest's console, at most `consoleTail` bytes. */
  readonly console: string;
  /** The command, quoted for a shell. */
  readonly qemuLine: string;

  constructor(cause: VmCause, summary: string, machine: { console: string; qemuLine: string }) {
    const { console, qemuLine } = machine;
    const tail = console === "" ? "(console is empty)" : lastLines(console, 30);
    super(`${summary}\n--- console\n${tail}\n--- machine\n${qemuLine}`);
    this.cause = cause;
    this.summary = summary;
    this.console = console;
    this.qemuLine = qemuLine;
  }
}

const lastLines = (text: string, count: number) => text.trimEnd().split("\n").slice(-count).join("\n");
