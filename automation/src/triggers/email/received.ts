import { defineTrigger, type Match } from '../../kit/definitions/define-trigger.ts';
import { matchAll, matchIf, matchSome } from '../../kit/definitions/match.ts';
import { channels, phrases } from '../../kit/settings/fields.ts';
import { foldedText } from '../../kit/values/normal-form.ts';
import strings from './received.strings.json' with { type: 'json' };

/** The client writes; bounces, automatic answers, spam and mail of ours do not count. */
export const received = defineTrigger({
  key: 'email/received',
  icon: 'mail',
  group: 'communication',
  on: 'email.received',
  fields: { mailboxes: channels('mailbox'), contains: phrases() },
  strings,
  example: { mailboxes: [], contains: ['invoice'] },
  matches: (email, { mailboxes, contains }) =>
    matchAll(
      countsAsMail(email),
      matchSome('mailboxes', mailboxes, [email.mailbox, email.mailboxAddress, ...(email.mailboxes ?? [])]),
      matchIf(saysOneOf(`${email.subject ?? ''}\n${email.text ?? ''}`, contains), 'contains', {
        wanted: contains,
        got: email.subject,
      }),
    ),
});

interface Kept {
  readonly bounce?: boolean;
  readonly autoReply?: boolean;
  readonly spam?: boolean;
  readonly flood?: boolean;
  readonly ours?: boolean;
}

function countsAsMail(email: Kept): Match {
  const kinds = ['bounce', 'autoReply', 'spam', 'flood', 'ours'] as const;
  const kind = kinds.find((known) => email[known] === true);
  return kind === undefined || { setting: kind, wanted: false, got: true };
}

function saysOneOf(text: string, words: readonly string[]): boolean {
  const folded = foldedText(text);
  return words.length === 0 || words.some((word) => folded.includes(foldedText(word)));
}
