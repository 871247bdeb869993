import { describe, expect, it } from 'vitest';
import { jan, makeItem } from '../../testing.ts';
import { runRule } from '../../testing-ports.ts';
import { email } from './email.ts';

describe('clients/email', () => {
  it('writes to the client’s first address, tracked', async () => {
    const { effects, outputs } = await runRule(email, { subject: 'Offer', text: 'Dear {{ client.name }}' });
    expect(effects).toEqual([
      [
        'queueToClient',
        {
          subject: 'Offer',
          text: 'Dear Jan Kowalski',
          to: null,
          mailboxId: null,
          track: true,
          attachments: { fields: [], files: [] },
        },
      ],
    ]);
    expect(outputs).toEqual({ emailId: 5 });
  });

  it('escapes values in rich text', async () => {
    const item = makeItem({ client: { ...jan, name: 'Jan <script>' } });
    const { effects } = await runRule(
      email,
      { subject: 'Offer', html: '<p>{{ client.name }}</p>', to: 'x@client.test', track: false },
      { item },
    );
    expect(effects).toMatchObject([
      ['queueToClient', { html: '<p>Jan &lt;script&gt;</p>', to: 'x@client.test', track: false }],
    ]);
  });

  it('wants a text or an html text', async () => {
    expect(email.parse({ subject: 'Offer' })).toMatchObject({ ok: false, problems: [{ path: ['settings', 'text'] }] });
    await expect(runRule(email, { subject: 'Offer', text: '{{ item.chatId }}' })).rejects.toThrow('the text is empty');
  });
});
