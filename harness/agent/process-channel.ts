/** A channel to a child process that speaks on its stdin and stdout. */
import type { Channel } from "../vm/channel.ts";

export function processChannel(
  command: string[],
  options: { env?: Record<string, string> } = {},
): Channel & {
  /** All that the process wrote to stderr, once it has ended. */
  readonly stderr: Promise<string>;
  readonly exited: Promise<number>;
  kill(): void;
} {
  const child = Bun.spawn(command, { stdin: "pipe", stdout: "pipe", stderr: "pipe", ...options });
  const reader = child.stdout.getReader();
  return {
    async read() {
      const { value, done } = await reader.read();
      return done ? null : value;
    },
    async write(data) {
      child.stdin.write(data);
      await child.stdin.flush();
    },
    close() {
      void child.stdin.end();
    },
    stderr: new Response(child.stderr).text(),
    exited: child.exited,
    kill: () => child.kill("SIGKILL"),
  };
}
