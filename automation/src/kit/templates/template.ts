import { type Context, Liquid, Context as LiquidContext, LiquidError, type Template, toValueSync } from 'liquidjs';
import type { TextForm } from '../settings/setting.ts';
import { Impossible } from '../words/impossible.ts';
import { because } from '../words/reasons.ts';
import { showLines } from './html-lines.ts';
import { arithmeticFilters } from './template-arithmetic.ts';
import type { TemplateContext } from './template-context.ts';
import { countedWrongly } from './template-counting.ts';
import { dateFilter } from './template-date.ts';
import { boundedEmitter, countSteps, limits, mostTags, outputHtml, outputText } from './template-limits.ts';
import { allowedTags, refusedFilters } from './template-words.ts';

export { type TemplateContext, templateContext } from './template-context.ts';

/** What is wrong with a template; lines and columns from 1. */
export interface TemplateError {
  readonly message: string;
  /** The name that is unknown, or that is no number; without: the text can't be read. */
  readonly name?: string;
  /** The filter that would count with what is no number. */
  readonly filter?: string;
  readonly line: number;
  readonly column: number;
}

/** Why a path such as `['item', 'titel']` names nothing, or null when it is fine. */
export type WhyUnknown = (path: readonly string[]) => string | null;

/** Whether a path such as `['item', 'deliveryDate']` can never be a number, whatever the item. */
export type IsNoNumber = (path: readonly string[]) => boolean;

/** A name used in a template. */
export interface TemplateName {
  readonly path: readonly string[];
  readonly line: number;
  readonly column: number;
}

/**
 * The mistakes of a template: its syntax, tags and filters that don't exist, names that are unknown (semantics.md 5.6), and
 * filters that count with what is never a number.
 */
export function parseTemplate(
  text: string,
  whyUnknown: WhyUnknown,
  isNoNumber: IsNoNumber = () => false,
): readonly TemplateError[] {
  const read = readTemplate(text);
  if ('error' in read) return [read.error];
  const unknown = read.names.flatMap(({ path, line, column }) => {
    const message = whyUnknown(path);
    return message === null ? [] : [{ message, name: path.join('.'), line, column }];
  });
  if (unknown.length > 0) return unknown;
  return countedWrongly(read.templates, (path) => !read.locals.has(path[0] ?? '') && isNoNumber(path));
}

/** The names that a template takes from outside; none when it can't be read. */
export function templateNames(text: string): readonly TemplateName[] {
  const read = readTemplate(text);
  return 'names' in read ? read.names : [];
}

/**
 * The template filled in: a missing value is empty text, values are text (escaped in `html`, with their lines), never markup. Throws
 * `Impossible` when the template is wrong or goes beyond the limits of time, memory or length.
 */
export function renderTemplate(text: string, context: TemplateContext, { as }: { readonly as: TextForm }): string {
  if (!text.includes('{')) return text;
  const liquid = engines[as];
  try {
    const scope: Context = new LiquidContext(context, liquid.options, { sync: true });
    countSteps(scope);
    const emitter = boundedEmitter();
    toValueSync(liquid.renderer.renderTemplates(parsed(text, as), scope, emitter));
    // A filter may cut a letter in two.
    const whole = emitter.buffer.replace(/\p{Surrogate}/gu, '');
    return as === 'html' ? showLines(whole) : whole;
  } catch (error) {
    throw impossibleIn(error) ?? new Impossible(because('template', { problem: reasonOf(error) }));
  }
}

// A filter's own reason; the template engine wraps what a filter throws.
function impossibleIn(error: unknown): Impossible | undefined {
  if (error instanceof Impossible) return error;
  return LiquidError.is(error) && error.originalError !== undefined ? impossibleIn(error.originalError) : undefined;
}

/** Boards have few texts and render them for every item: each is read once. A template keeps nothing of its rendering. */
function parsed(text: string, as: TextForm): Template[] {
  const cache = caches[as];
  const known = cache.get(text);
  if (known !== undefined) return known;
  if (cache.size >= MOST_PARSED) cache.clear();
  const templates = parse(engines[as], text);
  if (text.length <= LONGEST_KEPT) cache.set(text, templates);
  return templates;
}

