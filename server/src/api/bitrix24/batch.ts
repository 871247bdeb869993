import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import { type CallTime, phpArray, startTime } from './envelope.ts';
import { getMethod } from './methods.ts';
import type { Call, MethodResult } from './rest/method.ts';
import { isYes, parsePhpQuery, readParameters } from './rest/parameters.ts';
import { RestError } from './rest/rest-error.ts';

const MAX_COMMANDS = 50;

/** Up to 50 calls in order; later ones may use results of earlier ones as `$result[key][FIELD][0]` (bitrix24-rest.md 2). */
export async function runBatch(call: Call): Promise<MethodResult> {
  const halt = isYes(call.parameters.get('halt'));
  const done = new Map<string, Done>();
  for (const [index, [key, command]] of commandsOf(call.parameters.get('cmd')).entries()) {
    const outcome = await runCommand(call, { command, index, done });
    done.set(key, outcome);
    if (halt && 'error' in outcome) break;
  }
  return { result: resultOf(done) };
}

type Done = (MethodResult & { readonly time: CallTime }) | { readonly error: RestError };

function commandsOf(cmd: unknown): [string, string][] {
  if (!isRecord(cmd) && !Array.isArray(cmd)) throw new RestError('ERROR_ARGUMENT', "Parameter 'cmd' must be array.");
  return Object.entries(cmd).map(([key, command]) => [key, String(command)]);
}

async function runCommand(
  call: Call,
  { command, index, done }: { command: string; index: number; done: ReadonlyMap<string, Done> },
): Promise<Done> {
  const time = startTime();
  try {
    if (index >= MAX_COMMANDS) throw new RestError('ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded');
    const [name = '', ...query] = command.split('?');
    if (name.toLowerCase() === 'batch')
      throw new RestError('ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage', 405);
    const given = substitute(parsePhpQuery(query.join('?')), done);
    return { ...(await getMethod(name).run({ ...call, parameters: readParameters('', given) })), time: time() };
  } catch (error) {
    if (error instanceof RestError) return { error };
    throw error;
  }
}

// `$result[deal][CONTACT_ID]` anywhere in a value; a value that is nothing else keeps its type.
const reference = /\$result((?:\[[^[\]]*\])+)/g;

function substitute(value: unknown, done: ReadonlyMap<string, Done>): unknown {
  if (Array.isArray(value)) return value.map((part) => substitute(part, done));
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, substitute(part, done)]));
  if (typeof value !== 'string') return value;
  const [whole] = value.match(/^\$result(?:\[[^[\]]*\])+$/) ?? [];
  if (whole !== undefined) return resultAt(whole, done);
  return value.replace(reference, (found) => String(resultAt(found, done) ?? ''));
}

function resultAt(path: string, done: ReadonlyMap<string, Done>): unknown {
  const [key = '', ...steps] = [...path.matchAll(/\[([^[\]]*)\]/g)].map((step) => step[1] ?? '');
  const outcome = done.get(key);
  const start = outcome !== undefined && 'result' in outcome ? outcome.result : undefined;
  return steps.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, start);
}

function resultOf(done: ReadonlyMap<string, Done>) {
  const pick = (read: (outcome: Done) => unknown) =>
    phpArray(
      [...done].flatMap(([key, outcome]): [string, unknown][] =>
        read(outcome) === undefined ? [] : [[key, read(outcome)]],
      ),
    );
  return {
    result: pick((outcome) => ('error' in outcome ? undefined : outcome.result)),
    result_error: pick((outcome) =>
      'error' in outcome ? { error: outcome.error.code, error_description: outcome.error.message } : undefined,
    ),
    result_total: pick((outcome) => ('error' in outcome ? undefined : outcome.total)),
    result_next: pick((outcome) => ('error' in outcome ? undefined : outcome.next)),
    result_time: pick((outcome) => ('error' in outcome ? undefined : outcome.time)),
  };
}
