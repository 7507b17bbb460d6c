/** A cell, opened: its cases with reason, difference, program, and the command that repeats each. */
import { reproCommand } from "../../harness/run/repro.ts";
import type { EmbeddedLog, EmbeddedLogs, EmbeddedTarget } from "../embedded.ts";
import { cellAddress } from "../target-parts.ts";
import { h, must, unpack } from "./dom.ts";
import { measured } from "./measured.ts";
import type { GridCase, GridCell } from "./model.ts";

export class Panel {
  readonly #dialog = must<HTMLDialogElement>("#cell");
  /** Decompressed when the first cell is opened. */
  #logs: Promise<EmbeddedLogs> | undefined;

  /** @param closed called when the reader closed it */
  constructor(closed: () => void) {
    this.#dialog.addEventListener("close", closed);
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
  }

  /** @param strip what earlier runs said of the cell */
  async open(
    target: EmbeddedTarget,
    syscall: string,
    cell: GridCell,
    strip: HTMLElement | null,
  ): Promise<void> {
    this.#logs ??= unpack<EmbeddedLogs>("logs");
    const logs = await this.#logs;
    const own = logs[target.name];
    const close = h("button", { type: "button", class: "close" }, "Close");
    close.addEventListener("click", () => this.#dialog.close());
    this.#dialog.replaceChildren(
      close,
      h("h2", { id: "cell-title" }, `${syscall} on ${target.name}`),
      h("p", {}, measured(cell.outcome), " ", h("code", {}, `#${cellAddress(target.name, syscall)}`)),
      ...cell.cases.map((item) => caseView(target.name, item, logs[`${target.name}:${item.id}`] ?? {})),
      ...(strip ? [strip] : []),
      h("h3", {}, "Measured on"),
      ...[text("verifier log", own?.verifierLog), text("console", own?.console)].filter(
        (part) => part !== null,
      ),
      aboutTarget(target),
    );
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.scrollTop = 0;
    close.focus();
  }

  close(): void {
    if (this.#dialog.open) this.#dialog.close();
  }
}

function caseView(target: string, { id, outcome, ms }: GridCase, log: EmbeddedLog): HTMLElement {
  const head = h("h3", {}, measured(outcome), ` ${id} `, h("small", {}, `${ms} ms`));
  const reason = log.reason ?? log.cause;
  return h(
    "article",
    { class: "case" },
    head,
    reason
      ? h("p", { class: "reason" }, log.cause ? h("code", {}, log.cause) : null, ` ${log.reason ?? ""}`)
      : null,
    log.diff ? h("pre", {}, log.diff) : null,
    copyable(reproCommand({ target, case: id })),
    text("program", log.program),
    text("events, raw", log.raw),
    text("console", log.console),
    log.file ? h("a", { href: encodeURI(log.file) }, "difference, program, events, console") : null,
  );
}

function copyable(command: string): HTMLElement {
  const button = h("button", { type: "button" }, "Copy");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(command);
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = "Copy";
    }, 1500);
  });
  return h("div", { class: "copyable" }, h("pre", { class: "repro" }, command), button);
}

function text(title: string, content: string | undefined): HTMLElement | null {
  return content ? h("details", {}, h("summary", {}, title), h("pre", {}, content)) : null;
}

function aboutTarget({ about }: EmbeddedTarget): HTMLElement {
  return h("dl", {}, ...about.flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]));
}
