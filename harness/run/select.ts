/** Which cases run on which targets. */
import { didYouMean } from "../yaml/nearest.ts";

/** A glob matched nothing: the message names the nearest. */
export class NoMatch extends Error {}

/**
 * The names that match one of the globs, in their order; all of them if there are no globs. `*` crosses no `/`.
 * @throws NoMatch for a glob that matches none: a typing error must not make a run smaller.
 */
export function select(kind: string, globs: readonly string[], names: readonly string[]): string[] {
  const matchers = globs.map((glob) => ({ glob, matcher: new Bun.Glob(glob) }));
  for (const { glob, matcher } of matchers)
    if (!names.some((name) => matcher.match(name)))
      throw new NoMatch(`no ${kind} matches "${glob}"${didYouMean(glob, likeGlob(glob, names))}`);
  return names.filter((name) => globs.length === 0 || matchers.some(({ matcher }) => matcher.match(name)));
}

/** The names with the glob's own wildcards where it has some: `open/*` is near to `opne/*`, `open/a-file` is not. */
function likeGlob(glob: string, names: readonly string[]): string[] {
  const parts = glob.split("/");
  return names.map((name) =>
    name
      .split("/")
      .map((part, i) => (parts[i]?.includes("*") ? parts[i] : part))
      .join("/"),
  );
}

/** One glob that matches exactly these ids. */
export function globOf(ids: readonly string[]): string {
  return ids.length === 1 ? ids[0]! : `{${ids.join(",")}}`;
}
