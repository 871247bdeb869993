import { StringDecoder } from 'node:string_decoder';

/** One message of the manager: its headers by their names in small letters; of a header that repeats, the last. */
export type Packet = ReadonlyMap<string, string>;

export interface PacketReader {
  /** Any cut of the stream: the packets that are whole by now, in order. */
  read(bytes: Uint8Array): Packet[];
  /** `Asterisk Call Manager/5.0.1`: what stands behind the slash, once the greeting was read. */
  readonly version: string | undefined;
  /** Lines that were no header, and packets too large to keep: lost, and counted. */
  readonly garbage: number;
}

/** No event of any Asterisk comes near these. */
const MAX_LINE = 16_384;
const MAX_HEADERS = 400;
const MAX_PACKET = 131_072;

/**
 * Reads the stream of an Asterisk manager (AMI 1.x to 9.x): `Name: value` a line, an empty line ends a packet, ends of lines in any writing.
 * What is not a header is passed over, a line or packet without an end is let go: it never holds more than one packet.
 */
export function createPacketReader(): PacketReader {
  const decoder = new StringDecoder('utf8');
  let open = '';
  let skipping = false;
  let version: string | undefined;
  let garbage = 0;
  let packet = new Map<string, string>();
  let size = 0;

  const close = (): Packet[] => {
    if (packet.size === 0) return [];
    const whole = packet;
    packet = new Map();
    size = 0;
    return [whole];
  };
  const takeLine = (line: string): Packet[] => {
    if (line === '') return close();
    const greeting = /^Asterisk Call Manager\/(\S{1,40})$/.exec(line);
    if (greeting !== null) {
      version = greeting[1];
      return [];
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (!/^[\w() -]{1,80}$/.test(name) || packet.size >= MAX_HEADERS || size + line.length > MAX_PACKET) {
      garbage += 1;
      return [];
    }
    packet.set(name, line.slice(colon + 1).trim());
    size += line.length;
    return [];
  };

  return {
    read(bytes) {
      const lines = `${open}${decoder.write(Buffer.from(bytes))}`.split('\n');
      open = lines.pop() ?? '';
      const packets = lines.flatMap((line) => {
        const isRest = skipping;
        skipping = false;
        return isRest || line.length > MAX_LINE ? [] : takeLine(line.replace(/\r$/, ''));
      });
      if (open.length > MAX_LINE) {
        open = '';
        garbage += skipping ? 0 : 1;
        skipping = true;
      }
      return packets;
    },
    get version() {
      return version;
    },
    get garbage() {
      return garbage;
    },
  };
}
