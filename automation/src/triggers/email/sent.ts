import { defineTrigger } from '../../kit/definitions/define-trigger.ts';
import { matchIf } from '../../kit/definitions/match.ts';
import { choice } from '../../kit/settings/fields.ts';
import strings from './sent.strings.json' with { type: 'json' };

/** An employee, or a rule, sends the client an e-mail. */
export const sent = defineTrigger({
  key: 'email/sent',
  icon: 'send',
  group: 'communication',
  on: 'email.sent',
  fields: { sentBy: choice(['people', 'rules', 'both'], 'people') },
  strings,
  example: { sentBy: 'both' },
  matches: ({ by }, { sentBy }) => {
    const sender = by === 'rule' ? 'rules' : 'people';
    return matchIf(sentBy === 'both' || sentBy === sender, 'sentBy', { wanted: sentBy, got: sender });
  },
});
