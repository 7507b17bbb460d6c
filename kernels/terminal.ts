/** Progress of downloads on stderr: one line that is redrawn on a terminal, one line per package elsewhere. */
import type { OnProgress } from "./progress.ts";

export interface TerminalProgress extends Disposable {
  readonly show: OnProgress;
  /** A line on stdout that the redrawn line does not garble. */
  readonly print: (line: string) => void;
}

export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): TerminalProgress {
  let drawn = false;
  let last = "";
  const clear = () => {
    if (drawn) stream.write("\r\x1b[K");
    drawn = false;
  };
  return {
    show(progress) {
      if (progress.kind === "note") {
        clear();
        stream.write(`${progress.text}\n`);
        return;
      }
      const { done, total } = progress;
      const line = `${progress.package} ${mb(done)} of ${mb(total)} MB`;
      if (stream.isTTY) {
        stream.write(`\r\x1b[K${line} (${Math.floor((100 * done) / total)} %)`);
        drawn = true;
      } else if (done === total && line !== last) stream.write(`${line}\n`);
      last = line;
    },
    print(line) {
      clear();
      console.log(line);
    },
    [Symbol.dispose]: clear,
  };
}

const mb = (bytes: number) => (bytes / 1e6).toFixed(1);
