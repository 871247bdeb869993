import { expect, it } from 'vitest';
import { cleanFileName } from './file-names.ts';

it.each([
  ['turns the letters after it', 'offer\u202efdp.exe', 'offer[U+202E]fdp.exe'],
  ['embeds', 'a\u202ab\u202bc\u202c.pdf', 'a[U+202A]b[U+202B]c[U+202C].pdf'],
  ['isolates', '\u2066gpj\u2069.exe', '[U+2066]gpj[U+2069].exe'],
  ['marks a direction', 'cv\u200f.pdf', 'cv[U+200F].pdf'],
])('shows what %s, and does not obey it', (_, given, expected) => {
  expect(cleanFileName(given)).toBe(expected);
});

it.each([
  ['invoice.pdf\r\n.exe', 'invoice.pdf.exe'],
  ['..\\..\\evil.pdf', 'evil.pdf'],
  ['/etc/passwd', 'passwd'],
  ['a\ud800.pdf', 'a\ufffd.pdf'],
  [`${'ż'.repeat(300)}.pdf`, `${'ż'.repeat(98)}.pdf`],
  ['../', 'file'],
])('makes a name for people of %j', (given, expected) => {
  expect(cleanFileName(given)).toBe(expected);
});

it.each(['Zażółć gęślą.pdf', 'مرحبا.docx', 'photo 1.jpg', '写真.png', 'a.b.c'])('leaves %s as it is', (name) => {
  expect(cleanFileName(name)).toBe(name);
});
