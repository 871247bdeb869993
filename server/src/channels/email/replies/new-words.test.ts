import { describe, expect, it } from 'vitest';
import { htmlToText } from '../decoding/html-to-text.ts';
import { newWords } from './new-words.ts';

const ours = '<p>Here is our offer. You can <b>cancel</b> within 14 days.</p>';
const wordsOf = (html: string) => newWords({ text: htmlToText(html), html });

describe('what is quoted in HTML is not new', () => {
  it.each([
    [
      'Gmail',
      `<div dir="ltr">Great, we accept!</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, 30 Nov 2026 at 10:00 Sales &lt;<a href="mailto:s@x.test">s@x.test</a>&gt; wrote:<br></div><blockquote>${ours}</blockquote></div>`,
    ],
    [
      'Outlook',
      `<p>Great, we accept!</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Sales<br><b>Sent:</b> x</div>${ours}`,
    ],
    [
      'Outlook for Windows',
      `<p>Great, we accept!</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>Od:</b> Sales</p></div>${ours}`,
    ],
    [
      'Apple Mail',
      `<body>Great, we accept!<br><blockquote type="cite">On 30 Nov 2026, Sales wrote:<br>${ours}</blockquote></body>`,
    ],
    [
      'Thunderbird',
      `<p>Great, we accept!</p><div class="moz-cite-prefix">W dniu 30.11.2026 Sales pisze:</div><blockquote type="cite">${ours}</blockquote>`,
    ],
    ['Yahoo', `<div>Great, we accept!</div><div id="x" class="yahoo_quoted">${ours}</div>`],
    [
      'GMX',
      `<div>Great, we accept!</div><div name="quote" style="margin:10px"><div><b>Gesendet:</b> Mo</div>${ours}</div>`,
    ],
    ['Proton', `<div>Great, we accept!</div><div class="protonmail_quote">${ours}</div>`],
  ])('%s', (_, html) => {
    const { text, htmlLength } = wordsOf(html);

    expect(text).toBe('Great, we accept!');
    expect(html.slice(0, htmlLength ?? 0)).toContain('accept');
    expect(html.slice(0, htmlLength ?? 0)).not.toContain('cancel');
  });

  it.each([
    `<p>Great, we accept!</p><p>Sales pisze:</p><blockquote type="cite">${ours}</blockquote>`,
    `<div>Great, we accept!<br>Anna wrote:<br><blockquote>${ours}</blockquote></div>`,
    `<p>Great, we accept!</p><p>Ventas escribió:</p><div class="gmail_quote">${ours}</div>`,
  ])('nor is a head that names nobody but the writer: %s', (html) => {
    expect(wordsOf(html).text).toBe('Great, we accept!');
    // Of a letter whose plain text marks nothing.
    if (html.includes('cite') || html.includes('gmail'))
      expect(newWords({ text: ours, html }).text).toBe('Great, we accept!');
  });

  it('nor is it cut off where words of its own follow', () => {
    const { htmlLength } = wordsOf(`<blockquote type="cite">${ours}</blockquote><p>Great, we accept!</p>`);

    expect(htmlLength).toBeNull();
  });

  it.each(['<p>Great!</p>', '<div class="gmail_default">Hi</div>'])('all of %s is new', (html) => {
    expect(wordsOf(html)).toEqual({ text: null, htmlLength: null });
  });
});

it('the text decides where it shows a quotation', () => {
  const text = 'Great, we accept!\n\nOn Mon, 30 Nov 2026 at 10:00, Sales <s@x.test> wrote:\n> You can cancel.';

  expect(newWords({ text, html: null })).toEqual({ text: 'Great, we accept!', htmlLength: null });
});
