import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rootFolder } from '../../../../platform/config/config.ts';
import { createPacketReader } from './ami/packet-reader.ts';
import type { Call } from './folding/channel.ts';
import { createExchange } from './folding/exchange.ts';
import { readCelEvent } from './reading/read-cel-event.ts';
import { readCelTable } from './testing-cel-tables.ts';
import { talkSeconds, tellStreams } from './testing-exchange.ts';

const folder = path.join(process.env.CORPUS_DIR ?? path.resolve(rootFolder, '../shared/data'), 'telephony');
const isThere = fs.existsSync(path.join(folder, 'INDEX.tsv'));
const files = isThere ? fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted() : [];
const anySite = { extensions: new Set<string>(), trunks: [], contexts: [] };

// What a log of calls says otherwise than we; why, stands in docs/telephone.md.
const otherwise: Readonly<Record<string, readonly string[]>> = {
  // The call log dials for the caller; the phone itself dialled nothing.
  answered_originate: ['requested'],
  // It shows the number that the client was shown instead of the phone.
  answered_outgoing_call_with_custom_caller_id: ['from'],
  // Conference rooms and meetings are nobody's phone.
  conference_has_a_destination_name: ['to'],
  meeting_call_has_no_weird_exten: ['requested'],
  // The trunk adds the country code.
  noanswer_forward_to_external_unanswered: ['to'],
  // The exchange found no phone to ring.
  when_calling_unreachable_phone_then_destination_info_is_set_within_call_log: ['to'],
};

describe.skipIf(!isThere)(isThere ? 'other people’s exchanges' : 'skipped: no corpus', () => {
  const tables = files.filter((file) => file.endsWith('.cel.txt'));
  it.each(tables.map((file) => [path.basename(file, '.cel.txt'), file]))(
    '%s is the call that its log expects',
    (name, file) => {
      const told = callsIn(fs.readFileSync(path.join(folder, file), 'utf8'));
      const expected = expectedOf(path.join(folder, file.replace('.cel.txt', '.expected.json')));

      expect(told).toHaveLength(1);
      const differing = Object.entries(expected)
        .filter(
          ([what, value]) =>
            value !== undefined && !isSame(value, Object.entries(told[0] ?? {}).find(([name]) => name === what)?.[1]),
        )
        .map(([what]) => what);
      expect(differing).toEqual(otherwise[name] ?? []);
    },
  );

  const captures = files.filter((file) => file.endsWith('.raw'));
  it('captures off the wire are the internal calls that they are', () => {
    const told = captures.map(
      (file) => tellStreams([[fs.readFileSync(path.join(folder, file))]], { exchange: createExchange(anySite) }).calls,
    );

    expect(told).toEqual([
      {
        '1770888534.43': expect.objectContaining({
          direction: 'internal',
          state: 'ended',
          rang: ['1986'],
          talked: ['1986'],
        }),
      },
      {
        '1770888559.46': expect.objectContaining({
          direction: 'internal',
          state: 'unanswered',
          rang: ['21'],
          talked: [],
        }),
      },
    ]);
  });

  it('captures are the same calls, once, cut anywhere, broken off, and replayed twice', () => {
    for (const file of captures) {
      const stream = fs.readFileSync(path.join(folder, file));
      const tellAnew = (streams: readonly (readonly Uint8Array[])[]) =>
        tellStreams(streams, { exchange: createExchange(anySite) });
      const once = tellAnew([[stream]]);
      const place = fc.nat(stream.length);
      fc.assert(
        fc.property(fc.array(place, { minLength: 1, maxLength: 20 }), place, (cuts, broken) => {
          const ends = [...cuts.toSorted((a, b) => a - b), stream.length];
          const pieces = ends.map((end, index) => stream.subarray(ends[index - 1] ?? 0, end));
          const again = tellAnew([[stream.subarray(0, broken)], pieces, [stream]]);

          expect(again.calls).toEqual(once.calls);
          expect(again.told.toSorted()).toEqual(once.told.toSorted());
        }),
        { numRuns: 60 },
      );
    }
  });

  it('tables are the same calls, once, broken off anywhere and replayed twice', () => {
    for (const file of tables) {
      const rows = rowsOf(fs.readFileSync(path.join(folder, file), 'utf8'));
      const changesOf = (streams: readonly (typeof rows)[]) => {
        const exchange = createExchange(anySite);
        const changes = streams.flat().flatMap(({ at, event }) => exchange.take(event, at));
        return changes.map(({ kind, call, leg }) => `${call.id} ${kind} ${leg?.id ?? ''}`).toSorted();
      };
      const once = changesOf([rows]);
      for (let broken = 0; broken <= rows.length; broken += 1)
        expect(changesOf([rows.slice(0, broken), rows, rows]), `${file}, broken off at ${broken}`).toEqual(once);
    }
  });

  it('captures are read packet by packet as another program reads them', () => {
    for (const file of captures) {
      const expected: Record<string, string>[] = JSON.parse(
        fs.readFileSync(path.join(folder, file.replace('.raw', '.json')), 'utf8'),
      );
      const lower = expected.map((event) =>
        Object.fromEntries(Object.entries(event).map(([name, value]) => [name.toLowerCase(), value])),
      );
      expect(packetsOf(path.join(folder, file))).toEqual(lower);
    }
  });
});

