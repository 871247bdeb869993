/** Names under which connections keep statements prepared. */
export interface StatementNames {
  /** The same for the same text; undefined for a text that has not come often enough, or never comes twice. */
  nameOf(text: string, parameterCount: number): string | undefined;
  /** New names for all: what was prepared no longer fits the tables. */
  renew(): void;
}

/** More parameters than this are lists written out, and each length of a list is another text. */
const MOST_PARAMETERS = 40;
const NAMED_FROM_USE = 2;
const MOST_TEXTS = 1_000;

export function createStatementNames(): StatementNames {
  let generation = 0;
  let uses = new Map<string, { count: number; readonly name: string }>();
  return {
    nameOf(text, parameterCount) {
      if (parameterCount > MOST_PARAMETERS) return undefined;
      const known = uses.get(text);
      if (known !== undefined) {
        known.count += 1;
        return known.count >= NAMED_FROM_USE ? known.name : undefined;
      }
      if (uses.size < MOST_TEXTS) uses.set(text, { count: 1, name: `s${generation}_${uses.size}` });
      return undefined;
    },
    renew() {
      generation += 1;
      uses = new Map();
    },
  };
}
