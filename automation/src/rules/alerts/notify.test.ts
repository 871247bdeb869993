import { describe, expect, it } from 'vitest';
import { anna } from '../../testing.ts';
import { piotr, runRule } from '../../testing-ports.ts';
import { notify } from './notify.ts';

const text = '{{ item.title }}: {{ client.name }} has read the offer';

describe('alerts/notify', () => {
  it('tells the responsible, in the name of the responsible, by default', async () => {
    const { effects } = await runRule(notify, { text });
    expect(effects).toEqual([
      ['notify', { text: 'Windows: Jan Kowalski has read the offer', senderId: anna.id, recipientIds: [anna.id] }],
    ]);
  });

  it('tells everybody chosen once', async () => {
    const people = { 'department:Sales': [anna, piotr], 'piotr@example.com': [piotr] } as const;
    const { effects } = await runRule(
      notify,
      { text, sender: 'piotr@example.com', recipients: ['department:Sales', 'piotr@example.com'] },
      { people },
    );
    expect(effects).toMatchObject([['notify', { senderId: piotr.id, recipientIds: [anna.id, piotr.id] }]]);
  });

  it('fails without recipients, and without text', async () => {
    await expect(runRule(notify, { text, recipients: ['role:Nobody'] })).rejects.toThrow('there is no recipient');
    await expect(runRule(notify, { text: '{{ item.chatId }}' })).rejects.toThrow('the text is empty');
    expect(notify.parse({ text: ' ' }).ok).toBe(false);
  });

  it('refuses keys and people that do not exist', () => {
    expect(notify.parse({ text, to: [] })).toMatchObject({
      ok: false,
      problems: [{ path: ['settings', 'to'], code: 'unknown-key' }],
    });
    expect(notify.parse({ text, recipients: ['nobody'] }).ok).toBe(false);
  });
});
