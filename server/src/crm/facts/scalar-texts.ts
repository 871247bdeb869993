import { bareEmail, isEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { type CountryCode, readPhoneNumber } from '@signalbox/automation/kit/values/phones.ts';
import { z } from 'zod';

const MAX_LENGTH = 2_000;
const webAddress = z.url({ protocol: /^https?$/ }).max(MAX_LENGTH);
const bareAddress = /^[\p{L}\d-]+(\.[\p{L}\d-]+)+(:\d+)?([/?#]\S*)?$/u;

/** An address that a browser may be sent to: http or https, nothing that runs. One without a scheme gets https. */
export function readLink(text: string): string | undefined {
  const trimmed = text.trim();
  return webAddress.safeParse(bareAddress.test(trimmed) ? `https://${trimmed}` : trimmed).data;
}

/** Without display name, in lower case. */
export function readEmail(text: string): string | undefined {
  const bare = bareEmail(text).toLowerCase();
  return isEmail(bare) ? bare : undefined;
}

/** E.164 with an extension as it was; a number without a country code belongs to the workspace's country. */
export function readPhone(text: string, country: CountryCode | undefined): string | undefined {
  const trimmed = text.trim().replace(/^00/, '+');
  if (trimmed.length > 60) return undefined;
  const read = readPhoneNumber(trimmed, country);
  if (read !== undefined) return read.extension === undefined ? read.number : `${read.number};ext=${read.extension}`;
  // Short numbers and those of unknown countries stay as they were written.
  return /^\+?[\d\s()./-]{3,25}$/.test(trimmed) && /\d{3}/.test(trimmed.replace(/\D/g, '')) ? trimmed : undefined;
}
