import fs from 'node:fs';
import path from 'node:path';
import {
  type CatalogueEntry,
  type CatalogueField,
  type CatalogueRule,
  catalogue,
} from '@signalbox/automation/catalogue.ts';
import { root } from './base/run.ts';

const page = path.join(root, 'docs/automation-rules.md');

/** Whether docs/automation-rules.md says what the definitions say. */
export function checkRulesTable(): boolean {
  return fs.existsSync(page) && fs.readFileSync(page, 'utf8') === rulesTable();
}

/** Writes docs/automation-rules.md again. */
export function drawRulesTable(): void {
  fs.writeFileSync(page, rulesTable());
}

/** Every rule and trigger with its settings and results, made from the definitions. */
function rulesTable(): string {
  const { groups, rules, triggers } = catalogue('en');
  const sections = groups.flatMap(({ key, name, of }) => {
    const entries: readonly CatalogueEntry[] = of === 'rules' ? rules : triggers;
    const own = entries.filter(({ group }) => group === key);
    return own.length === 0 ? [] : [{ name, of, own }];
  });
  const part = (kind: 'rules' | 'triggers') =>
    sections.filter(({ of }) => of === kind).flatMap(({ name, own }) => [`### ${name}`, ...own.flatMap(entryLines)]);
  return `${[
    '# Rules and triggers',
    '<!-- Made from the definitions in automation/src: npm run draw -->',
    `${rules.length} rules and ${triggers.length} triggers, with the names that files and the API use ([automation-file.md](automation-file.md)). A star: required.`,
    ...['## Rules', ...part('rules'), '## Triggers', ...part('triggers')],
  ].join('\n\n')}\n`;
}

function entryLines(entry: CatalogueEntry): string[] {
  const { key, name, what, fields } = entry;
  const results = resultLines(entry);
  return [
    `#### \`${key}\`: ${name}`,
    what,
    fields.length === 0
      ? 'No settings.'
      : table(['setting', 'what it is', 'values', 'when left out'], fields.map(fieldCells)),
    ...results,
  ];
}

function resultLines(entry: CatalogueEntry): string[] {
  const outputs = isRule(entry) ? entry.outputs : [];
  if (outputs.length === 0) return [];
  const rows = outputs.map(({ name, label, kind }) => [`\`${name}\``, label, kind]);
  return [table(['result', 'what it is', 'kind'], rows)];
}

function isRule(entry: CatalogueEntry): entry is CatalogueRule {
  return 'outputs' in entry;
}

function fieldCells(field: CatalogueField): string[] {
  const { name, label, hint, required } = field;
  return [
    `\`${name}\`${required ? '*' : ''}`,
    hint === '' ? label : `${label}: ${hint}`,
    valuesOf(field),
    initialOf(field),
  ];
}

function valuesOf({ control, choices, of, template }: CatalogueField): string {
  const some = choices.map(({ value, label }) => `\`${value}\` ${label}`).join('; ');
  const kind = of === null ? control : `${control} of ${of}`;
  return `${some === '' ? kind : some}${template ? ', with names from the template menu' : ''}`;
}

function initialOf({ default: initial, required }: CatalogueField): string {
  const isEmpty = initial === null || initial === '' || (Array.isArray(initial) && initial.length === 0);
  return required || isEmpty ? '' : `\`${JSON.stringify(initial)}\``;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;').trim();
}
