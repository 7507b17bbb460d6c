/** How fast it goes: the status line on terminals, perf mode's lines, the summary. */

const thousands = (value: number) => Math.round(value).toLocaleString("en-US");

export interface Counts {
  /** Taken from the capture, and of these printed. */
  readonly events: number;
  readonly printed: number;
  /** Lost by the driver and the kernel; null: files do not tell. */
  readonly drops: number | null;
}

export function summary({ events, printed, drops }: Counts, seconds: number): string {
  const lost = drops === null ? "" : `, ${thousands(drops)} dropped`;
  const rate = seconds > 0 ? `, ${thousands(events / seconds)} events/s` : "";
  return `${thousands(events)} events${lost}, ${thousands(printed)} printed, ${seconds.toFixed(1)} s${rate}`;
}

/** Says twice a second on standard error how far it is; nothing if that is no terminal. */
export class StatusLine {
  readonly #on: boolean;
  #next = 0;
  #shown = false;

  constructor(on: boolean) {
    this.#on = on;
  }

  update(now: number, text: () => string): void {
    if (!this.#on || now < this.#next) return;
    this.#next = now + 500;
    process.stderr.write(`\r\x1b[K${text()}`);
    this.#shown = true;
  }

  clear(): void {
    if (this.#shown) process.stderr.write("\r\x1b[K");
    this.#shown = false;
  }
}

/** A line a second with the events of that second. */
export class PerfLines {
  #since: number;
  #events = 0;

  constructor(now: number) {
    this.#since = now;
  }

  update(now: number, { events, drops }: Counts, say: (line: string) => void): void {
    const seconds = (now - this.#since) / 1000;
    if (seconds < 1) return;
    const lost = drops === null ? "" : `, ${thousands(drops)} dropped so far`;
    say(`${thousands((events - this.#events) / seconds)} events/s (${thousands(events)} so far${lost})`);
    this.#since = now;
    this.#events = events;
  }
}
