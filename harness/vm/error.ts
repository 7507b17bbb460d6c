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

/** `message` says what happened, with the part of the console that matters and the QEMU line. */
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
    super(`${summary}\n--- console\n${excerpt(console)}\n--- machine\n${qemuLine}`);
    this.cause = cause;
    this.summary = summary;
    this.console = console;
    this.qemuLine = qemuLine;
  }
}

const shownLines = 40;

/** From where the kernel begins to complain, or else the end. */
function excerpt(console: string): string {
  if (console.trim() === "") return "(empty)";
  const lines = console.trimEnd().split("\n");
  const trouble = lines.findIndex((line) => /Kernel panic|BUG:|Oops|general protection fault/.test(line));
  const from = trouble >= 0 ? trouble : Math.max(0, lines.length - shownLines);
  return lines.slice(from, from + shownLines).join("\n");
}
