/** How many checks of a step passed and failed. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** What failed, each by its name and the beginning of its error, where the step knows. */
  readonly failures?: readonly string[];
}

/** A step that is one check. */
export async function one(step: Promise<boolean>): Promise<Outcome> {
  return (await step) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
