import type { WorkspaceFacts } from '@signalbox/automation/kit/facts.ts';
import { pieceOfEmail, readableEmail } from '@signalbox/automation/kit/values/email-addresses.ts';
import { normalLink, pieceOfLink } from '@signalbox/automation/kit/values/links.ts';
import { foldedText } from '@signalbox/automation/kit/values/normal-form.ts';
import { digitsOf, guessCountry, readPhoneNumber } from '@signalbox/automation/kit/values/phones.ts';
import type { FieldKind } from '@signalbox/automation/kit/values/values.ts';

interface Spelled {
  /** A value as it stands in the database if it stands there in its normal form. */
  readonly whole: (wanted: string, workspace: WorkspaceFacts) => string;
  /** What of a wanted piece stands in such a value; empty: nothing follows. */
  readonly piece: (wanted: string) => string;
}

/** Kinds whose values are compared in a form of their own. Values of another spelling have the term `@` (0043-normal-form.sql). */
export const spelledKinds: Readonly<Partial<Record<FieldKind, Spelled>>> = {
  email: { whole: readableEmail, piece: pieceOfEmail },
  link: { whole: normalLink, piece: pieceOfLink },
  phone: {
    whole: (wanted, workspace) => readPhoneNumber(wanted, guessCountry(workspace))?.number ?? digitsOf(wanted),
    // The 0 before a number that is dialled at home.
    piece: (wanted) => (/\p{L}/u.test(wanted) ? foldedText(wanted) : digitsOf(wanted).replace(/^0+/, '')),
  },
};
