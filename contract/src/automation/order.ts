import { z } from 'zod';

/** Where a rule stands among those of its stage, by the ids of the others: what its graph is drawn from (semantics.md 5.2). */
export const ruleOrder = {
  /** The rule above in its chain; null: it begins one, beside the others. */
  previous: z.string().nullable(),
  /** The rules whose results it uses: it waits for these as well. */
  uses: z.array(z.string()),
};