interface Told {
  readonly direction: string | undefined;
  readonly startedAt: number | undefined;
  readonly isAnswered: boolean | undefined;
  readonly talkSeconds: number | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly requested: string | undefined;
}

const rowsOf = (table: string) =>
  readCelTable(table).flatMap(({ at, field }) => readCelEvent(field).map((event) => ({ at, event })));

function callsIn(table: string): Told[] {
  const exchange = createExchange(anySite);
  const changes = rowsOf(table).flatMap(({ at, event }) => exchange.take(event, at));
  return [...new Set(changes.map(({ call }) => call))].map(tell);
}

function tell(call: Call): Told {
  const { direction, startedAt, answeredAt, endedAt, caller, called, requested } = call;
  // Whoever is not the caller: who talked last, or whom it rang last.
  const to = call.talked.findLast((channel) => channel !== caller) ?? call.client ?? called.at(-1);
  return {
    ...{ direction, startedAt: startedAt.getTime(), isAnswered: answeredAt !== undefined },
    ...{ talkSeconds: talkSeconds({ answeredAt, endedAt }), from: caller?.number, to: to?.number, requested },
  };
}

interface Log {
  readonly direction?: string;
  readonly date?: string;
  readonly date_answer?: string | null;
  readonly date_end?: string;
  readonly source_exten?: string;
  readonly destination_exten?: string;
  readonly requested_exten?: string;
}

const directions: Readonly<Record<string, string>> = {
  inbound: 'incoming',
  outbound: 'outgoing',
  internal: 'internal',
};

function expectedOf(file: string): Told {
  const { call_log_expected: logs }: { call_log_expected: Log[] } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const log = logs[0] ?? {};
  const [started, answered, ended] = [log.date, log.date_answer, log.date_end].map(momentOf);
  const isAnswered = log.date_answer === undefined ? undefined : log.date_answer !== null;
  const seconds = answered === undefined || ended === undefined ? undefined : Math.round((ended - answered) / 1_000);
  return {
    ...{ direction: directions[log.direction ?? ''], startedAt: started, isAnswered },
    talkSeconds: log.date_answer === null ? 0 : seconds,
    ...{ from: log.source_exten, to: log.destination_exten, requested: log.requested_exten },
  };
}

function momentOf(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || text.startsWith('expr')) return undefined;
  return new Date(text.replace(/(\.\d{3})\d*/, '$1')).getTime();
}

// A dialplan adds and takes away the digit of the trunk.
function isSame(expected: unknown, told: unknown): boolean {
  if (typeof expected !== 'string') return expected === told;
  return expected.replace(/^0+/, '') === String(told ?? '').replace(/^0+/, '');
}

function packetsOf(file: string): Record<string, string>[] {
  return createPacketReader()
    .read(fs.readFileSync(file))
    .map((packet) => Object.fromEntries(packet));
}
