import { describe, expect, it } from 'vitest';
import { parseEmail } from '../reading/parse-email.ts';
import { letter } from '../reading/testing-letters.ts';
import { namedWriters } from './named-writers.ts';
import { type WriterSetting, whoWrote } from './who-wrote.ts';

const ours = {
  isMailbox: (address: string) => ['sales@us.test', 'support@us.test'].includes(address),
  isEmployee: (address: string) => address === 'boss@us.test',
};
const wrote = (headers: readonly string[], body = 'Hello', setting?: WriterSetting) =>
  whoWrote(namedWriters(parseEmail(letter(headers, body))), ours, setting);

describe('the visitor or buyer wrote what a site sends for them', () => {
  it.each([
    [
      'a form of WordPress',
      ['From: "Web form" <wordpress@ourshop.example>', 'Reply-To: ada@client.example', 'X-Mailer: PHPMailer'],
    ],
    [
      'a form that says nothing of its program',
      ['From: Contact <kontakt@ourshop.example>', 'Reply-To: ada@client.example'],
    ],
    ['a form in the name of the visitor', ['From: Ada <noreply@forms.example>', 'Reply-To: Ada <ada@client.example>']],
    [
      'a shop that also lets one unsubscribe',
      [
        'From: Shop <orders@shop.example>',
        'Reply-To: ada@client.example',
        'List-Unsubscribe: <https://shop.example/u>',
      ],
      'E-mail: ada@client.example',
    ],
    [
      'a form at a mail provider',
      ['From: our.site@gmail.com', 'Reply-To: ada@gmail.com', 'Auto-Submitted: auto-generated'],
    ],
    ['a form that sends from our own mailbox', ['From: sales@us.test', 'Reply-To: ada@client.example']],
    [
      'a form that sends in the name of an employee',
      ['From: boss@us.test', 'Reply-To: ada@client.example', 'X-PHP-Originating-Script: 33:mail.php'],
    ],
    [
      'a mailbox of ours in Reply-To beside',
      ['From: site@ourshop.example', 'Reply-To: sales@us.test, ada@client.example'],
    ],
  ])('of %s', (_, headers, body = 'Hello') => {
    const { by, reason, sentBy, answersTo } = wrote(headers, body);
    expect({ by: by?.address, reason, answersTo }).toMatchObject({ reason: 'site', answersTo: by?.address });
    expect(by?.address).toMatch(/^ada@/);
    expect(headers[0]).toContain(sentBy?.address);
  });
});

describe('the member wrote what a group sends in its own name', () => {
  it.each([
    [
      'X-Original-From',
      [
        'From: "\'Gina Group\' via Sales" <sales@us.test>',
        'Reply-To: Gina Group <gg@client.example>',
        'X-Original-From: Gina Group <gg@client.example>',
        'List-ID: <sales.us.test>',
      ],
    ],
    [
      'Reply-To alone',
      ['From: "\'Gina Group\' via Sales" <sales@us.test>', 'Reply-To: gg@client.example', 'Precedence: list'],
    ],
    [
      'X-Original-Sender alone',
      ['From: "\'Gina Group\' via Sales" <sales@us.test>', 'X-Original-Sender: gg@client.example'],
    ],
    [
      'a list elsewhere',
      [
        'From: Gina Group via Team <team@lists.example>',
        'Reply-To: Gina Group <gg@client.example>',
        'List-Id: <team.lists.example>',
      ],
    ],
    ['Sender', ['From: "\'Gina Group\' przez Sales" <sales@us.test>', 'Sender: gg@client.example']],
  ])('by %s', (_, headers) => {
    expect(wrote(headers)).toMatchObject({ by: { address: 'gg@client.example', name: 'Gina Group' }, reason: 'group' });
  });
});

describe('From wrote', () => {
  it.each([
    [
      'who wants the answer at another address',
      ['From: Jan Kowalski <jan@work.example>', 'Reply-To: jan.k@gmail.com'],
      'jan.k@gmail.com',
    ],
    [
      'whose assistant answers',
      ['From: Anna Nowak <anna@agency.example>', 'Reply-To: office@other.example'],
      'office@other.example',
    ],
    [
      'of a help desk that knows its tickets by the address',
      ['From: Anna <support@desk.example>', 'Reply-To: support+id7@desk.example', 'Auto-Submitted: auto-generated'],
      'support+id7@desk.example',
    ],
    [
      'of a newsletter',
      [
        'From: News <news@brand.example>',
        'Reply-To: reply-8813@sender.example',
        'List-Unsubscribe: <mailto:u@sender.example>',
      ],
      'reply-8813@sender.example',
    ],
    [
      'on a list that wants the answers',
      ['From: Ann <ann@client.example>', 'Reply-To: team@lists.example', 'List-Id: <team.lists.example>'],
      'team@lists.example',
    ],
    ['who names several to answer', ['From: site@a.example', 'Reply-To: b@b.example, c@c.example'], 'b@b.example'],
    [
      'where nobody answers',
      ['From: orders@shop.example', 'Reply-To: no-reply@other.example'],
      'no-reply@other.example',
    ],
    [
      'whose secretary sent it',
      ['From: cleo@client.example', 'Sender: secretary@client.example'],
      'cleo@client.example',
    ],
    [
      'whose name is put under an answer to us by somebody else',
      ['From: cleo@client.example', 'Reply-To: accounts@strangers.example', 'In-Reply-To: <ours@us.test>'],
      'accounts@strangers.example',
    ],
    [
      'the same by a program',
      [
        'From: Cleo <cleo@client.example>',
        'Reply-To: accounts@strangers.example',
        'In-Reply-To: <ours@us.test>',
        'X-Mailer: PHPMailer',
      ],
      'accounts@strangers.example',
    ],
    [
      'of an employee with a private address',
      ['From: Boss <boss@us.test>', 'Reply-To: boss@home.example'],
      'boss@home.example',
    ],
  ])('%s', (_, headers, answersTo) => {
    const writer = wrote(headers);
    expect(writer).toMatchObject({ reason: 'from', sentBy: undefined, answersTo });
    expect(headers[0]).toContain(writer.by?.address);
  });

  it('where it is a mailbox of ours that nobody stands behind, and nobody is to be answered', () => {
    expect(wrote(['From: support@us.test', 'Reply-To: sales@us.test'])).toMatchObject({
      by: { address: 'support@us.test' },
      answersTo: undefined,
    });
  });
});

it('the setting of the mailbox overrides the rule', () => {
  const form = ['From: "Web form" <wordpress@ourshop.example>', 'Reply-To: ada@client.example'];
  const person = ['From: Anna Nowak <anna@agency.example>', 'Reply-To: office@other.example'];
  expect(wrote(form, 'x', 'from')).toMatchObject({ by: { address: 'wordpress@ourshop.example' }, reason: 'from' });
  expect(wrote(person, 'x', 'replyTo')).toMatchObject({ by: { address: 'office@other.example' }, reason: 'setting' });
  expect(wrote(['From: a@b.example'], 'x', 'replyTo')).toMatchObject({
    by: { address: 'a@b.example' },
    reason: 'from',
  });
});

it('without a From the one to answer wrote, else the sender, else nobody', () => {
  expect(wrote(['Reply-To: ada@client.example'])).toMatchObject({ by: { address: 'ada@client.example' } });
  expect(wrote(['Sender: ada@client.example'])).toMatchObject({ by: { address: 'ada@client.example' } });
  expect(wrote(['Subject: x']).by).toBeUndefined();
});
