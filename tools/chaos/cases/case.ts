import type pg from 'pg';
import type { Replica } from './replicas.ts';

/** What a case may reach while signals come in. */
export interface Reach {
  readonly replicas: readonly Replica[];
  /** A connection of the owner, beside those of the servers. */
  readonly client: pg.Client;
  readonly databaseUrl: string;
  /** Of PostgreSQL's postmaster. */
  postmaster(): number;
}

/** One of the five cases of the public comparison of job queues on PostgreSQL (docs/benchmarks.md), as it defines them. */
export interface Case {
  readonly name: string;
  readonly replicas: number;
  /** Signals a second, whatever becomes of those before. */
  readonly rate: number;
  /** Ends when nothing goes wrong any more. */
  happen(reach: Reach, forMs: number): Promise<void>;
}
