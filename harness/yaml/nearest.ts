/** Which of the possible words somebody may have meant. */

/**
 * The candidates close to `word`, best first, at most three; none if all are too different to be a slip.
 * Case does not count; a candidate that begins with the word counts as close.
 */
export function nearest(word: string, candidates: Iterable<string>): string[] {
  const wanted = word.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const measured = [...new Set(candidates)].map((candidate) => ({
    candidate,
    distance: slip(wanted, candidate.toLowerCase()),
  }));
  const exact = measured.some(({ distance }) => distance === 0);
  return measured
    .filter(({ distance }) => distance <= (exact ? 0 : limit))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** `; did you mean a or b?`, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`;
}

function slip(word: string, candidate: string): number {
  if (word === candidate) return 0;
  if (word.length >= 3 && candidate.startsWith(word)) return 1;
  return editDistance(word, candidate);
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost 1 each. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, beforeLast[j - 2]! + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
