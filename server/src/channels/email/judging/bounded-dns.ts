import { Resolver } from 'node:dns/promises';
import { z } from 'zod';

const TIMEOUT_MS = 2_000;
const MOST_QUESTIONS = 40;
const REST_MS = 30_000;

export interface Questions {
  /** As mailauth asks; rejects with a DNS code: ENOTFOUND, ENODATA, ETIMEOUT … */
  ask(name: string, type: string): Promise<string[][] | string[]>;
  /** Some answer did not come. */
  readonly isIncomplete: () => boolean;
  end(): void;
}

/**
 * The DNS, for the judging of one message at a time: with a bound on questions, and an end for all of them. While the DNS itself does not
 * answer – a silent server of a sender's domain alone does not count – nothing is asked.
 */
export function createBoundedDns(servers: readonly string[], nowMs: () => number) {
  const state = { restUntil: 0 };

  async function probe(): Promise<void> {
    const resolver = open(servers);
    state.restUntil = nowMs() + REST_MS;
    try {
      await resolver.resolveNs('.');
      state.restUntil = 0;
    } catch (error) {
      if (isAnswer(error)) state.restUntil = 0;
    }
  }

  return {
    begin(wholeMs: number): Questions {
      const resolver = open(servers);
      const until = nowMs() + wholeMs;
      const count = { asked: 0, lost: 0 };
      const isOver = () => count.asked >= MOST_QUESTIONS || nowMs() > until || nowMs() < state.restUntil;
      return {
        async ask(name, type) {
          count.asked += 1;
          if (isOver()) {
            count.lost += 1;
            throw Object.assign(new Error('not asked'), { code: 'ETIMEOUT' });
          }
          try {
            return await resolve(resolver, name, type);
          } catch (error) {
            if (isAnswer(error)) throw error;
            count.lost += 1;
            if (nowMs() >= state.restUntil) void probe();
            throw error;
          }
        },
        isIncomplete: () => count.lost > 0,
        end: () => resolver.cancel(),
      };
    },
  };
}

function open(servers: readonly string[]): Resolver {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1, maxTimeout: TIMEOUT_MS });
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
}

/** Its types leave out that an answer for MX names each server in `exchange`, which the library reads. */
const answer = z.custom<string[][] | string[]>(Array.isArray);

async function resolve(resolver: Resolver, name: string, type: string): Promise<string[][] | string[]> {
  return answer.parse(await resolver.resolve(name, type));
}

const answers = ['ENOTFOUND', 'ENODATA', 'EREFUSED', 'ESERVFAIL', 'ENOTIMP', 'EFORMERR', 'EBADNAME', 'EBADRESP'];

function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'code' in error && answers.includes(String(error.code));
}
