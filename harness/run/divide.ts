/** From targets to what guests do: the order, and which targets are shared by several guests. */
import type { ListedCase } from "./list-cases.ts";
import type { Work } from "./schedule.ts";

/** Cases of one target for one guest. */
export interface Part extends Work {
  /** From 1. */
  readonly part: number;
  readonly parts: number;
}

export interface Dividing {
  /** Guests at a time. */
  readonly jobs: number;
  /** Milliseconds that one guest needs for so many cases of a target. */
  readonly estimate: (target: string, cases: number) => number;
}

/** Fewer cases are not worth a guest of their own. */
const fewestCases = 10;

/**
 * Slowest first, so that no long one remains at the end. A target that would take longer than all guests together
 * need for everything is split, evenly: with it alone in the end, the other guests would stand idle.
 */
export function divide(work: readonly Work[], { jobs, estimate }: Dividing): Part[] {
  const cost = ({ target, cases }: Work) => estimate(target, cases.length);
  const fairShare = work.reduce((sum, item) => sum + cost(item), 0) / jobs;
  const parts = work.flatMap((item) => {
    const wanted = fairShare > 0 ? Math.ceil(cost(item) / fairShare - 0.05) : 1;
    const most = Math.floor(item.cases.length / fewestCases);
    return split(item, Math.max(1, Math.min(wanted, most, jobs)));
  });
  return parts.sort((a, b) => cost(b) - cost(a));
}

/** Neighbours stay together: cases of one file share what they import. */
function split({ target, cases }: Work, parts: number): Part[] {
  const at = (index: number) => Math.floor((index * cases.length) / parts);
  return Array.from({ length: parts }, (_, i): Part => {
    const own: readonly ListedCase[] = cases.slice(at(i), at(i + 1));
    return { target, cases: own, part: i + 1, parts };
  });
}

/** `x86_64/debian-6.12/kmod`, or with `, 1 of 2` behind. */
export function partName({ target, part, parts }: Part): string {
  return parts === 1 ? target : `${target}, ${part} of ${parts}`;
}
