import { describe, expect, it } from 'vitest';
import { anna } from '../../testing.ts';
import { runRule } from '../../testing-ports.ts';
import { emailEmployee } from './email-employee.ts';

const letter = { subject: 'New: {{ client.name }}', text: 'Call {{ client.phone }}' };

describe('alerts/email-employee', () => {
  it('writes to the responsible from the default mailbox, off the timeline', async () => {
    const { effects } = await runRule(emailEmployee, letter);
    expect(effects).toEqual([
      [
        'queueToEmployee',
        {
          subject: 'New: Jan Kowalski',
          text: 'Call +48221234567',
          attachments: { fields: [], files: [] },
          showOnTimeline: false,
          mailboxId: null,
          toIds: [anna.id],
        },
      ],
    ]);
  });

  it('takes a mailbox by address, files of both kinds, and the timeline', async () => {
    const given = {
      from: 'sales@sandbox.test',
      attachments: { fields: ['contract'], files: [7] },
      showOnTimeline: true,
    };
    const { effects } = await runRule(
      emailEmployee,
      { ...letter, ...given },
      { mailboxes: { 'sales@sandbox.test': 3 } },
    );
    expect(effects).toMatchObject([
      ['queueToEmployee', { mailboxId: 3, attachments: given.attachments, showOnTimeline: true }],
    ]);
  });

  it('fails without the mailbox, and without recipients', async () => {
    await expect(runRule(emailEmployee, { ...letter, from: 'gone@sandbox.test' })).rejects.toThrow(
      'there is no mailbox gone@sandbox.test',
    );
    await expect(runRule(emailEmployee, { ...letter, to: ['head:Nowhere'] })).rejects.toThrow('there is no recipient');
  });
});
