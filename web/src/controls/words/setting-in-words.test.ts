import { expect, it } from 'vitest';
import { namesInWords } from './setting-in-words.ts';

const field = { code: '', kind: 'text', name: '', custom: false } as const;
const variables = [
  { path: 'item.title', label: 'Título', group: 'Item', field },
  { path: 'client.name', label: 'Nome', group: 'Cliente', field },
  { path: 'rules.ask-1.answer', label: 'Resposta', group: 'Perguntar ao armazém', field },
];

it.each([
  ['{{ rules.ask-1.answer }}', '[Perguntar ao armazém: Resposta]'],
  ['Caro {{client.name}}, {{ item.title | upcase }}!', 'Caro [Cliente: Nome], [Título]!'],
  ['{{- item.title -}}', '[Título]'],
  ['{{ rules.gone.answer }}', '{{ rules.gone.answer }}'],
  ['{% if item.title %}x{% endif %}', '{% if item.title %}x{% endif %}'],
  ['no names', 'no names'],
])('%s is told as %s', (text, words) => {
  expect(namesInWords(text, { variables })).toBe(words);
});
