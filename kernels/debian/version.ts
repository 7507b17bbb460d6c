/**
 * Debian's order of versions (deb-version(7)), which also orders kernel releases such as `5.10.0-9-amd64` <
 * `5.10.0-32-amd64`. Semantic versioning is no help: it takes `-32` for a pre-release.
 */
export function compareVersions(a: string, b: string): number {
  const left = split(a);
  const right = split(b);
  return (
    left.epoch - right.epoch ||
    compareParts(left.upstream, right.upstream) ||
    compareParts(left.revision, right.revision)
  );
}

function split(version: string): { epoch: number; upstream: string; revision: string } {
  const colon = version.indexOf(":");
  const dash = version.lastIndexOf("-");
  return {
    epoch: colon < 0 ? 0 : Number(version.slice(0, colon)),
    upstream: version.slice(colon + 1, dash < 0 ? undefined : dash),
    revision: dash < 0 ? "" : version.slice(dash + 1),
  };
}

/** Compares runs of non-digits and runs of digits in turn. */
function compareParts(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a[i])) || (j < b.length && !isDigit(b[j]))) {
      const order = weight(a[i]) - weight(b[j]);
      if (order !== 0) return order;
      i++;
      j++;
    }
    const left = digits(a, i);
    const right = digits(b, j);
    const order = Number(left || 0) - Number(right || 0);
    if (order !== 0) return order;
    i += left.length;
    j += right.length;
  }
  return 0;
}

const isDigit = (c: string | undefined) => c !== undefined && c >= "0" && c <= "9";
const digits = (text: string, from: number) => /^\d*/.exec(text.slice(from))![0];

/** `~` sorts before the end, the end (or a digit) before letters, letters before everything else. */
function weight(c: string | undefined): number {
  if (c === "~") return -1;
  if (c === undefined || isDigit(c)) return 0;
  return /[A-Za-z]/.test(c) ? c.charCodeAt(0) : c.charCodeAt(0) + 256;
}
