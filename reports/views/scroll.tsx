import type { ComponentChildren } from "preact";

interface Props {
  /** Id of the heading that names it. */
  readonly by: string;
  /** Many rows: it is laid out only when it is in sight. */
  readonly long?: boolean;
  readonly children: ComponentChildren;
}

/** A wide table in a frame of its own. */
export function Scroll({ by, long, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class={long ? "scroll long" : "scroll"} tabIndex={0} aria-labelledby={by}>
      {children}
    </section>
  );
}
