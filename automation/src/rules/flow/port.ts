/** The chain in which the rule stands, in the run's transaction. */
export interface FlowPort {
  /** Cancels what waits for the rule to end, and what waits for that. */
  stopBehind(): Promise<{ readonly stopped: number }>;
}

declare module '../../kit/definitions/ports.ts' {
  interface Ports {
    readonly flow: FlowPort;
  }
}
