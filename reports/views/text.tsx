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

/** `2026-11-24`, from ISO 8601. */
export function Day({ time }: { time: string }) {
  return <time dateTime={time}>{time.slice(0, 10)}</time>;
}
