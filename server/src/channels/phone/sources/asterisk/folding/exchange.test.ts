import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amiEvent, bytesOf, site, tellStreams } from '../testing-exchange.ts';
import { createExchange } from './exchange.ts';

const client = '+48600700800';
const from = (id: string, name: string, more: Record<string, string> = {}) => ({
  ...{ Channel: name, Uniqueid: id, Linkedid: 'c1' },
  ...more,
});
const ring = { ChannelStateDesc: 'Ring', CallerIDNum: client, Context: 'from-trunk', Exten: '48221234567' };
const phone = (number: string) => ({
  ChannelStateDesc: 'Down',
  CallerIDNum: number,
  Context: 'from-internal',
  Exten: 's',
});
const trunk = from('c1', 'PJSIP/provider-00000001', ring);
const first = from('c2', 'PJSIP/101-00000002', phone('101'));
const second = from('c3', 'PJSIP/102-00000003', phone('102'));
const enter = (channel: Record<string, string>, bridge: string, after: number, technology = 'simple_bridge') =>
  amiEvent('BridgeEnter', { BridgeUniqueid: bridge, BridgeTechnology: technology, ...channel }, after);
const leave = (channel: Record<string, string>, after: number) => amiEvent('BridgeLeave', channel, after);
const hangup = (channel: Record<string, string>, after: number) =>
  amiEvent('Hangup', { Cause: '16', ...channel }, after);
const rings = [amiEvent('Newchannel', trunk, 0), amiEvent('Newchannel', first, 1), amiEvent('Newchannel', second, 1)];

const calls = (...events: string[]) => tellStreams([[bytesOf(events.join(''))]]).calls;

describe('an incoming call', () => {
  const answered = [
    ...rings,
    enter(second, 'b1', 6),
    enter(trunk, 'b1', 6),
    hangup(first, 6),
    leave(trunk, 16),
    hangup(second, 16),
    hangup(trunk, 16),
  ];

  it('that rang two phones is one, answered by whoever took it', () => {
    expect(calls(...answered)).toEqual({
      c1: {
        ...{ direction: 'incoming', number: client, state: 'ended', talkSeconds: 10 },
        ...{ rang: ['101', '102'], talked: ['102'] },
      },
    });
  });

  it('that nobody takes is unanswered, also when a machine does', () => {
    const nobody = [...rings, hangup(first, 20), hangup(second, 20)];
    const machine = amiEvent('Newexten', { ...trunk, Application: 'VoiceMail' }, 20);
    for (const events of [nobody, [...nobody, machine]])
      expect(calls(...events, hangup(trunk, 40))).toMatchObject({ c1: { state: 'unanswered', talkSeconds: 0 } });
  });

  it('that waits with music is not answered yet', () => {
    const waits = [enter(trunk, 'hold', 2, 'holding_bridge'), enter(first, 'hold', 2, 'holding_bridge')];

    expect(calls(...rings, ...waits)).toMatchObject({ c1: { state: 'ringing' } });
  });

  it('that is handed on has both employees', () => {
    const third = from('c4', 'PJSIP/103-00000004', phone('103'));
    const handed = [
      ...[...rings, enter(first, 'b1', 5), enter(trunk, 'b1', 5), leave(first, 30), hangup(first, 30)],
      ...[amiEvent('Newchannel', third, 31), enter(third, 'b1', 35), hangup(third, 60), hangup(trunk, 60)],
    ];

    expect(calls(...handed)).toMatchObject({ c1: { talked: ['101', '103'], talkSeconds: 55, state: 'ended' } });
  });

  it('that is handed on after a word with the colleague takes the other call in', () => {
    const asking = { ...from('c5', 'PJSIP/101-00000005', { ...phone('101'), ChannelStateDesc: 'Ring', Exten: '103' }) };
    const asked = from('c6', 'PJSIP/103-00000006', phone('103'));
    const ofTheirs = { Linkedid: 'c5' };
    const handed = [
      ...[...rings, enter(first, 'b1', 5), enter(trunk, 'b1', 5)],
      ...[
        amiEvent('Newchannel', { ...asking, ...ofTheirs }, 20),
        amiEvent('Newchannel', { ...asked, ...ofTheirs }, 21),
      ],
      ...[enter({ ...asking, ...ofTheirs }, 'b2', 24), enter({ ...asked, ...ofTheirs }, 'b2', 24)],
      ...[
        leave({ ...asking, ...ofTheirs }, 40),
        hangup({ ...asking, ...ofTheirs }, 40),
        leave(first, 40),
        hangup(first, 40),
      ],
      ...[leave(asked, 40), enter(asked, 'b1', 40), hangup(asked, 65), hangup(trunk, 65)],
    ];

    expect(calls(...handed).c1).toMatchObject({ talked: ['101', '103'], talkSeconds: 60, state: 'ended' });
  });

  it('is the same once, however it is cut, broken off, and repeated', () => {
    const stream = bytesOf(answered.join(''));
    const once = tellStreams([[stream]]);
    fc.assert(
      fc.property(
        fc.array(fc.nat(stream.length), { minLength: 1, maxLength: 20 }),
        fc.nat(answered.length),
        (cuts, from) => {
          const ends = [...cuts.toSorted((a, b) => a - b), stream.length];
          const pieces = ends.map((end, index) => stream.subarray(ends[index - 1] ?? 0, end));
          // Broken off in the middle of an event; the exchange repeats from some event on, then all of it again.
          const again = bytesOf(answered.slice(0, from).join(''));
          const streams = [[again, stream.subarray(again.length, again.length + 7)], pieces, [stream], [again]];
          const { calls: told, told: changes } = tellStreams(streams);

          expect(told).toEqual(once.calls);
          expect(new Set(changes).size).toBe(changes.length);
          expect(changes.toSorted()).toEqual(once.told.toSorted());
        },
      ),
    );
  });
});

