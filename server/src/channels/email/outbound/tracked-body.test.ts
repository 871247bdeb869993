import { describe, expect, it } from 'vitest';
import { linksIn, textToHtml, trackBody } from './tracked-body.ts';

const addresses = { pixelUrl: 'https://crm.test/t/o/p.gif', linkUrl: (link: number) => `https://crm.test/t/c/${link}` };
const track = (text: string, html: string | null = null) => {
  const body = { text, html };
  return trackBody(body, linksIn(body), addresses);
};

describe('linksIn', () => {
  it.each([
    ['text', 'See https://shop.test/offer?a=1, please.', null, ['https://shop.test/offer?a=1']],
    [
      'any quoting',
      '',
      `<a href='https://a.test/1'>x</a><A class="b" HREF=https://a.test/2>y</A>`,
      ['https://a.test/1', 'https://a.test/2'],
    ],
    ['entities', '', '<a href="https://a.test/?a=1&amp;b=2">x</a>', ['https://a.test/?a=1&b=2']],
    ['both, once', 'https://a.test', '<a href="https://a.test">x</a>', ['https://a.test']],
  ])('finds web addresses in %s', (_, text, html, expected) => {
    expect(linksIn({ text, html })).toEqual(expected);
  });

  it.each(['mailto:a@b.test', '#top', 'javascript:alert(1)', 'tel:123', '/relative'])('leaves %s alone', (href) => {
    expect(linksIn({ text: '', html: `<a href="${href}">x</a>` })).toEqual([]);
  });
});

describe('trackBody', () => {
  it('leads links through us and ends with a pixel', () => {
    const { html } = track('', '<body><p class="x">Hi <a title="1 > 0" href="https://a.test">offer</a></p></body>');

    expect(html).toBe(
      '<body><p class="x">Hi <a title="1 > 0" href="https://crm.test/t/c/0">offer</a></p>' +
        '<img src="https://crm.test/t/o/p.gif" width="1" height="1" alt="" style="border:0"></body>',
    );
  });

  it('makes HTML of a plain text, as text', () => {
    const { text, html } = track('Price < 5 & "fine"\nhttps://a.test/x?a=1&b=2.');

    expect(text).toContain('https://crm.test/t/c/0.');
    expect(html).toContain('Price &lt; 5 &amp; &quot;fine&quot;<br>');
    expect(html).toContain('<a href="https://crm.test/t/c/0">https://a.test/x?a=1&amp;b=2</a>.');
  });

  // Milliseconds; what looks at every rest of the text again and again would not end within the runner's patience.
  it.each(['<a "', "<a x='", '<a x', '<a "" ', '<div>', '</div>'])(
    'comes to an end on HTML that goes on with %s for ever',
    (part) => {
      expect(track('', part.repeat(250_000)).html).toContain('/t/o/p.gif');
    },
  );
});

it('links addresses in quotes and brackets without their neighbours', () => {
  expect(textToHtml('("https://a.test/x")')).toContain('<a href="https://a.test/x">https://a.test/x</a>&quot;)');
});
