import type { WorkspaceFacts } from '@signalbox/automation/kit/facts.ts';
import { pieceOfEmail, readableEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { normalLink, pieceOfLink } from '@signalbox/automation/kit/values/links.ts';
import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import { digitsOf, guessCountry, readPhoneNumber } from '@signalbox/automation/kit/values/phones.ts';
import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';

interface Spelled {
  /** A value as it stands in the database if it stands there in its normal form. */
  readonly whole: (wanted: string, workspace: WorkspaceFacts) => string;
  /** One of these stands in a value that holds the wanted piece; an empty one: nothing follows. */
  readonly pieces: (wanted: string) => readonly string[];
}

/** Kinds whose values are compared in a form of their own. Values of another spelling have the term `@` (0043-normal-form.sql). */
export const spelledKinds: Readonly<Partial<Record<FieldKind, Spelled>>> = {
  email: { whole: readableEmail, pieces: (wanted) => [pieceOfEmail(wanted)] },
  link: { whole: normalLink, pieces: (wanted) => [pieceOfLink(wanted)] },
  phone: {
    whole: (wanted, workspace) => readPhoneNumber(wanted, guessCountry(workspace))?.number ?? digitsOf(wanted),
    // What is no number (a moment) holds it as it is written, a number without the 0 that is dialled at home.
    pieces: (wanted) => [foldedText(wanted), ...(/\p{L}/u.test(wanted) ? [] : [digitsOf(wanted).replace(/^0+/, '')])],
  },
};
