import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isTimelineKind, timelineKinds } from '@signalbox/contract/timeline.ts';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../../..');

// What goes through appendTimeline is held to the list by its type; these write for many at once, in SQL.
const bySql = found('server/src', /into timeline \([^)]*\)\s*(?:select|values)[^;]*?'([a-z-]+)'/g);
const drawn = found('web/src/features/items/entries', /^\s+'?([\w-]+)'?: \w+Entry,$/gm);

it('writes in bulk only kinds of entries that the screens know', () => {
  expect(bySql.toSorted()).toEqual(['created', 'created', 'moved']);
  expect(bySql.filter((kind) => !isTimelineKind(kind))).toEqual([]);
});

it('every kind of entry is drawn, in an entries.ts of web/src/features/items/entries', () => {
  expect(timelineKinds.filter((kind) => !drawn.includes(kind))).toEqual([]);
  expect(drawn.filter((kind) => !isTimelineKind(kind))).toEqual([]);
});

function found(folder: string, pattern: RegExp): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('test'))
    .map((file) => readFileSync(path.join(root, folder, file), 'utf8'))
    .flatMap((source) => [...source.matchAll(pattern)])
    .flatMap(([, kind]) => kind ?? []);
}
