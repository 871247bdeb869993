import { timingSafeEqual } from 'node:crypto';
import { type Config, isOwnMachine } from '../../platform/config/config.ts';
import { loadSecrets } from '../../platform/config/secrets.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';

// Without letters and digits that are taken for each other.
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 12;

/** What `npm start` prints, like `ABCD-EFGH-JKLM`: whoever reads it runs this machine. 60 bits, the same at each start. */
export function setupCode({ dataDir }: Pick<Config, 'dataDir'>): string {
  const bytes = loadSecrets(dataDir).keyFor('first account').subarray(0, LENGTH);
  const text = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return text.replace(/(.{4})(?!$)/g, '$1-');
}

/** Whoever asks from this machine, of a server that calls itself by nothing else, has no need of it; no proxy stands before that. */
export function needsCode({ publicUrl }: Pick<Config, 'publicUrl'>, ip: string): boolean {
  return !isOwnMachine(publicUrl) || !/^(127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/.test(ip);
}

/** 422 when it is needed and is not this. */
export function checkCode(config: Pick<Config, 'publicUrl' | 'dataDir'>, ip: string, code: string | undefined): void {
  if (!needsCode(config, ip)) return;
  const [given, right] = [code ?? '', setupCode(config)].map((text) =>
    Buffer.from(text.toUpperCase().replace(/[\s-]/g, '')),
  );
  const isRight =
    given !== undefined && right !== undefined && given.length === right.length && timingSafeEqual(given, right);
  if (!isRight) throw invalidAt('code', 'setup-code', 'This is not the code that Signalbox printed when it started');
}
