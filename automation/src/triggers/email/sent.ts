import { defineTrigger } from '../../kit/define-trigger.ts';
import { choice } from '../../kit/fields.ts';
import { matchIf } from '../../kit/match.ts';
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
