import { automationMethods } from './automation-methods.ts';
import type { Method } from './rest/method.ts';
import { textOf } from './rest/parameters.ts';
import { unknownMethod } from './rest/rest-error.ts';
import { systemMethods } from './system-methods.ts';
import { taskMethods } from './tasks/task-methods.ts';
import { telephonyMethods } from './telephony/telephony-methods.ts';

const about: readonly Method[] = [
  { name: 'scope', scope: '', run: async () => ({ result: scopes() }) },
  { name: 'methods', scope: '', run: async ({ parameters }) => ({ result: namesIn(textOf(parameters, 'scope')) }) },
  {
    name: 'method.get',
    scope: '',
    async run({ parameters }) {
      const isKnown = byName.has((textOf(parameters, 'name') ?? '').toLowerCase());
      return { result: { isExisting: isKnown, isAvailable: isKnown } };
    },
  },
];

const methods: readonly Method[] = [
  ...automationMethods,
  ...systemMethods,
  ...telephonyMethods,
  ...taskMethods,
  ...about,
];
const byName = new Map(methods.map((method) => [method.name, method]));

/** By its name in any case, with or without `.json`. */
export function getMethod(name: string): Method {
  const found = byName.get(name.toLowerCase().replace(/\.json$/, ''));
  if (found === undefined) throw unknownMethod();
  return found;
}

function scopes(): string[] {
  return [...new Set(methods.map((method) => method.scope))].filter((scope) => scope !== '');
}

function namesIn(scope: string | undefined): string[] {
  const own = methods.filter((method) => scope === undefined || method.scope === scope).map((method) => method.name);
  return scope === undefined ? [...own, 'batch'] : own;
}
