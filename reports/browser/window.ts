/** Which part of a long list is drawn: what can be seen, and some more on both sides. */
export interface Window {
  readonly first: number;
  /** The first one that is not drawn. */
  readonly last: number;
}

export interface Extent {
  /** Of one item, in pixels. */
  readonly size: number;
  readonly count: number;
  readonly scrolled: number;
  /** What can be seen, in pixels. */
  readonly room: number;
  readonly margin: number;
}

export function windowOf({ size, count, scrolled, room, margin }: Extent): Window {
  const seen = Math.floor(scrolled / size);
  const first = Math.max(0, Math.min(seen, count) - margin);
  return { first, last: Math.min(count, seen + Math.ceil(room / size) + margin) };
}

export function sameWindow(a: Window, b: Window): boolean {
  return a.first === b.first && a.last === b.last;
}

export function range({ first, last }: Window): number[] {
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}