describe('an outgoing call', () => {
  const caller = from('c1', 'PJSIP/101-00000001', {
    ChannelStateDesc: 'Ring',
    CallerIDNum: '101',
    Exten: '0600700800',
  });
  const out = from('c2', 'PJSIP/provider-00000002', { ChannelStateDesc: 'Down', CallerIDNum: '', Exten: 's' });
  const dial = amiEvent(
    'DialBegin',
    { ...caller, DestUniqueid: 'c2', DestChannel: out.Channel ?? '', DialString: '600700800@provider' },
    1,
  );
  const begun = [amiEvent('Newchannel', caller, 0), amiEvent('Newchannel', out, 1), dial];

  it('is to the number that was sent out, without the digit for a line', () => {
    const events = [...begun, enter(out, 'b1', 8), enter(caller, 'b1', 8), hangup(out, 20), hangup(caller, 20)];

    expect(calls(...events)).toEqual({
      c1: {
        ...{ direction: 'outgoing', number: '600700800', state: 'ended', talkSeconds: 12 },
        ...{ rang: ['101'], talked: ['101'] },
      },
    });
  });

  it('that nobody takes is unanswered', () => {
    const busy = amiEvent('DialEnd', { ...caller, DestUniqueid: 'c2', DialStatus: 'BUSY' }, 4);

    expect(calls(...begun, busy, hangup(out, 4), hangup(caller, 4))).toMatchObject({ c1: { state: 'unanswered' } });
  });

  it('that Signalbox ordered is known by its own id from its first channel on', () => {
    const own = { ...from('dial-1', 'PJSIP/101-00000001', phone('101')), Linkedid: 'dial-1' };

    expect(calls(amiEvent('Newchannel', own))).toMatchObject({ 'dial-1': { direction: 'outgoing', rang: ['101'] } });
  });
});

it('a call between colleagues is internal', () => {
  const caller = from('c1', 'PJSIP/101-00000001', { ChannelStateDesc: 'Ring', CallerIDNum: '101', Exten: '102' });

  expect(calls(amiEvent('Newchannel', caller), amiEvent('Newchannel', second, 1))).toMatchObject({
    c1: { direction: 'internal' },
  });
});