const MOST_PARSED = 500;
const LONGEST_KEPT = 20_000;
const caches: Readonly<Record<TextForm, Map<string, Template[]>>> = {
  ...{ text: new Map(), html: new Map(), json: new Map(), url: new Map() },
};

/** How a value is written into each form but plain text; text of the template itself stays as it is. */
const escapes: Readonly<Partial<Record<TextForm, typeof outputHtml>>> = {
  html: outputHtml,
  json: (value) => JSON.stringify(outputText(value)).slice(1, -1),
  url: (value) => encodeURIComponent(outputText(value).replace(/\p{Surrogate}/gu, '')),
};

const escaping = ['escape', 'escape_once', 'xml_escape'];

const engines: Readonly<Record<TextForm, Liquid>> = {
  ...{ text: makeEngine('text'), html: makeEngine('html'), json: makeEngine('json'), url: makeEngine('url') },
};

function makeEngine(as: TextForm): Liquid {
  const liquid = new Liquid({
    ...limits,
    strictFilters: true,
    strictVariables: false,
    ownPropertyOnly: true,
    ...(escapes[as] === undefined ? {} : { outputEscape: escapes[as] }),
  });
  for (const tag of Object.keys(liquid.tags)) if (!allowedTags.includes(tag)) delete liquid.tags[tag];
  for (const filter of refusedFilters) liquid.unregisterFilter(filter);
  // Lines of a value are lines already, and markup of a filter would show as text.
  liquid.registerFilter('newline_to_br', (value: unknown) => value);
  // Every value is escaped already; twice would show `&lt;` to the reader.
  if (as === 'html') for (const name of escaping) liquid.registerFilter(name, (value: unknown) => value);
  liquid.registerFilter('date', dateFilter);
  for (const [name, filter] of Object.entries(arithmeticFilters)) liquid.registerFilter(name, filter);
  return liquid;
}

function parse(liquid: Liquid, text: string): Template[] {
  const tags = text.match(/\{[{%]/g)?.length ?? 0;
  if (tags > mostTags) throw new Error(`it has more than ${mostTags} names and tags`);
  return liquid.parse(text);
}

interface ReadTemplate {
  readonly templates: Template[];
  readonly names: readonly TemplateName[];
  /** Names that the template itself makes, by `assign` and `for`. */
  readonly locals: ReadonlySet<string>;
}

function readTemplate(text: string): ReadTemplate | { readonly error: TemplateError } {
  try {
    const templates = parse(engines.text, text);
    return { templates, ...namesIn(templates) };
  } catch (error) {
    return { error: { message: reasonOf(error), ...placeOf(error) } };
  }
}

function namesIn(templates: Template[]): Omit<ReadTemplate, 'templates'> {
  const { globals, locals } = engines.text.analyzeSync(templates, { partials: false });
  const names = Object.values(globals).flatMap((uses) =>
    uses.map(({ segments, location }) => ({ path: pathOf(segments), line: location.row, column: location.col })),
  );
  return { names, locals: new Set(Object.keys(locals)) };
}

/** Up to the first step that is only known when it runs, such as an index. */
function pathOf(segments: readonly unknown[]): readonly string[] {
  const end = segments.findIndex((segment) => typeof segment !== 'string');
  return segments.slice(0, end === -1 ? undefined : end).map(String);
}

function placeOf(error: unknown): { readonly line: number; readonly column: number } {
  if (!LiquidError.is(error)) return { line: 1, column: 1 };
  const place = /line:(\d+), col:(\d+)/.exec(error.message);
  return { line: Number(place?.[1] ?? 1), column: Number(place?.[2] ?? 1) };
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/call stack/i.test(message)) return 'it is nested too deeply';
  return message.replace(/, line:\d+, col:\d+.*$/s, '');
}
