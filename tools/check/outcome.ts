/** What a step of `npm test` came to. */
export interface Outcome {
  passed: number;
  failed: number;
}
