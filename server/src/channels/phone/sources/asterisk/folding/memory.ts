/** Remembers the last so many ids. */
export interface Memory {
  add(id: string): void;
  has(id: string): boolean;
}

export function createMemory(most: number): Memory {
  const ids = new Set<string>();
  return {
    add(id) {
      ids.delete(id);
      ids.add(id);
      if (ids.size <= most) return;
      const [oldest] = ids;
      if (oldest !== undefined) ids.delete(oldest);
    },
    has: (id) => ids.has(id),
  };
}
