import { isEmail, normalEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { type CountryCode, normalPhone } from '@signalbox/automation/kit/values/phones.ts';
import { type FieldError, invalid } from '../../platform/errors.ts';
import { summary } from '../../platform/http/field-errors.ts';

export interface Address {
  readonly kind: 'email' | 'phone';
  /** As it was given, for people. */
  readonly value: string;
  /** `normalEmail` or `normalPhone` (semantics.md 2.3). */
  readonly normal: string;
}

/** What a client has already: that may be sent back, whatever is checked of others. */
interface Standing {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}
const nothing: Standing = { emails: [], phones: [] };

/** The e-mails and phones of a body; 422 for what is neither, each address once. */
export function readAddresses(
  { emails = [], phones = [] }: { emails?: readonly string[] | undefined; phones?: readonly string[] | undefined },
  country: CountryCode | undefined,
  before: Standing = nothing,
): { emails: Address[]; phones: Address[] } {
  const errors: FieldError[] = [
    ...emails.flatMap((email, index) =>
      isEmail(email) || before.emails.includes(email) ? [] : [wrong(`emails[${index}]`, 'Expected an e-mail address')],
    ),
    ...phones.flatMap((phone, index) =>
      /\d/.test(phone) || before.phones.includes(phone) ? [] : [wrong(`phones[${index}]`, 'Expected a phone number')],
    ),
  ];
  if (errors.length > 0) throw invalid(errors, summary(errors));
  return {
    emails: once(emails.map((value) => ({ kind: 'email', value: value.trim(), normal: normalEmail(value) }))),
    phones: once(phones.map((value) => ({ kind: 'phone', value: value.trim(), normal: normalPhone(value, country) }))),
  };
}

function wrong(path: string, message: string): FieldError {
  return { path, code: 'address', message };
}

// Of two spellings the first: what stands there stays as it was written.
function once(addresses: readonly Address[]): Address[] {
  const seen = new Map<string, Address>();
  for (const address of addresses) if (!seen.has(address.normal)) seen.set(address.normal, address);
  return [...seen.values()];
}
