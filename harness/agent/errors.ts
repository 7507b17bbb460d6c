/**
 * `protocol`: the peer is not our agent, or answered nonsense. `closed`: the channel ended: guest gone. `timeout`: no
 * answer in time. `refused`: the agent said no, or the request failed there; its words are the message.
 */
export class AgentError extends Error {
  override readonly name = "AgentError";
  constructor(
    readonly kind: "protocol" | "closed" | "timeout" | "refused",
    message: string,
    /** For `refused`: what the agent called it, and its errno or scap status. */
    readonly detail?: { readonly kind: string; readonly code: number },
  ) {
    super(message);
  }
}
