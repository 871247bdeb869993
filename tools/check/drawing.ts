import fs from 'node:fs';
import path from 'node:path';
import { root } from './base/run.ts';
import type { Module } from './folder-circles.ts';

const page = path.join(root, 'docs/architecture.md');
const marks = { begin: '<!-- drawing: npm run draw -->', end: '<!-- end of drawing -->' };

/** Whether docs/architecture.md shows the imports as they are. */
export function checkDrawing(modules: readonly Module[]): boolean {
  return fs.readFileSync(page, 'utf8').includes(framed(modules));
}

/** Draws the imports into docs/architecture.md again. */
export function draw(modules: readonly Module[]): void {
  const text = fs.readFileSync(page, 'utf8');
  const [before = '', rest = ''] = text.split(marks.begin);
  const after = rest.split(marks.end)[1] ?? '\n';
  const heading = rest === '' ? '\n## The imports as they are\nGenerated from the code; an arrow says "uses".\n\n' : '';
  fs.writeFileSync(page, `${before}${heading}${framed(modules)}${after}`);
}

function framed(modules: readonly Module[]): string {
  const ours = modules.filter(isOurs);
  const houses = [...new Set(ours.map(({ source }) => roomOf(source)))].sort();
  const inside = houses.flatMap((house) => {
    const arrows = arrowsBetween(ours, (source) => innerRoomOf(source, house));
    return arrows.length === 0 ? [] : [`\nInside \`${house}\`:\n${fenced(['flowchart TD', ...arrows])}`];
  });
  return `${marks.begin}\n${[fenced(outside(ours)), ...inside].join('\n')}\n${marks.end}`;
}

function fenced(lines: readonly string[]): string {
  return ['```mermaid', ...lines, '```'].join('\n');
}

/** The first folders of every workspace, and what they use of each other. */
function outside(modules: readonly Module[]): string[] {
  const rooms = [...new Set(modules.map(({ source }) => roomOf(source)))].sort();
  const groups = [...new Set(rooms.map(workspaceOf))].flatMap((workspace) => [
    `  subgraph ${workspace}`,
    ...rooms
      .filter((room) => workspaceOf(room) === workspace)
      .map((room) => `    ${idOf(room)}["${room.split('/')[1] ?? room}"]`),
    '  end',
  ]);
  return ['flowchart TD', ...groups, ...arrowsBetween(modules, roomOf)];
}

/** An arrow for each pair of rooms of which one uses the other; files without a room count for nothing. */
function arrowsBetween(modules: readonly Module[], room: (source: string) => string | undefined): string[] {
  const arrows = new Set<string>();
  for (const { source, dependencies } of modules) {
    const from = room(source);
    for (const { resolved } of dependencies) {
      const to = isOurs({ source: resolved }) ? room(resolved) : undefined;
      if (from !== undefined && to !== undefined && from !== to) arrows.add(`  ${idOf(from)} --> ${idOf(to)}`);
    }
  }
  return [...arrows].sort();
}

function isOurs({ source }: Pick<Module, 'source'>): boolean {
  return (
    /^(automation|contract|server|web|widget)\/src\/.*\.tsx?$/.test(source) &&
    !/\.test\.tsx?$|\/testing|\/fixtures/.test(source)
  );
}

/** A workspace's first folders are its rooms; the files beside them are drawn by their own names, contract as one. */
function roomOf(source: string): string {
  const [workspace = '', , first = '', second] = source.split('/');
  if (workspace === 'contract') return 'contract/contract';
  return second === undefined ? `${workspace}/${first.replace(/\.tsx?$/, '')}` : `${workspace}/${first}`;
}

/** The folder inside a room; undefined for files of other rooms and for those that stand in the room itself. */
function innerRoomOf(source: string, house: string): string | undefined {
  const [, , , inner, file] = source.split('/');
  return file === undefined || roomOf(source) !== house ? undefined : inner;
}

function idOf(room: string): string {
  return room.replaceAll('/', '_');
}

function workspaceOf(room: string): string {
  return room.split('/')[0] ?? room;
}
