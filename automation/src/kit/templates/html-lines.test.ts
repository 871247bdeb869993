import { describe, expect, it } from 'vitest';
import { renderTemplate } from './template.ts';

const note = 'Street 1\n00-001 Warsaw';
const render = (text: string, value: unknown, as: 'text' | 'html' = 'html') =>
  renderTemplate(text, { item: { note: value } }, { as });

describe('the lines of a value in HTML', () => {
  it.each([
    ['are lines', '<p>{{ item.note }}</p>', note, '<p>Street 1<br>\n00-001 Warsaw</p>'],
    ['with newline_to_br too', '<p>{{ item.note | newline_to_br }}</p>', note, '<p>Street 1<br>\n00-001 Warsaw</p>'],
    ['with escape too', '{{ item.note | escape }}', '<b>\n&', '&lt;b&gt;<br>\n&amp;'],
    ['with escape_once too', '{{ item.note | escape_once | upcase }}', 'a<b', 'A&lt;B'],
    ['before another filter', '{{ item.note | newline_to_br | upcase }}', note, 'STREET 1<br>\n00-001 WARSAW'],
    ['however they end', '{{ item.note }}', 'a\r\nb\rc\n\nd', 'a<br>\nb<br>\nc<br>\n<br>\nd'],
    ['of several values', '{{ item.note }}', ['a\nb', 'c'], 'a<br>\nb, c'],
    [
      'are blanks in an attribute',
      '<a href="https://a.test/?q={{ item.note }}" title=\'{{ item.note }}\'>x</a>',
      'a\nb',
      '<a href="https://a.test/?q=a b" title=\'a b\'>x</a>',
    ],
    [
      'behind a tag with a sign in quotes',
      '<p title="1 > 0">{{ item.note }}</p>',
      'a\nb',
      '<p title="1 > 0">a<br>\nb</p>',
    ],
    ['behind a sign that begins no tag', '1 < 2 {{ item.note }}', 'a\nb', '1 < 2 a<br>\nb'],
    ['of a value that looks like markup', '{{ item.note }}', '<b>\n"</b>', '&lt;b&gt;<br>\n&#34;&lt;/b&gt;'],
    ['under a name of its own', '{% assign x = item.note %}{{ x }}', 'a\nb', 'a<br>\nb'],
    [
      'of each of several',
      '{% for one in item.note %}<li>{{ one }}</li>{% endfor %}',
      ['a\nb', 'c'],
      '<li>a<br>\nb</li><li>c</li>',
    ],
    ['that a filter adds', '{{ item.note | append: "\nz" }}', 'a', 'a<br>\nz'],
    ['in a comment are none', '<!-- {{ item.note }} -->x', 'a\nb', '<!-- a b -->x'],
    ['without the sign that marks them', '{{ item.note }}', 'a\ufdd0b', 'ab'],
  ])('%s', (_, template, value, expected) => {
    expect(render(template, value)).toBe(expected);
  });

  it('stand in the template itself as they were written', () => {
    expect(render('<p>\n{{ item.note }}\n</p>', 'x')).toBe('<p>\nx\n</p>');
  });

  it('in a plain text they are what they are, with newline_to_br too', () => {
    expect(render('{{ item.note | newline_to_br }}', note, 'text')).toBe(note);
  });
});
