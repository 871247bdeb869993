import type { CellProblem } from '@signalbox/contract/imports.ts';
import type { PlannedColumn } from '../../../crm/csv/read-row.ts';
import { readEmail } from '../../../crm/facts/scalar-texts.ts';
import { columnOf, type RowInput, textOf, textsOf } from './import-world.ts';

/** Whom a row of items is with, as other programs write it: `Jane Doe (jane@client.test)`, or a first and a last name. */
export function withClientApart(columns: readonly PlannedColumn[], given: RowInput): RowInput {
  const written = textOf(given, 'contact.name');
  if (written === null) return withJoinedName(given);
  const [client, ...others] = clientsIn(written);
  if (client === undefined) return given;
  const { name, email } = client;
  return {
    ...given,
    values: { ...given.values, 'contact.name': name, 'contact.email': [email, ...textsOf(given, 'contact.email')] },
    problems: [...given.problems, ...tellOthers(columns, others)],
  };
}

function withJoinedName(given: RowInput): RowInput {
  const parts = [textOf(given, 'contact.firstName'), textOf(given, 'contact.lastName')];
  const name = parts.filter((part) => part !== null).join(' ');
  return name === '' ? given : { ...given, values: { ...given.values, 'contact.name': name } };
}

interface Client {
  readonly name: string | null;
  readonly email: string;
}

/** None, unless each part of the text has an address. */
function clientsIn(text: string): Client[] {
  const parts = text.split(';').map((part) => clientIn(part.trim()));
  const clients = parts.filter((part) => part !== undefined);
  return clients.length === parts.length ? clients : [];
}

function clientIn(text: string): Client | undefined {
  const [, name = '', inBrackets] = /^([^()<>]*)[(<]([^\s()<>]+)[)>]$/.exec(text) ?? [];
  const email = readEmail(inBrackets ?? text);
  return email === undefined ? undefined : { name: name.trim() === '' ? null : name.trim(), email };
}

// An item is with one contact.
function tellOthers(columns: readonly PlannedColumn[], others: readonly Client[]): CellProblem[] {
  if (others.length === 0) return [];
  const text = others.map(({ name, email }) => (name === null ? email : `${name} (${email})`)).join('; ');
  return [{ column: columnOf({ columns }, 'contact.name'), code: 'more-clients', text }];
}