describe('the dialect of Asterisk up to 11, which knows no ids of calls', () => {
  const old = (id: string, name: string, state: string, number: string) =>
    amiEvent('Newchannel', { Channel: name, State: state, CallerID: number, Uniqueid: id });
  const dialled = (to: string, name: string) =>
    amiEvent(
      'Dial',
      { SubEvent: 'Begin', Channel: 'SIP/provider-01', Destination: name, UniqueID: 'o1', DestUniqueID: to },
      1,
    );
  const bridge = (one: string, other: string, after: number) =>
    amiEvent('Bridge', { Bridgestate: 'Link', Channel1: 'x', Channel2: 'y', Uniqueid1: one, Uniqueid2: other }, after);
  const hung = (id: string, after: number) => amiEvent('Hangup', { Uniqueid: id, Cause: '16' }, after);
  const begun = [
    ...[old('o1', 'SIP/provider-0000a001', 'Ring', client), old('o2', 'SIP/101-0000a002', 'Down', '101')],
    ...[dialled('o2', 'SIP/101-0000a002'), bridge('o1', 'o2', 5)],
  ];

  it('is folded by who dials and who is bridged', () => {
    expect(calls(...begun, hung('o2', 25), hung('o1', 25))).toEqual({
      o1: {
        ...{ direction: 'incoming', number: client, state: 'ended', talkSeconds: 20 },
        ...{ rang: ['101'], talked: ['101'] },
      },
    });
  });

  it('hands a call on by a masquerade: the client goes on under the id of another channel', () => {
    const rename = (id: string, name: string, newname: string) =>
      amiEvent('Rename', { Channel: name, Newname: newname, Uniqueid: id }, 30);
    const handed = [
      ...[...begun, old('o3', 'SIP/101-0000a003', 'Ring', '101'), old('o4', 'SIP/103-0000a004', 'Down', '103')],
      amiEvent(
        'Dial',
        {
          SubEvent: 'Begin',
          UniqueID: 'o3',
          Channel: 'SIP/101-0000a003',
          Destination: 'SIP/103-0000a004',
          DestUniqueID: 'o4',
        },
        20,
      ),
      bridge('o3', 'o4', 22),
      rename('o1', 'SIP/provider-0000a001', 'SIP/provider-0000a001<MASQ>'),
      rename('o3', 'SIP/101-0000a003', 'SIP/provider-0000a001'),
      rename('o1', 'SIP/provider-0000a001<MASQ>', 'SIP/101-0000a003<ZOMBIE>'),
      ...[hung('o1', 30), hung('o2', 30), bridge('o3', 'o4', 31), hung('o4', 50), hung('o3', 50)],
    ];

    expect(calls(...handed).o1).toMatchObject({ talked: ['101', '103'], talkSeconds: 45, state: 'ended' });
  });
});

it('keeps a bounded number of channels that never end, and still tells of the next call', () => {
  const exchange = createExchange(site, { mostChannels: 100 });
  for (let i = 0; i < 50_000; i += 1) {
    const channel = {
      id: `m${i}`,
      linked: `m${i}`,
      name: `PJSIP/${i}-0000`,
      number: '5',
      context: 'from-internal',
      exten: '9',
    };
    exchange.take({ kind: 'start', channel }, new Date(i));
  }

  expect(exchange.size).toEqual({ channels: 100, calls: 100 });
  expect(tellStreams([[bytesOf(rings.join(''))]], { exchange }).calls).toMatchObject({ c1: { state: 'ringing' } });
});

it('ends what the exchange does not show any more', () => {
  const { exchange } = tellStreams([[bytesOf(rings.join(''))]]);
  const changes = exchange.endOthers(new Set(['c9']), new Date(0));

  expect(changes.map(({ kind, leg }) => [kind, leg?.extension])).toEqual([['ended', undefined]]);
  expect(exchange.size).toEqual({ channels: 0, calls: 0 });
  expect(exchange.endOthers(new Set(), new Date(0))).toEqual([]);
});
