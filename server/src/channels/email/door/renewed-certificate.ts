import { createPrivateKey, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Config } from '../../../platform/config/config.ts';

export type CertificateFiles = NonNullable<Config['smtpTls']>;

interface Pair {
  readonly cert: string;
  readonly key: string;
}

interface Renewal {
  readonly files: CertificateFiles;
  /** What is used until the files change. */
  readonly used: Pair;
  now(): Date;
  /** For how often the files are looked at. */
  nowMs(): number;
  /** Connections that begin from now on are shown this one. */
  use(pair: Pair): void;
  /** What whoever runs the server has to mend; null when nothing. Told at every look. */
  tell(words: string | null): void;
  /** That no mail may come, now or soon. Told at every look. */
  warn(state: CertificateState): void;
}

export interface CertificateState {
  readonly state: 'soon' | 'refused' | 'ended';
  /** When the one that is used ends. */
  readonly until: Date;
}

const LOOK_EVERY_MS = 1_000;
/** Programs that renew do so weeks before. */
const SOON_MS = 7 * 86_400_000;

/**
 * A certificate ends every few months, and a program beside us puts a new one in its place: who calls this, at each connection and now and
 * then, has the new one used. One that cannot be used – not readable, ended, not of its key – is told, and the one before goes on.
 */
export function createRenewal({ files, used, now, nowMs, use, tell, warn }: Renewal): () => void {
  let [lookedAt, seen, refused] = [Number.NEGATIVE_INFINITY, printOf(files), ''];
  let until = new X509Certificate(used.cert).validToDate;
  return () => {
    if (nowMs() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = nowMs();
    const print = printOf(files);
    if (print !== seen) {
      seen = print;
      try {
        const pair = readPair(files, now());
        use(pair);
        until = new X509Certificate(pair.cert).validToDate;
        refused = '';
      } catch (error) {
        refused = `The new certificate of SMTP_TLS_CERT is not used: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
    const ended = until <= now() ? `The certificate of SMTP_TLS_CERT ended on ${day(until)}` : '';
    tell([ended, refused].filter((words) => words !== '').join('. ') || null);
    const state = stateOf({ leftMs: until.getTime() - now().getTime(), isRefused: refused !== '' });
    if (state !== null) warn({ state, until });
  };
}

function stateOf({ leftMs, isRefused }: { leftMs: number; isRefused: boolean }): CertificateState['state'] | null {
  if (leftMs <= 0) return 'ended';
  if (isRefused) return 'refused';
  return leftMs <= SOON_MS ? 'soon' : null;
}

const day = (moment: Date) => moment.toISOString().slice(0, 10);

function printOf({ cert, key }: CertificateFiles): string {
  return [cert, key].map(printOfFile).join(' ');
}

function printOfFile(file: string): string {
  const { mtimeMs, size, ino } = fs.statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0, ino: 0 };
  return `${mtimeMs} ${size} ${ino}`;
}

function readPair({ cert: certFile, key: keyFile }: CertificateFiles, now: Date): Pair {
  const pair = { cert: fs.readFileSync(certFile, 'utf8'), key: fs.readFileSync(keyFile, 'utf8') };
  const certificate = new X509Certificate(pair.cert);
  if (!certificate.checkPrivateKey(createPrivateKey(pair.key)))
    throw new Error('SMTP_TLS_KEY is the key of another one');
  if (certificate.validToDate <= now) throw new Error(`it ended on ${day(certificate.validToDate)}`);
  if (certificate.validFromDate > now) throw new Error(`it begins on ${day(certificate.validFromDate)}`);
  createSecureContext(pair);
  return pair;
}
