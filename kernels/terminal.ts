/** Progress of downloads on stderr: a bar that is redrawn on a terminal, plain lines elsewhere. */
import type { Sink } from "../harness/cli/progress.ts";
import type { OnProgress, Progress } from "./progress.ts";
import { megabytes, progressBar } from "./progress-text.ts";

export interface TerminalProgress extends Disposable {
  readonly show: OnProgress;
  /** What the following progress is about: shown in front of the bar. */
  readonly heading: (text: string) => void;
  /** A line on stdout that the bar does not garble. */
  readonly print: (line: string) => void;
}

const eraseLine = "\r\x1b[K";

/** @param now milliseconds */
export function terminalProgress(
  stream: Sink = process.stderr,
  now: () => number = () => performance.now(),
): TerminalProgress {
  let drawn = false;
  let about = "";
  let transfer: Transfer | undefined;
  const clear = () => {
    if (drawn) stream.write(eraseLine);
    drawn = false;
  };
  const line = (text: string) => {
    clear();
    stream.write(`${text}\n`);
  };
  const download = (progress: Download) => {
    if (transfer?.package !== progress.package)
      transfer = { package: progress.package, from: progress.done, since: now() };
    const done = progress.done >= progress.total;
    if (stream.isTTY && !done) {
      const bar = progressBar(progress.done, progress.total, speedOf(transfer, progress.done, now()));
      stream.write(
        eraseLine +
          `${about ? `${about}  ` : ""}${bar}  ${progress.package}`.slice(0, (stream.columns ?? 80) - 1),
      );
      drawn = true;
    } else if (done && transfer.finished !== true) {
      transfer.finished = true;
      line(`${progress.package}  ${megabytes(progress.total)}`);
    }
  };
  return {
    show: (progress) => (progress.kind === "note" ? line(progress.text) : download(progress)),
    heading(text) {
      about = text;
      if (!stream.isTTY) line(text);
    },
    print(text) {
      clear();
      console.log(text);
    },
    [Symbol.dispose]: clear,
  };
}

type Download = Extract<Progress, { kind: "download" }>;

interface Transfer {
  readonly package: string;
  /** Bytes that were there when it began: a continued transfer is not faster for it. */
  readonly from: number;
  readonly since: number;
  finished?: boolean;
}

/** Bytes a second; 0 within the first half second. */
function speedOf({ from, since }: Transfer, done: number, now: number): number {
  const seconds = (now - since) / 1000;
  return seconds < 0.5 ? 0 : (done - from) / seconds;
}
