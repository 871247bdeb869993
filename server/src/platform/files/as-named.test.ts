import { describe, expect, it } from 'vitest';
import { isAsNamed } from './as-named.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const png = bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR');
const page = bytes('<!doctype html><script>alert(1)</script>');
const program = bytes('MZ\x90\0\x03\0\0\0');
const zip = bytes('PK\x03\x04\x14\0');

describe('a file', () => {
  it.each<[string, string | undefined, Buffer]>([
    ['Logo.PNG', 'image/png', png],
    ['photo.jpg', 'image/jpeg', bytes('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['offer.pdf', 'application/pdf', bytes('%PDF-1.7\n')],
    ['scan.pdf', undefined, bytes('\n\n%PDF-1.4')],
    ['IMG-20261130-WA0001.jpg', 'image/jpeg', bytes('RIFF\x24\0\0\0WEBPVP8 ')],
    ['from-iphone.jpeg', 'image/jpeg', bytes('\0\0\0\x24ftypheic')],
    ['screenshot.jpg', undefined, png],
    ['offer.docx', undefined, zip],
    ['with a password.xlsx', undefined, bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
    ['clients.csv', 'text/csv', bytes('name;city\nAnna;Łódź')],
    ['utf16.csv', undefined, bytes('\xff\xfen\0a\0')],
    ['table.xls', undefined, bytes('<html><table>')],
    ['empty.png', 'image/png', bytes('')],
    ['drawing.dwg', 'application/acad', bytes('AC1032')],
    ['no ending', undefined, program],
    ['of.constructor', 'constructor', page],
    ['setup.exe', undefined, program],
  ])('%s is taken as what it is', (name, type, head) => {
    expect(isAsNamed({ name, type }, head)).toBe(true);
  });

  it.each<[string, string | undefined, Buffer]>([
    ['logo.png', 'image/png', page],
    ['logo.png', undefined, bytes('<svg onload="alert(1)">')],
    ['photo.JPG ', 'image/jpeg', program],
    ['offer.pdf', 'application/pdf', zip],
    ['offer.pdf', undefined, program],
    ['offer.docx', undefined, page],
    ['clients.csv', 'text/csv', program],
    ['notes.txt', undefined, png],
    ['picture', 'image/png; charset=x', page],
    ['picture.dwg', 'IMAGE/GIF', page],
    ['movie.mp4', undefined, program],
  ])('%s is no other thing under its name', (name, type, head) => {
    expect(isAsNamed({ name, type }, head)).toBe(false);
  });
});
