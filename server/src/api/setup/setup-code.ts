import { isSameCode, readableCode } from '../../people/entrance/readable-code.ts';
import { type Config, isOwnMachine } from '../../platform/config/config.ts';
import { loadSecrets } from '../../platform/config/secrets.ts';
import { invalidAt } from '../../platform/http/field-errors.ts';

/** What `npm start` prints, like `ABCD-EFGH-JKLM`: whoever reads it runs this machine. 60 bits, the same at each start. */
export function setupCode({ dataDir }: Pick<Config, 'dataDir'>): string {
  return readableCode(loadSecrets(dataDir).keyFor('first account'));
}

/** Whoever asks from this machine, of a server that calls itself by nothing else, has no need of it; no proxy stands before that. */
export function needsCode({ publicUrl }: Pick<Config, 'publicUrl'>, ip: string): boolean {
  return !isOwnMachine(publicUrl) || !/^(127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/.test(ip);
}

/** 422 when it is needed and is not this. */
export function checkCode(config: Pick<Config, 'publicUrl' | 'dataDir'>, ip: string, code: string | undefined): void {
  if (!needsCode(config, ip)) return;
  if (isSameCode(code ?? '', setupCode(config))) return;
  throw invalidAt('code', 'setup-code', 'This is not the code that Signalbox printed when it started');
}
