import { UsageError, usage } from './cli/usage.ts';
import { ConfigError } from './platform/config/config.ts';
import { UserError } from './platform/errors.ts';

type Verb = (args: string[]) => Promise<void>;

/** `npx signalbox <verb>` (interfaces.md, Commands). Each is loaded when it is asked for: half the server stands behind one. */
const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  'automation export': async () => (await import('./cli/automation.ts')).exportBoard,
  'automation check': async () => (await import('./cli/automation.ts')).checkFiles,
  'automation apply': async () => (await import('./cli/automation.ts')).applyFiles,
  'automation rehearse': async () => (await import('./cli/rehearse.ts')).rehearseFile,
  'workspace create': async () => (await import('./cli/people.ts')).makeWorkspace,
  'user create': async () => (await import('./cli/people.ts')).makeUser,
  'user reset-link': async () => (await import('./cli/accounts.ts')).printResetLink,
  'user take-factors': async () => (await import('./cli/accounts.ts')).takeAway,
  'key create': async () => (await import('./cli/people.ts')).makeKey,
  'import csv': async () => (await import('./cli/import.ts')).importCsv,
  'secrets rotate': async () => (await import('./cli/secrets.ts')).rotateKeys,
  'quota list': async () => (await import('./cli/quota.ts')).listQuotas,
  'quota set': async () => (await import('./cli/quota.ts')).setQuotas,
  'domain claim': async () => (await import('./cli/domains.ts')).claim,
  'domain release': async () => (await import('./cli/domains.ts')).release,
  'domain list': async () => (await import('./cli/domains.ts')).list,
  'audit prune': async () => (await import('./cli/audit.ts')).pruneLog,
};

const [noun = '', verb = '', ...args] = process.argv.slice(2);
await run(noun, verb, args).catch(explain);

async function run(noun: string, name: string, rest: string[]): Promise<void> {
  if (noun === '' || noun === 'help' || noun === '--help' || noun === '-h') {
    process.stdout.write(usage);
    return;
  }
  const wanted = verbs[`${noun} ${name}`];
  if (wanted === undefined) throw new UsageError(`There is no verb "${`${noun} ${name}`.trim()}"`);
  await (await wanted())(rest);
}

function explain(error: unknown): void {
  process.exitCode = isNotUnderstood(error) ? 2 : 1;
  process.stderr.write(`${inWords(error)}\n`);
}

// What node:util's parseArgs throws for options it does not know.
function isNotUnderstood(error: unknown): boolean {
  return (
    error instanceof UsageError ||
    (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
  );
}

function inWords(error: unknown): string {
  if (isNotUnderstood(error) && error instanceof Error) return `signalbox: ${error.message}\n\n${usage}`;
  if (error instanceof UserError || error instanceof ConfigError) return `signalbox: ${error.message}`;
  return `signalbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
