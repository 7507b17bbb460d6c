/** Takes one event into the state. */
import type { ScapEvent } from "../../scap/event.ts";
import { onlyDamage } from "../state/damage.ts";
import type { State } from "../state/state.ts";
import { Context, type Parser } from "./context.ts";
import { type Plan, plans } from "./plan.ts";
import { parsers } from "./table.ts";

/**
 * Most events change nothing: for them it is found out whose they are, and no more. Their result and their descriptor are
 * looked up when somebody asks (`Context`).
 */
export class Runner {
  readonly context: Context;

  constructor(state: State) {
    this.context = new Context(state);
  }

  /** @returns the event's plan; undefined for an event that this schema does not have. */
  run(event: ScapEvent): Plan | undefined {
    const { context } = this;
    if (context.isEnding) this.finish();
    const { type } = event;
    const plan = plans[type];
    context.moveTo(event, plan);
    if (plan === undefined) return undefined;
    const parser = parsers[type];
    if (parser !== undefined) this.parse(parser, plan);
    const { thread } = context;
    // Something else has happened in the thread: its enter event and the exit that comes are not of one call.
    if (thread?.enter && !plan.isPassive && thread.enter.type !== type) thread.enter = null;
    return plan;
  }

  private parse(parser: Parser, { changesFd }: Plan): void {
    const { context } = this;
    if (changesFd) context.prepare();
    try {
      parser(context);
    } catch (error) {
      onlyDamage(error);
    }
  }

  /** What the last event ended is still there while that event is looked at. */
  finish(): void {
    const { context } = this;
    if (context.closing >= 0) context.thread?.fds.delete(context.closing);
    if (context.ending >= 0) context.state.threads.remove(context.ending);
    context.closing = -1;
    context.ending = -1;
  }
}
