import { createHash, randomBytes } from 'node:crypto';
import { type Language, parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import { fillIn } from '@signalbox/automation/kit/words/words.ts';
import { record } from '../../audit/record.ts';
import { type Author, command, stranger } from '../../platform/author.ts';
import type { Context } from '../../platform/context.ts';
import { inSystem, inWorkspace, type Tx } from '../../platform/db.ts';
import { notFound, UserError } from '../../platform/errors.ts';
import { endSessions, findAccountByEmail, setAccountPassword, setVerified } from '../accounts.store.ts';
import { hashNewPassword } from '../accounts.ts';
import { networkOf } from '../entrance/guess-limits.ts';
import { countWithin } from '../entrance/guesses.store.ts';
import type { SystemMail } from '../entrance/system-mail.ts';
import { hasFactors } from '../factors/factors.store.ts';
import type { Tell } from '../password-guard.ts';
import strings from './reset.strings.json' with { type: 'json' };
import { addPassword, addReset, findReset, listEmployments, spendReset } from './resets.store.ts';

const phrases: Readonly<Record<Language, (typeof strings)['en']>> = strings;
const HOUR_MS = 3_600_000;
const OF_ACCOUNT = 3;
const OF_NETWORK = 20;

type Doors = Context & { readonly mail: SystemMail; readonly tell: Pick<Tell, 'passwordReset'> };

/**
 * A link to the address, if somebody works here under it. Whether somebody does is told neither by the answer nor by how long it takes:
 * what depends on it happens afterwards. 429 for a network that asks a lot; a further link for an account that got three this hour is not sent.
 */
export async function askReset(doors: Doors, { email, ip }: { email: string; ip: string }): Promise<void> {
  const { databases, clock, log } = doors;
  const ofNetwork = { name: `reset network ${networkOf(ip)}`, windowMs: HOUR_MS, most: OF_NETWORK };
  if (!(await inSystem(databases.system, (tx) => countWithin(tx, ofNetwork, clock.now())))) throw tooMany();
  sendLink(doors, { email, ip }).catch((error: unknown) => log.error({ err: error }, 'a reset link was not sent'));
}

async function sendLink(doors: Doors, { email, ip }: { email: string; ip: string }): Promise<void> {
  const { databases, clock, mail } = doors;
  const found = await inSystem(databases.system, async (tx) => {
    const accountId = await findAccountByEmail(tx, email);
    const employments = accountId === undefined ? [] : await listEmployments(tx, accountId);
    if (accountId === undefined || employments.length === 0) return undefined;
    // Its administrators would come into the other workspaces with it.
    if (mail.staysHere && employments.length > 1) return undefined;
    const ofAccount = { name: `reset account ${accountId}`, windowMs: HOUR_MS, most: OF_ACCOUNT };
    if (!(await countWithin(tx, ofAccount, clock.now()))) return undefined;
    const url = await makeLink(tx, doors, accountId);
    await note(tx, 'reset-asked', { accountId, author: stranger(ip) });
    return { url, employments };
  });
  const [first] = found?.employments ?? [];
  if (found === undefined || first === undefined) return;
  const { subject, text } = phrases[parseLanguage(first.language)].link;
  const letter = { to: email, subject, text: fillIn(text, { url: found.url, name: first.name }) };
  await mail.send({ workspaceId: first.workspaceId, ...letter });
}

/** The same without mail, for whoever runs the machine: the link. 404 for an address without an account. */
export function makeResetLink(context: Context, email: string): Promise<string> {
  return inSystem(context.databases.system, async (tx) => {
    const accountId = await findAccountByEmail(tx, email);
    if (accountId === undefined) throw notFound(`An account of ${email}`);
    await note(tx, 'reset-link-made', { accountId, author: command });
    return makeLink(tx, context, accountId);
  });
}

async function makeLink(tx: Tx, { config, clock }: Context, accountId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await addReset(tx, { hash: hashOf(token), accountId, expiresAt: new Date(clock.now().getTime() + HOUR_MS) });
  return `${config.publicUrl}/reset/${token}`;
}

/** Whose password it sets; 404 for a link that is wrong, used or too old. */
export async function getReset({ databases, clock }: Context, token: string): Promise<{ email: string }> {
  const found = await inSystem(databases.system, (tx) => findReset(tx, hashOf(token), clock.now()));
  if (found === undefined) throw gone();
  return found;
}

interface Answered {
  readonly token: string;
  readonly password: string;
  readonly ip: string;
}

/** A new password: ends all sessions, proves the address, and is told to the owner. A second factor is asked for as before, and then the address is not proved. */
export async function setForgotten(doors: Doors, { token, password, ip }: Answered): Promise<void> {
  const { databases, clock } = doors;
  const { email } = await getReset(doors, token);
  const passwordHash = await hashNewPassword(databases, { password, email });
  const employments = await inSystem(databases.system, async (tx) => {
    const accountId = await spendReset(tx, hashOf(token), clock.now());
    if (accountId === undefined) throw gone();
    await addPassword(tx, accountId, passwordHash);
    await setAccountPassword(tx, accountId, passwordHash);
    // A second factor that somebody else may have set up is asked for; whose the account is, is not said by half of it.
    if (!(await hasFactors(tx, accountId))) await setVerified(tx, accountId, true);
    await endSessions(tx, accountId);
    await note(tx, 'password-reset', { accountId, author: stranger(ip) });
    return listEmployments(tx, accountId);
  });
  await tellOwner(doors, { email, ip, employments });
}

interface Owner {
  readonly email: string;
  readonly ip: string;
  readonly employments: Awaited<ReturnType<typeof listEmployments>>;
}

async function tellOwner(doors: Doors, { email, ip, employments }: Owner): Promise<void> {
  const { databases, clock, mail, log, tell } = doors;
  for (const { workspaceId, employeeId } of employments)
    await inWorkspace(databases.app, workspaceId, (tx) =>
      tell.passwordReset(tx, { employeeId, address: ip, now: clock.now() }),
    );
  const [first] = employments;
  if (first === undefined || !mail.works) return;
  const { subject, text } = phrases[parseLanguage(first.language)].done;
  const letter = {
    workspaceId: first.workspaceId,
    to: email,
    subject,
    text: fillIn(text, { address: ip, name: first.name }),
  };
  mail.send(letter).catch((error: unknown) => log.error({ err: error }, 'a new password was not told by mail'));
}

interface Note {
  readonly accountId: string;
  readonly author: Author;
}

async function note(
  tx: Tx,
  kind: 'reset-asked' | 'reset-link-made' | 'password-reset',
  { accountId, author }: Note,
): Promise<void> {
  for (const { workspaceId, employeeId, name } of await listEmployments(tx, accountId))
    await record(tx, { kind, workspaceId, on: { kind: 'person', id: employeeId, name } }, author);
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();
const gone = () => notFound('The link, or it was used or has expired;');

function tooMany(): UserError {
  const detail = 'Too many links were asked for from your network; try again in an hour';
  return new UserError({ status: 429, code: 'too-many-resets', title: 'Wait a moment', detail });
}
