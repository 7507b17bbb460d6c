/** What progress looks like in words. */

export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

const width = 20;

/** `[########............]  41 %  12.2 of 29 MB  3.1 MB/s  5 s left`; @param speed bytes a second; 0 if it is not known */
export function progressBar(done: number, total: number, speed: number): string {
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.floor(part * width);
  const bar = "#".repeat(filled) + ".".repeat(width - filled);
  const parts = [
    `[${bar}] ${String(Math.floor(part * 100)).padStart(3)} %`,
    `${(done / 1e6).toFixed(1)} of ${megabytes(total)}`,
  ];
  if (speed > 0 && done < total)
    parts.push(`${megabytes(speed)}/s`, `${Math.ceil((total - done) / speed)} s left`);
  return parts.join("  ");
}
