type Asker = () => Promise<boolean>;

let asker: Asker | null = null;

/** Whoever shows the question for the password; call the answer to take it away again. */
export function askPasswordBy(ask: Asker): () => void {
  asker = ask;
  return () => {
    asker = null;
  };
}

/** Asks for the password once more; false when nobody gave it. */
export const askPassword: Asker = () => asker?.() ?? Promise.resolve(false);
