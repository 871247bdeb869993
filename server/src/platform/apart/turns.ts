/** Whose work it is that waits for a process. */
export interface Asker {
  /** Null when it is of none. */
  readonly workspace: number | null;
  /** Within the workspace: an employee, a sender. */
  readonly who: string;
  /** Whether somebody known waits for it, or it came in by itself. */
  readonly lane: 'people' | 'strangers';
}

export interface TurnLimits {
  /** Running at the same time: of all, of one workspace, of all strangers, of the strangers of one workspace, of one asker. */
  readonly all: number;
  readonly workspace: number;
  readonly strangers: number;
  readonly strangersOfOne: number;
  readonly asker: number;
  /** Waiting, of all and of one asker. */
  readonly waiting: number;
  readonly waitingOfOne: number;
}

/** One more than the strangers of all workspaces may have together, and than any one workspace may have. */
export const usualTurns: TurnLimits = {
  ...{ all: 3, workspace: 2, strangers: 2, strangersOfOne: 1, asker: 1 },
  ...{ waiting: 300, waitingOfOne: 60 },
};

export interface Turns {
  /** Resolves when it is the asker's turn, with what ends it; undefined at once when too much waits already. */
  take(asker: Asker): Promise<(() => void) | undefined>;
}

interface Waiting {
  readonly keys: Keys;
  go(end: () => void): void;
}

interface Keys {
  readonly workspace: string;
  readonly asker: string;
  /** What may run at the same time, and how much of it. */
  readonly groups: readonly (readonly [key: string, most: number])[];
}

/** Turns that neither one sender nor one workspace can fill: next is whoever has had none for the longest, workspace by workspace. */
export function createTurns(limits: TurnLimits = usualTurns): Turns {
  const running = new Map<string, number>();
  const served = new Map<string, number>();
  const waiting: Waiting[] = [];
  let turn = 0;

  const count = (key: string) => running.get(key) ?? 0;
  const add = (key: string, one: 1 | -1) => {
    const now = count(key) + one;
    if (now === 0) running.delete(key);
    else running.set(key, now);
  };
  const mayGo = ({ keys }: Waiting) => keys.groups.every(([key, most]) => count(key) < most);
  const isBefore = (one: Waiting, other: Waiting) =>
    (served.get(one.keys.workspace) ?? 0) - (served.get(other.keys.workspace) ?? 0) ||
    (served.get(one.keys.asker) ?? 0) - (served.get(other.keys.asker) ?? 0);

  function goOn(): void {
    const next = waiting
      .filter(mayGo)
      .reduce<Waiting | undefined>(
        (best, one) => (best === undefined || isBefore(one, best) < 0 ? one : best),
        undefined,
      );
    if (next === undefined) return;
    waiting.splice(waiting.indexOf(next), 1);
    turn += 1;
    remember(served, next.keys.workspace, turn);
    remember(served, next.keys.asker, turn);
    for (const [key] of next.keys.groups) add(key, 1);
    next.go(
      once(() => {
        for (const [key] of next.keys.groups) add(key, -1);
        goOn();
      }),
    );
    goOn();
  }

  return {
    async take(asker) {
      const keys = keysOf(asker, limits);
      const own = waiting.filter((one) => one.keys.asker === keys.asker).length;
      if (waiting.length >= limits.waiting || own >= limits.waitingOfOne) return undefined;
      return new Promise((go) => {
        waiting.push({ keys, go });
        goOn();
      });
    },
  };
}

function keysOf({ workspace, who, lane }: Asker, limits: TurnLimits): Keys {
  const own = `workspace ${workspace ?? 'none'}`;
  const asker = `${own} ${lane} ${who}`;
  const ofStrangers = [
    ['strangers', limits.strangers],
    [`strangers of ${own}`, limits.strangersOfOne],
  ] as const;
  return {
    workspace: own,
    asker,
    groups: [
      ['all', limits.all],
      [own, limits.workspace],
      [asker, limits.asker],
      ...(lane === 'strangers' ? ofStrangers : []),
    ],
  };
}

const REMEMBERED = 5_000;

// Names come from outside: the oldest are forgotten.
function remember(served: Map<string, number>, key: string, turn: number): void {
  served.delete(key);
  served.set(key, turn);
  const [oldest] = served.keys();
  if (served.size > REMEMBERED && oldest !== undefined) served.delete(oldest);
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}
