import { dmarc } from 'mailauth/lib/dmarc/index.js';
import { spf } from 'mailauth/lib/spf/index.js';
import { apartInPieces, GaveUp } from '../../../platform/apart/apart.ts';
import type { Asker } from '../../../platform/apart/turns.ts';
import type { Config } from '../../../platform/config/config.ts';
import { domainOf } from '../reading/addresses.ts';
import { readTrustedResults } from './authentication-results.ts';
import { createBoundedDns, type Questions } from './bounded-dns.ts';
import type { DkimResult, work } from './dkim-work.ts';
import type { Signs } from './signs.ts';
import { type Authentication, concludeOf, type Found } from './verdict.ts';

/** Where a message came from, as the door saw it. */
export interface Origin {
  readonly address: string;
  /** What it called itself. */
  readonly helo: string;
  /** A relay of ours: what it says of the message counts, and its own address proves nothing. */
  readonly isRelay: boolean;
}

export interface Judging {
  readonly raw: Buffer;
  readonly signs: Signs;
  /** MAIL FROM; '' is the null sender. */
  readonly envelopeFrom: string;
  readonly origin: Origin;
}

export type Judge = (judging: Judging, asker: Asker) => Promise<Authentication>;

const WHOLE_MS = 5_000;
const dkimWork = new URL('./dkim-work.ts', import.meta.url);

/**
 * Whether a message comes from the domain of its From, by SPF, DKIM and DMARC, or by the word of a relay that is trusted (docs/email.md). It
 * never fails, and the DNS has five seconds for all of it: what could not be found out is not proved. Signatures are checked apart.
 */
export function createJudge(
  config: Pick<Config, 'dnsServers' | 'smtpAuthservIds'>,
  nowMs = () => performance.now(),
): Judge {
  const dns = createBoundedDns(config.dnsServers, nowMs);
  const verify = apartInPieces<typeof work>(dkimWork, { deadlineMs: WHOLE_MS });
  return async (judging, asker) => {
    const { signs, origin } = judging;
    const from = signs.from.length === 1 ? (signs.from[0] ?? null) : null;
    const said = origin.isRelay ? readTrustedResults(signs.results, config.smtpAuthservIds) : undefined;
    if (said !== undefined) return concludeOf({ ...said, by: 'relay', from, isIncomplete: false });
    if (from === null) return concludeOf({ ...unknown, from });

    const questions = dns.begin(WHOLE_MS);
    try {
      const [sender, keys] = await Promise.all([askSpf(judging, questions), askKeys(signs.keys, questions)]);
      const work = { input: { keys }, bytes: judging.raw };
      // Unsigned mail, and such whose keys are nowhere, needs no turn.
      const signatures = Object.keys(keys).length === 0 ? [] : await signaturesOf(verify(work, asker));
      return concludeOf(await withPolicy({ from, sender, signatures }, questions));
    } finally {
      questions.end();
    }
  };
}

const none = { result: 'none', domain: null };
const unknown: Omit<Found, 'from'> = { by: 'dns', spf: none, dkim: none, dmarc: none, isIncomplete: false };

async function askSpf({ origin, envelopeFrom }: Judging, questions: Questions): Promise<Found['spf']> {
  if (origin.isRelay) return none;
  const { address, helo } = origin;
  const asked = { sender: envelopeFrom, ip: address, helo, mta: 'signalbox', resolver: questions.ask };
  return spf(asked).then(
    ({ status, domain }) => ({ result: status.result, domain: domain.toLowerCase() }),
    () => ({ result: 'permerror', domain: null }),
  );
}

async function askKeys(names: readonly string[], questions: Questions): Promise<Record<string, string[]>> {
  const found = names.map(async (name) => {
    const records = await questions.ask(name, 'TXT').catch(() => []);
    return records.length === 0 ? [] : [[name, records.map((parts) => [parts].flat().join(''))] as const];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}

// Whatever becomes of the look at them, the message is taken.
async function signaturesOf(
  reading: ReturnType<ReturnType<typeof apartInPieces<typeof work>>>,
): Promise<readonly DkimResult[]> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof GaveUp) return [];
    throw error;
  }
}

interface Proofs {
  readonly from: string;
  readonly sender: Found['spf'];
  readonly signatures: readonly DkimResult[];
}

async function withPolicy({ from, sender, signatures }: Proofs, questions: Questions): Promise<Found> {
  const good = signatures.filter(({ result, isWhole }) => result === 'pass' && isWhole);
  const policy = await dmarc({
    headerFrom: from,
    spfDomains: sender.result === 'pass' && sender.domain !== null ? [sender.domain] : [],
    dkimDomains: good.map(({ domain, aligned }) => ({ domain, aligned })),
    resolver: questions.ask,
  });
  const best = good.find(({ aligned }) => aligned !== false) ?? good[0] ?? signatures[0];
  return {
    ...{ by: 'dns', from, spf: sender },
    dkim: best === undefined ? none : { result: good.includes(best) ? 'pass' : best.result, domain: best.domain },
    dmarc: { result: policy === false ? 'none' : policy.status.result, domain: domainOf(from) },
    isIncomplete: questions.isIncomplete(),
  };
}
