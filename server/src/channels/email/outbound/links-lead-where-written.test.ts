import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locationOf } from '../tracking/location-of.ts';
import { linksIn, textToHtml, trackBody } from './tracked-body.ts';

const addresses = { pixelUrl: 'https://crm.test/t/o/p.gif', linkUrl: (link: number) => `https://crm.test/t/c/${link}` };

/** Where the links of a tracked mail lead: all in the text, all in the HTML, each by its click. */
function followed(body: { text: string; html: string | null }): { text: string; inHtml: string[] } {
  const links = linksIn(body);
  const tracked = trackBody(body, links, addresses);
  const lead = (place: string) => links[Number(place)] ?? '';
  return {
    text: tracked.text.replace(/https:\/\/crm\.test\/t\/c\/(\d+)/g, (_, place: string) => lead(place)),
    inHtml: [...tracked.html.matchAll(/href="https:\/\/crm\.test\/t\/c\/(\d+)"/g)].map(([, place = '']) => lead(place)),
  };
}

describe('a link in HTML leads where a browser would have gone', () => {
  it.each([
    ['https://shop.example/o?utm_medium&#x3D;email&amp;id&#x3D;5', 'https://shop.example/o?utm_medium=email&id=5'],
    ['https://shop.example/o?a=1&#38;b=2', 'https://shop.example/o?a=1&b=2'],
    ['https://shop.example/o?q=a&#43;b', 'https://shop.example/o?q=a+b'],
    ['https://shop.example/caf&eacute;?a=1&num;top', 'https://shop.example/café?a=1#top'],
    ['https:&#x2F;&#x2F;shop.example&#x2F;o', 'https://shop.example/o'],
    ['https://shop.example/o?a=1&amp;copy=2&lang=en', 'https://shop.example/o?a=1&copy=2&lang=en'],
    ['https://shop.example/o?a=1&amp;amp;b=2', 'https://shop.example/o?a=1&amp;b=2'],
    ['https://shop.example/o?a=1&b=2', 'https://shop.example/o?a=1&b=2'],
    ['https://shop.example/o?n=O&apos;Brien', "https://shop.example/o?n=O'Brien"],
    ['https://shop.example/o?a=1&nbsp;', 'https://shop.example/o?a=1\u00a0'],
    // No semicolon: an entity at the end of a word, part of a name before a sign of equality.
    ['https://shop.example/o?a=1&copy=2', 'https://shop.example/o?a=1&copy=2'],
    ['https://shop.example/&copy', 'https://shop.example/©'],
    ['  https://shop.example/a\n  b  ', 'https://shop.example/a  b'],
    ['https://shop.example/?q=Offer &#34;A4&#34;', 'https://shop.example/?q=Offer "A4"'],
    ['https://shop.example/$&$1', 'https://shop.example/$&$1'],
  ])('%s', (written, url) => {
    expect(followed({ text: '', html: `<a href="${written}">x</a>` }).inHtml).toEqual([url]);
  });

  it.each([
    ['in a comment', '<!-- <a href="https://a.test">x</a> -->'],
    ['in a script', '<script>"<a href=\'https://a.test\'>"</script>'],
    ['that is the second of its tag', '<a href="#top" href="https://a.test">x</a>'],
    ['of another kind', '<a href="mailto:a@b.test">x</a><link href="https://a.test">'],
  ])('and one %s is left alone', (_, html) => {
    expect(linksIn({ text: '', html })).toEqual([]);
    expect(trackBody({ text: '', html }, [], addresses).html).toContain(html);
  });

  it('whatever it is and however it is written', () => {
    const written = fc.constantFrom(
      (sign: string) => (/[&"'<>]/.test(sign) ? `&#${sign.codePointAt(0)};` : sign),
      (sign: string) => `&#${sign.codePointAt(0)};`,
      (sign: string) => `&#x${(sign.codePointAt(0) ?? 0).toString(16)};`,
      (sign: string) => (sign === '&' ? '&amp;' : sign === '"' ? '&quot;' : sign === "'" ? '&apos;' : sign),
    );
    const quotes = fc.constantFrom('"', "'");
    fc.assert(
      fc.property(webUrl, fc.array(written, { minLength: 1 }), quotes, (url, ways, quote) => {
        const value = [...url].map((sign, place) => ways[place % ways.length]?.(sign)).join('');
        const html = `<p>Hi <a class=x href=${quote}${value}${quote}>there</a></p>`;

        expect(followed({ text: '', html }).inHtml).toEqual([url]);
      }),
    );
  });
});

describe('a link in a text leads where the program of its reader would have gone', () => {
  it.each([
    ['https://en.wikipedia.org/wiki/Signal_(band)', 'https://en.wikipedia.org/wiki/Signal_(band)'],
    ['(see https://shop.example/offer)', 'https://shop.example/offer'],
    ['https://shop.example/a?x=[1]', 'https://shop.example/a?x=[1]'],
    ["https://shop.example/doc'dec2026.xlsx", "https://shop.example/doc'dec2026.xlsx"],
    ['https://shop.example/it’s', 'https://shop.example/it’s'],
    ['https://shop.example/ok.', 'https://shop.example/ok'],
    ['https://shop.example/a;b;', 'https://shop.example/a;b'],
    ['<https://shop.example/angle>', 'https://shop.example/angle'],
    ['<https://shop.example/angle.>', 'https://shop.example/angle.'],
    ['https://shop.example/a,b', 'https://shop.example/a,b'],
    ['"https://shop.example/quoted"', 'https://shop.example/quoted'],
    ["'https://shop.example/quoted'", 'https://shop.example/quoted'],
    ['https://shop.example/?q={id}', 'https://shop.example/?q={id}'],
    ['https://shop.example/é', 'https://shop.example/é'],
    ['https://shop.example/a|b', 'https://shop.example/a|b'],
    ['Go:https://shop.example/nospace', 'https://shop.example/nospace'],
    ['https://shop.example/Grafenau_(W%C3%BCrttemberg)', 'https://shop.example/Grafenau_(W%C3%BCrttemberg)'],
    ['https://shop.example/path!', 'https://shop.example/path'],
    ['https://shop.example/a_(b)_c', 'https://shop.example/a_(b)_c'],
    ['((https://shop.example/a_(b)))', 'https://shop.example/a_(b)'],
    ['HTTPS://SHOP.EXAMPLE/UP', 'HTTPS://SHOP.EXAMPLE/UP'],
    ['请看https://shop.example/x。谢谢', 'https://shop.example/x'],
  ])('%s', (text, url) => {
    const { text: led, inHtml } = followed({ text, html: null });

    expect(linksIn({ text, html: null })).toEqual([url]);
    expect(inHtml).toEqual([url]);
    expect(led).toBe(text);
  });

  it('whatever it is', () => {
    fc.assert(
      fc.property(webUrl, (url) => {
        fc.pre(!/[<>"“”«»\s]/.test(url));
        const { text, inHtml } = followed({ text: `See <${url}> now.`, html: null });

        expect(inHtml).toEqual([url]);
        expect(text).toBe(`See <${url}> now.`);
      }),
    );
  });

  it.each(['www.shop.example/plain', 'https://', 'ftp://shop.example/x', 'xhttps://shop.example'])(
    '%s is left alone',
    (text) => {
      expect(linksIn({ text, html: null })).toEqual([]);
      expect(textToHtml(text)).toBe(`<div>${text}</div>`);
    },
  );

  // Milliseconds; what counted anew for each bracket would not end within the runner's patience.
  it('is found at once, however many brackets it has', () => {
    const url = `https://a.test/${'('.repeat(100_000)}`;

    expect(linksIn({ text: `${url}${')'.repeat(100_001)}`, html: null })).toEqual([`${url}${')'.repeat(100_000)}`]);
  });
});

describe('the address of the redirect', () => {
  it.each([
    ['https://shop.example/a?b=c#d', 'https://shop.example/a?b=c#d'],
    ['https://SHOP.example', 'https://SHOP.example'],
    ['https://shop.example:443/%7Ea/../b', 'https://shop.example:443/%7Ea/../b'],
    ["https://shop.example/doc'dec(1)[2]{3}|4.xlsx", "https://shop.example/doc'dec(1)[2]{3}|4.xlsx"],
    ['https://shop.example/?q=Offer "A4"', 'https://shop.example/?q=Offer%20%22A4%22'],
    ['https://shop.example/café?a=1#é', 'https://shop.example/caf%C3%A9?a=1#%C3%A9'],
    ['https://żaba.example/x', 'https://xn--aba-22a.example/x'],
    ['https://a:b@żaba.example:8080/x', 'https://a:b@xn--aba-22a.example:8080/x'],
    ['https://shop.example/a\r\nSet-Cookie: x=1', 'https://shop.example/a%0D%0ASet-Cookie:%20x=1'],
  ])('of %j', (url, location) => {
    expect(locationOf(url)).toBe(location);
  });

  it('means the same as what the author wrote, and is the same where a header may hold it', () => {
    fc.assert(
      fc.property(webUrl, (url) => {
        const location = locationOf(url);

        expect(new URL(location).href).toBe(new URL(url).href);
        expect(location).toMatch(/^[\x21-\x7e]+$/);
        if (/^[\x21-\x7e]+$/.test(url) && !/["<>]/.test(url)) expect(location).toBe(url);
      }),
    );
  });
});

// Of all parts, and with signs that people and programs put into addresses though no standard lets them.
const odd = fc.stringMatching(/^[A-Za-z0-9 "'()[\]{}|,;.!~*^`<>éżñ&=+%$@:/?-]{0,20}$/);
const webUrl = fc
  .tuple(fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['http', 'https'] }), odd)
  .map(([url, more]) => `${url}${more}`.trim())
  .filter((url) => URL.canParse(url));
