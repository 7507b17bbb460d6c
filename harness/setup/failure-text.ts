/** What an error says to a user: a sentence, or the words of the command that failed, without anybody's stack. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ((error as NodeJS.ErrnoException).code === "ENOSPC") return `the disk is full: ${error.message}`;
  // A command that zx ran: zx's own message has its trace in it.
  if ("stderr" in error && "exitCode" in error)
    return `a command failed with status ${error.exitCode}:\n${head(String(error.stderr))}`;
  return error.message;
}

/** A compiler's first complaint is the one to read; thousands may follow. */
const shownLines = 20;

function head(text: string): string {
  const lines = text.trimEnd().split("\n");
  const more = lines.length - shownLines;
  return [...lines.slice(0, shownLines), ...(more > 0 ? [`… and ${more} more lines`] : [])].join("\n");
}
