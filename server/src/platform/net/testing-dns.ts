import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** For tests: a DNS server on this machine's loopback that knows what it is told. */
export interface TestDns {
  /** As DNS_SERVERS takes it. */
  readonly server: string;
  /** How many questions came. */
  readonly asked: () => number;
  set(name: string, type: 'TXT' | 'A' | 'MX', values: readonly string[]): void;
  /** From now on nothing is answered. */
  fallSilent(isSilent: boolean): void;
  close(): Promise<void>;
}

const types = { A: 1, MX: 15, TXT: 16 } as const;
const NO_SUCH_NAME = 3;

export async function startTestDns(): Promise<TestDns> {
  const known = new Map<string, readonly string[]>();
  const socket = createSocket('udp4');
  const state = { count: 0, isSilent: false };
  socket.on('message', (query, { port, address }) => {
    state.count += 1;
    if (!state.isSilent) socket.send(answerTo(query, known), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    server: `127.0.0.1:${socket.address().port}`,
    asked: () => state.count,
    set: (name, type, values) => known.set(`${name.toLowerCase()} ${types[type]}`, values),
    fallSilent: (isSilent) => {
      state.isSilent = isSilent;
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function answerTo(query: Buffer, known: ReadonlyMap<string, readonly string[]>): Buffer {
  const { name, end } = readName(query);
  const type = query.readUInt16BE(end);
  const values = known.get(`${name} ${type}`) ?? [];
  const isKnown = [...known.keys()].some((key) => key.startsWith(`${name} `));
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(0x8180 | (isKnown ? 0 : NO_SUCH_NAME), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(values.length, 6);
  const records = values.map((value) => recordOf(type, dataOf(type, value)));
  return Buffer.concat([head, query.subarray(12, end + 4), ...records]);
}

function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

// Its name is the question's.
function recordOf(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(1, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

const withLength = (bytes: Buffer) => Buffer.concat([Buffer.from([bytes.length]), bytes]);

function dataOf(type: number, value: string): Buffer {
  if (type === types.A) return Buffer.from(value.split('.').map(Number));
  if (type === types.TXT)
    return Buffer.concat((value.match(/[\s\S]{1,255}/g) ?? ['']).map((part) => withLength(Buffer.from(part))));
  const labels = value.split('.').map((label) => withLength(Buffer.from(label)));
  return Buffer.concat([Buffer.from([0, 10]), ...labels, Buffer.from([0])]);
}
