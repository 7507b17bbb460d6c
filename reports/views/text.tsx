/** Long text that opens on demand. */
export function Text({ title, text }: { title: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <details>
      <summary>{title}</summary>
      <pre>{text}</pre>
    </details>
  );
}

/** `2026-11-24 06:00 UTC`, from ISO 8601. */
export function Time({ time }: { time: string }) {
  return <time dateTime={time}>{time.slice(0, 16).replace("T", " ")} UTC</time>;
}

/** `2026-11-24`, from ISO 8601. */
export function Day({ time }: { time: string }) {
  return <time dateTime={time}>{time.slice(0, 10)}</time>;
}

export const firstLine = (text: string | undefined) => text?.split("\n", 1)[0];

export const count = (n: number, word: string) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
