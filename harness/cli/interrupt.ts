/** A signal that is aborted by Ctrl-C and its kin; a second Ctrl-C kills at once. */
export function interruption(): AbortSignal & Disposable {
  const controller = new AbortController();
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const stop = () => controller.abort();
  for (const name of names) process.once(name, stop);
  return Object.assign(controller.signal, {
    [Symbol.dispose]: () => {
      for (const name of names) process.removeListener(name, stop);
    },
  });
}
