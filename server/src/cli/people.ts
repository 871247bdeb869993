import { text as readText } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { isBareEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { language } from '@signalbox/contract/common.ts';
import { createWorkspace } from '../api/setup/create-workspace.ts';
import { hashNewPassword } from '../people/accounts.ts';
import { recordKey } from '../people/acts/record-key.ts';
import { createUser } from '../people/create-user.ts';
import { createKey } from '../people/keys.store.ts';
import { command, sign } from '../platform/author.ts';
import { inWorkspace } from '../platform/db.ts';
import { findUser, findWorkspace } from './find-workspace.ts';
import { withContext } from './open-context.ts';
import { UsageError } from './usage.ts';

const text = { type: 'string' } as const;

/** `workspace create --name NAME`; prints its id. */
export async function makeWorkspace(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { name: text, currency: text, 'time-zone': text, language: text } });
  const { name } = values;
  if (name === undefined || name.trim() === '') throw new UsageError('workspace create needs --name');
  const known = language.optional().safeParse(values.language);
  if (!known.success) throw new UsageError('--language is one of en, pl, es, pt, it');
  const wanted = {
    name,
    currency: checkCurrency(values.currency),
    timeZone: checkTimeZone(values['time-zone']),
    language: known.data,
  };
  const id = await withContext((context) => createWorkspace(context, wanted));
  process.stdout.write(`${id}\n`);
}

/** `user create --email ADDRESS --workspace WORKSPACE`; prints its id. */
export async function makeUser(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { email: text, workspace: text, name: text, role: text, 'password-stdin': { type: 'boolean' } },
  });
  const { email, role = 'employee' } = values;
  if (email === undefined || !isBareEmail(email)) throw new UsageError('user create needs --email ADDRESS');
  const password = values['password-stdin'] ? await readPassword() : undefined;
  const user = await withContext(async (context) => {
    const workspaceId = await findWorkspace(context, values.workspace);
    const name = values.name ?? email.split('@')[0] ?? email;
    const passwordHash =
      password === undefined
        ? null
        : await hashNewPassword(context.databases, { password, email, texts: [name], workspaceId });
    return createUser(context.databases, workspaceId, { email, role, passwordHash, by: null, name });
  });
  process.stdout.write(`${user.id}\n`);
}

// Not as an argument: those can be read by everybody on the machine.
async function readPassword(): Promise<string> {
  const [password = ''] = (await readText(process.stdin)).split(/\r?\n/);
  if (password.length < 12)
    throw new UsageError('--password-stdin reads a password of at least 12 characters, on one line');
  return password;
}

/** `key create --user ADDRESS`; prints the key, this once. */
export async function makeKey(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { user: text, workspace: text, kind: text, name: text } });
  const { user: email, kind = 'api', name = 'command line' } = values;
  if (email === undefined) throw new UsageError('key create needs --user ADDRESS');
  if (kind !== 'api' && kind !== 'webhook') throw new UsageError('--kind is api or webhook');
  const { key } = await withContext(async (context) => {
    const workspaceId = values.workspace === undefined ? null : await findWorkspace(context, values.workspace);
    const user = await findUser(context, { email, workspaceId });
    return inWorkspace(context.databases.app, user.workspaceId, async (tx) => {
      sign(tx, command);
      const made = await createKey(tx, { workspaceId: user.workspaceId, employeeId: user.id, kind, name });
      await recordKey(tx, 'made', { id: made.id, kind, name, owner: email });
      return made;
    });
  });
  process.stdout.write(`${key}\n`);
}

function checkCurrency(currency: string | undefined): string | undefined {
  if (currency === undefined || /^[A-Z]{3}$/.test(currency)) return currency;
  throw new UsageError('--currency is a code like EUR');
}

function checkTimeZone(timeZone: string | undefined): string | undefined {
  if (timeZone === undefined || Intl.supportedValuesOf('timeZone').includes(timeZone) || timeZone === 'UTC')
    return timeZone;
  throw new UsageError('--time-zone is a name like Europe/Warsaw');
}
