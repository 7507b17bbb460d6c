/** Takes one event into the state. */
import type { ScapEvent } from "../../scap/event.ts";
import type { State } from "../state/state.ts";
import type { Thread } from "../state/thread.ts";
import { Context } from "./context.ts";
import { type Plan, plans } from "./plan.ts";
import { parsers } from "./table.ts";

export class Runner {
  readonly context: Context;

  constructor(state: State) {
    this.context = new Context(state);
  }

  /** @returns the event's plan; undefined for an event that this schema does not have. */
  run(event: ScapEvent): Plan | undefined {
    const { context } = this;
    this.finish();
    const { type } = event;
    const plan = plans[type];
    context.moveTo(event);
    if (!plan) return undefined;
    this.#findThread(plan);
    // Old files have events without the parameters that they have today.
    context.hasResult = plan.hasResult && event.nparams > 0;
    context.result = context.hasResult ? context.num(0) : 0;
    if (context.thread && plan.fd >= 0 && plan.fd < event.nparams) this.#findFd(plan, context.thread);
    context.oldName = context.fd?.name ?? "";
    parsers[type]?.(context);
    const { thread } = context;
    // Something else has happened in the thread: its enter event and the exit that comes are not of one call.
    if (thread?.enter && !plan.isPassive && thread.enter.type !== type) thread.enter = null;
    return plan;
  }

  /** What the last event ended is still there while that event is looked at. */
  finish(): void {
    const { context } = this;
    if (context.closing >= 0) {
      context.thread?.fds.delete(context.closing);
      context.closing = -1;
    }
    if (context.ending >= 0) {
      context.state.threads.remove(context.ending);
      context.ending = -1;
    }
  }

  #findThread({ thread }: Plan): void {
    if (thread === "none") return;
    const { context } = this;
    const { threads } = context.state;
    const tid = context.event.tidNumber;
    context.thread = thread === "known" ? threads.get(tid) : threads.getOrPlaceholder(tid);
  }

  #findFd({ fd }: Plan, thread: Thread): void {
    const { context } = this;
    context.fdNumber = context.num(fd);
    context.fd = thread.fd(context.fdNumber);
  }
}
