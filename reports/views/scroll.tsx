import type { ComponentChildren } from "preact";

/** A wide table in a frame of its own. @param by id of the heading that names it */
export function Scroll({ by, children }: { by: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-labelledby={by}>
      {children}
    </section>
  );
}
